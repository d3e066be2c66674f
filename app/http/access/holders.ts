import type { Request } from 'express';
import type { Access } from '../../ledger/access/access';
import type { AccessEntry } from '../../ledger/access/access-entry';
import type { Ledger } from '../../ledger/ledger';
import { Allowance, type Pace } from '../front/allowance';
import { clientOfRequest } from '../front/proxies';
import { Problem } from '../problems/problem';
import { RETRY_SOON } from '../problems/retry-after';
import { hashOf } from './api-key';

/** For how long what is known holds: a revocation on one process holds on all others within two seconds. */
const RECENT_MS = 1_000;

/**
 * How often callers may show secrets that a process does not know, each of which costs a read of the store. A shop shows few: a
 * new key or link when another process made it within the last second, and old cookies after the ledger was replaced.
 */
const UNKNOWN: Pace = { burst: 200, perSecond: 10 };

/** Whose secret it is: a key, a session, or an invitation. */
export interface Found {
  /** Who may do what, as it was a second ago or later. */
  readonly access: Access;
  /** The latest entry about the holder; undefined if it is nobody's secret. The holder may have been ended. */
  readonly holder: AccessEntry | undefined;
}

/**
 * Finds whose secret a caller shows. Known ones are found in memory. Those who try unknown ones are soon refused without a read
 * of the store, and cannot keep anybody out who is known.
 */
export class Holders {
  readonly #ledger: Ledger;
  readonly #unknown: Allowance;
  /** When the last catch-up began, by `performance.now()`. */
  #readAt = Number.NEGATIVE_INFINITY;

  /** @param sharePercent the part of the unknown secrets that one address may show */
  constructor(ledger: Ledger, sharePercent = 100) {
    this.#ledger = ledger;
    this.#unknown = new Allowance(UNKNOWN, sharePercent);
  }

  /** @throws Problem `rate-limited` if too many unknown secrets were shown; StoreUnavailable */
  async find(req: Request, secret: string): Promise<Found> {
    const hash = hashOf(secret);
    const recent = await this.#recent();
    const known = recent.withSecret(hash);
    if (known) return { access: recent, holder: known };
    // Another process may have made it just now.
    if (!this.#unknown.take(clientOfRequest(req))) throw tooManyUnknown();
    const access = await this.#ledger.access();
    return { access, holder: access.withSecret(hash) };
  }

  /** Who may do what, as it was a second ago or later. So the store is asked once a second, however many requests come. */
  async #recent(): Promise<Access> {
    const known = this.#ledger.knownAccess;
    const now = performance.now();
    if (known && now - this.#readAt < RECENT_MS) return known;
    const access = await this.#ledger.access();
    this.#readAt = Math.max(this.#readAt, now);
    return access;
  }
}

function tooManyUnknown(): Problem {
  return new Problem(
    'rate-limited',
    'Too many unknown keys, sessions or invitations were sent, from your address or in all. Nothing was recorded. Try again in a second.',
    {},
    RETRY_SOON,
  );
}
