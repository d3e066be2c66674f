import { isProblemOf } from '../../wire/problem';
import { Refused } from '../api/ask';
import { Card } from '../ui/card';
import { Button } from '../ui/controls';
import { units } from '../ui/format';
import { Fault } from '../ui/states';
import style from './import-screen.module.css';
import { type FailedStep, isDefinite } from './use-import';

interface ImportFailedProps {
  readonly failed: FailedStep;
  onTryAgain(): void;
  onStartOver(): void;
}

/** An import that failed: why, and whether anything was recorded. */
export function ImportFailed({ failed, onTryAgain, onStartOver }: ImportFailedProps) {
  const { error, query } = failed;
  const isRefused = isDefinite(error);
  return (
    <Card title={failureTitle(failed)}>
      <Fault error={error} />
      <RefusedLines error={error} />
      <div className={style.buttons}>
        <Button look="main" onClick={onTryAgain}>
          {query !== undefined && isRefused ? 'Look through it again' : 'Try again'}
        </Button>
        <Button onClick={onStartOver}>Choose another file</Button>
      </div>
      {query !== undefined && !isRefused && (
        <p className="muted small">To try again is safe: the file is recorded once at most.</p>
      )}
    </Card>
  );
}

function failureTitle({ error, query }: FailedStep): string {
  if (query === undefined) return 'Not looked through';
  return isDefinite(error) ? 'Not recorded' : 'Not known yet whether it was recorded';
}

/** What the ledger refuses of a file, by line. */
function RefusedLines({ error }: { error: unknown }) {
  if (!(error instanceof Refused) || !isProblemOf(error.problem, 'batch-refused')) return null;
  const lines = (error.problem.errors ?? []).filter(({ line }) => line !== undefined);
  return (
    <ul className={style.bad}>
      {lines.map(({ line, detail }) => (
        <li key={`${line} ${detail}`}>
          Row {units(line)}: {detail}
        </li>
      ))}
    </ul>
  );
}
