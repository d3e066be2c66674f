import { Card } from '../ui/card';
import style from './import-screen.module.css';

interface ImportProgressProps {
  readonly at: 'checking' | 'recording';
  /** How much of the file is sent, from 0 to 1. */
  readonly sent: number;
}

/** How far a file is that is being looked through or recorded. */
export function ImportProgress({ at, sent }: ImportProgressProps) {
  return (
    <Card title={at === 'checking' ? 'Checking the file' : 'Recording'}>
      <progress
        className={style.progress}
        aria-label={at === 'checking' ? 'Sent to be checked' : 'Sent to be recorded'}
        {...(sent < 1 && { value: sent })}
      />
      <p className="muted" role="status">
        {sent < 1
          ? `${Math.round(sent * 100)} % sent`
          : at === 'checking'
            ? 'Checking each line …'
            : 'Recording all lines in one transaction …'}
      </p>
    </Card>
  );
}
