import { useEffect, useRef } from 'react';
import type { Problem } from '../api/ask';
import { Button } from '../ui/controls';
import { units } from '../ui/format';
import style from './change-form.module.css';
import { type Change, KINDS, type Kind } from './kinds';

interface RefusalProps {
  readonly problem: Problem;
  readonly kind: Kind;
  readonly quantity: number;
  /** Sends the change again, decided anew. */
  onAgain(changes: Partial<Change>): void;
}

/** What came of a change that was refused: what happened, what is there now, and what can be done with that. */
export function Refusal({ problem, kind, quantity, onAgain }: RefusalProps) {
  const first = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    first.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const record = Number(problem.record);
  const available = Number(problem.availableQuantity);
  if (problem.type === '/problems/stale-record') {
    return (
      <div ref={box} className={style.refusal} role="alert">
        <p>
          <strong>Somebody was faster.</strong> Since you began, this product moved on to{' '}
          <strong>{units(available)} available</strong> (record {record}). Your count of{' '}
          {units(quantity)} was not recorded.
        </p>
        <div className={style.buttons}>
          <Button ref={first} onClick={() => onAgain({ ifRecord: record })}>
            Record {units(quantity)} all the same
          </Button>
          {available !== quantity && (
            <Button onClick={() => onAgain({ ifRecord: record, quantity: available })}>
              Confirm {units(available)}
            </Button>
          )}
        </div>
      </div>
    );
  }
  if (problem.type === '/problems/insufficient-stock' && available > 0) {
    return (
      <div ref={box} className={style.refusal} role="alert">
        <p>
          <strong>Only {units(available)} available.</strong> Nothing was recorded.
        </p>
        <Button ref={first} onClick={() => onAgain({ quantity: available })}>
          {KINDS[kind].verb} of {units(available)}
        </Button>
      </div>
    );
  }
  return (
    <div ref={box} className={style.refusal} role="alert">
      <p>
        <strong>{problem.title}.</strong> {problem.detail}
      </p>
    </div>
  );
}
