import { StoreUnavailable } from './store-failure';

/** Bounds of a retry. */
export interface RetryLimits {
  /** No new try begins this long after the first did. */
  readonly timeoutMs: number;
  readonly tries: number;
}

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;

/**
 * Tries `work` again after each StoreUnavailable, with growing pauses, until it succeeds or a limit is reached.
 *
 * @throws the last StoreUnavailable, or anything else that `work` throws, at once
 */
export async function retrying<T>(limits: RetryLimits, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || tried >= limits.tries) throw error;
      const pauseMs = pauseBefore(tried);
      if (performance.now() + pauseMs - begun >= limits.timeoutMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** Doubles with each try, and varies by up to half, so that processes that collided do not collide again. */
function pauseBefore(tried: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tried - 1));
  return longest * (0.5 + Math.random() / 2);
}
