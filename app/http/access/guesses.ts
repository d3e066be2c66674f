import type { Request } from 'express';
import { Allowance, type Pace } from '../front/allowance';
import { clientOfRequest } from '../front/proxies';
import { Problem } from '../problems/problem';
import { RETRY_SOON } from '../problems/retry-after';

/**
 * How often callers may show what lets nobody in. A shop does so seldom: with a new key or link that another process made within
 * the last second, with old cookies after the ledger was replaced, or when somebody is too slow with a passkey.
 */
const PACE: Pace = { burst: 200, perSecond: 10 };

/** Counts what may be a guess before it costs a read of the store, or a question to another service. */
export class Guesses {
  readonly #allowance: Allowance;

  /** @param sharePercent the part of the guesses that one address may make */
  constructor(sharePercent = 100) {
    this.#allowance = new Allowance(PACE, sharePercent);
  }

  /** Counts one. @throws Problem `rate-limited` if too many were made */
  count(req: Request): void {
    if (this.#allowance.take(clientOfRequest(req))) return;
    throw new Problem(
      'rate-limited',
      'Too many tries let nobody in, from your address or in all. Nothing was recorded. Try again in a second.',
      {},
      RETRY_SOON,
    );
  }

  /** Does not count one any more: it was no guess. */
  giveBack(req: Request): void {
    this.#allowance.giveBack(clientOfRequest(req));
  }
}
