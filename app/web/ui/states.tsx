import type { ReactNode } from 'react';
import { Refused } from '../../client/failure';
import { Button } from './controls';
import style from './states.module.css';

/** Shown when there is nothing to show: why, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={style.state}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Shown when something could not be loaded: what happened, and a button to try again. */
export function Fault({ error, retry }: { error: unknown; retry?: () => void }) {
  const refused = error instanceof Refused ? error.problem : undefined;
  return (
    <div className={`${style.state} ${style.fault}`} role="alert">
      <h2>{refused?.title ?? 'The service cannot be reached'}</h2>
      <p>{refused?.detail ?? 'The page keeps trying to reach it.'}</p>
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}

/** Shown while something is loaded: grey lines in the shape of what will come. */
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
