import { setTimeout as pause } from 'node:timers/promises';

/** What the monitor knows of time; tests have one of their own. */
export interface Clock {
  now(): Date;
  /** Waits, but not beyond the signal. Never throws. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => pause(ms, undefined, { signal }).catch(() => {}),
};
