/** A page that nobody looks at gives its connection back after so long: a browser has six for one service. */
const HIDDEN_MS = 30_000;

/** Waits until somebody looks at the page. */
export async function visible(signal: AbortSignal): Promise<void> {
  while (document.visibilityState === 'hidden' && !signal.aborted) {
    await new Promise<void>((resolve) => {
      document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

/** Aborted once nobody has looked at the page for a while. */
export function hidden(signal: AbortSignal): AbortSignal {
  const gone = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') timer = setTimeout(() => gone.abort(), HIDDEN_MS);
  };
  document.addEventListener('visibilitychange', look, {
    signal: AbortSignal.any([signal, gone.signal]),
  });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  look();
  return gone.signal;
}

/** Waits, but not beyond the moment at which the browser has a network again. */
export function pauseOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
