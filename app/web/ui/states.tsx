import type { ReactNode } from 'react';
import { Refused } from '../api/ask';
import { Button } from './controls';
import style from './states.module.css';

/** Where there is nothing to show, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={style.state}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Where something could not be had: what happened, and another try. */
export function Fault({ error, retry }: { error: unknown; retry?: () => void }) {
  const refused = error instanceof Refused ? error.problem : undefined;
  return (
    <div className={`${style.state} ${style.fault}`} role="alert">
      <h2>{refused?.title ?? 'The service cannot be reached'}</h2>
      <p>{refused?.detail ?? 'This is tried again by itself as soon as it answers.'}</p>
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}

/** Where something is on its way: grey lines in the shape of what will come. */
export function Loading({ label, lines = 8 }: { label: string; lines?: number }) {
  return (
    <div className={style.loading} role="status">
      <span className="unseen">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={style.line} />
      ))}
    </div>
  );
}
