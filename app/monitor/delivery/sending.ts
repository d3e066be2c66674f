/** A message could not be delivered. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered';

  /** @param isFinal whether another try would fail, too */
  constructor(
    message: string,
    readonly isFinal: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * How long to wait before the next try: twice as long each time, up to an hour. Up to a fifth is taken off at random, so
 * that messages that failed together are not tried again together.
 *
 * @param tries how many tries there were, 1 or more
 * @param random from 0 up to 1
 */
export function pauseAfter(tries: number, random: number): number {
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
  return Math.round(pauseMs * (1 - random / 5));
}

const REASON_MAX = 500;

/** Why a try failed, in one line that the service can store. The text may come from an unknown server. */
export function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const line = said.replace(/\p{Cc}+/gu, ' ').trim();
  return line.slice(0, REASON_MAX).toWellFormed().trim() || 'failed';
}
