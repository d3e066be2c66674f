import { useSyncExternalStore } from 'react';

const TICK_MS = 10_000;

let now = Date.now();

function watch(callback: () => void): () => void {
  // Nothing watched it for a while.
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    callback();
  }, TICK_MS);
  return () => clearInterval(timer);
}

/** The time by `Date.now()`, updated every ten seconds: for "3 min ago". */
export function useNow(): number {
  return useSyncExternalStore(watch, () => now);
}
