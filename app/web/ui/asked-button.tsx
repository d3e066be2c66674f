import { useState } from 'react';
import style from './asked-button.module.css';
import { Button } from './controls';
import { useMoment } from './deliberate';

interface AskedButtonProps {
  /** What it does, in a word: "Remove". */
  readonly verb: string;
  /** To what, for those who do not see where it is: "ann". */
  readonly what: string;
  /** What follows from it. */
  readonly question: string;
  onConfirm(): void;
}

/** A button that asks once more before it does something that cannot be taken back. */
export function AskedButton({ verb, what, question, onConfirm }: AskedButtonProps) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button look="quiet" aria-label={`${verb}: ${what}`} onClick={() => setAsking(true)}>
        {verb}
      </Button>
    );
  }
  const confirm = () => {
    setAsking(false);
    onConfirm();
  };
  return <Question {...{ verb, question }} onConfirm={confirm} onBack={() => setAsking(false)} />;
}

interface QuestionProps {
  readonly verb: string;
  readonly question: string;
  onConfirm(): void;
  onBack(): void;
}

/** The second press of a double click confirms nothing: its button can be pressed after a moment. */
function Question({ verb, question, onConfirm, onBack }: QuestionProps) {
  const isSeen = useMoment();
  return (
    <div className={style.question}>
      <p role="alert">{question}</p>
      <Button look="danger" disabled={!isSeen} onClick={onConfirm}>
        {verb} anyway
      </Button>
      <Button look="quiet" onClick={onBack}>
        Not now
      </Button>
    </div>
  );
}
