import { useEffect, useRef } from 'react';
import { Button } from '../ui/controls';
import { useMoment } from '../ui/deliberate';
import style from './change-form.module.css';

interface DoubtProps {
  /** What is doubtful, as a question. */
  readonly detail: string;
  /** What the confirming button does: "Record receipt of 10,234". */
  readonly verb: string;
  onConfirm(): void;
  /** Goes back to what was typed. */
  onBack(): void;
}

/**
 * A question before something unlikely is recorded. It takes the focus itself, and its button that records can be
 * pressed only after a moment: neither a second Enter nor the next scan answers it.
 */
export function Doubt({ detail, verb, onConfirm, onBack }: DoubtProps) {
  const box = useRef<HTMLDivElement>(null);
  const isSeen = useMoment();
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={box} className={style.refusal} role="alert" tabIndex={-1}>
      <p>{detail} Nothing has been recorded yet.</p>
      <div className={style.buttons}>
        <Button onClick={onBack}>Correct it</Button>
        <Button disabled={!isSeen} onClick={onConfirm}>
          {verb}
        </Button>
      </div>
    </div>
  );
}
