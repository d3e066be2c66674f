import { backoffMs } from '../../client/backoff';
import { DELIVERY_TEXTS_MAX } from '../../wire/texts';
import { withoutSecrets } from '../secrets';

/** A message could not be delivered. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered';

  /** @param isFinal whether another try would fail as well */
  constructor(
    message: string,
    readonly isFinal: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Between two tries to deliver a message: a mail server may be away for hours. */
const PAUSES = { firstMs: 5_000, longestMs: 3_600_000 };

/**
 * How long to wait before the next try: twice as long each time, one hour at most. Up to a fifth is taken off at random,
 * so that many messages that failed at the same time are not tried again at the same time.
 *
 * @param tries how many were made, 1 or more
 * @param random from 0 up to 1
 */
export function pauseAfter(tries: number, random: number): number {
  return Math.round(backoffMs(tries - 1, PAUSES) * (1 - random / 5));
}

/** Why a try failed, in one line that the service accepts, without secrets: another's server may have written the text. */
export function reasonOf(error: unknown, secrets: readonly string[] = []): string {
  const said = error instanceof Error ? error.message : String(error);
  const line = said.replace(/\p{Cc}+/gu, ' ').trim();
  return withoutSecrets(
    line.slice(0, DELIVERY_TEXTS_MAX.error).toWellFormed().trim() || 'failed',
    secrets,
  );
}
