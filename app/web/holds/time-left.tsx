import { useSyncExternalStore } from 'react';

const TICK_MS = 1_000;

let now = Date.now();

/** One clock for all that is counted down: nothing else is drawn again. */
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(callback: () => void): () => void {
  watchers.add(callback);
  if (timer === undefined) {
    // Nothing was counted down for a while.
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const watcher of [...watchers]) watcher();
    }, TICK_MS);
  }
  return () => {
    watchers.delete(callback);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time until a moment, counted down. */
export function TimeLeft({ until }: { until: string }) {
  // The same text does not draw it again.
  const text = useSyncExternalStore(watch, () => leftInWords(Date.parse(until) - now));
  return <span>{text}</span>;
}

/** "4 min 12 s left", "2 h 5 min left", "3 d 4 h left". */
export function leftInWords(ms: number): string {
  if (ms <= 0) return 'ends now';
  const s = Math.ceil(ms / 1_000);
  const [d, h, min] = [Math.floor(s / 86_400), Math.floor(s / 3_600) % 24, Math.floor(s / 60) % 60];
  if (d > 0) return `${d} d ${h} h left`;
  if (h > 0) return `${h} h ${min} min left`;
  return min > 0 ? `${min} min ${s % 60} s left` : `${s} s left`;
}
