import { useEffect, useRef } from 'react';
import { isProblemOf, type ProblemAnswer } from '../../wire/problem';
import style from './problem-box.module.css';

/** Why something was refused: the problem, and that of each line if there are several. It takes the focus. */
export function ProblemBox({ problem }: { problem: ProblemAnswer }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const lines = isProblemOf(problem, 'batch-refused') ? (problem.errors ?? []) : [];
  return (
    <div ref={box} className={style.problem} role="alert" tabIndex={-1}>
      <p>
        <strong>{problem.title}.</strong> {problem.detail}
      </p>
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={`${line.index} ${line.detail}`}>{line.detail}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
