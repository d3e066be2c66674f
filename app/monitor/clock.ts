import { setTimeout as pause } from 'node:timers/promises';

/** The monitor's clock. Tests have their own. */
export interface Clock {
  now(): Date;
  /** Waits, until the signal at the latest. Never throws. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => pause(ms, undefined, { signal }).catch(() => {}),
};
