import { Refused } from '../../client/failure';
import { isProblemOf } from '../../wire/problem';
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
          {query !== undefined && isRefused ? 'Check it again' : 'Try again'}
        </Button>
        <Button onClick={onStartOver}>Choose another file</Button>
      </div>
      {query !== undefined && !isRefused && (
        <p className="muted small">It is safe to try again: the file is recorded at most once.</p>
      )}
    </Card>
  );
}

function failureTitle({ error, query }: FailedStep): string {
  if (query === undefined) return 'Not checked';
  return isDefinite(error) ? 'Not recorded' : 'It is not known yet whether the file was recorded';
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
