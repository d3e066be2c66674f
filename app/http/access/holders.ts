import type { Request } from 'express';
import type { Access } from '../../ledger/access/access';
import type { AccessEntry } from '../../ledger/access/access-entry';
import type { Ledger } from '../../ledger/ledger';
import type { Guesses } from './guesses';

/** For how long what is known holds: a revocation on one process holds on all others within two seconds. */
const RECENT_MS = 1_000;

/** Whose secret or passkey it is. */
export interface Found {
  /** Who may do what, as it was a second ago or later. */
  readonly access: Access;
  /** The latest entry about the holder; undefined if it is nobody's. */
  readonly holder: AccessEntry | undefined;
}

/**
 * Finds whose secret a caller shows. Known ones are found in memory. Those who try unknown ones are soon refused without a read
 * of the store, and cannot keep anybody out who is known.
 */
export class Holders {
  readonly #ledger: Ledger;
  readonly #guesses: Guesses;
  /** When the last catch-up began, by `performance.now()`. */
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(ledger: Ledger, guesses: Guesses) {
    this.#ledger = ledger;
    this.#guesses = guesses;
  }

  /**
   * The key, session or invitation of a secret. It may have ended.
   *
   * @param hash the secret's, by `hashOf`
   * @throws Problem `rate-limited`; StoreUnavailable
   */
  find(req: Request, hash: string): Promise<Found> {
    return this.#find(req, (access) => access.withSecret(hash));
  }

  /** The active passkey that is found by the hash of its ID. @throws Problem `rate-limited`; StoreUnavailable */
  findPasskey(req: Request, hash: string): Promise<Found> {
    return this.#find(req, (access) => {
      const found = access.withCredential('passkey', hash);
      return found?.state === 'active' ? found : undefined;
    });
  }

  async #find(req: Request, holderIn: (access: Access) => AccessEntry | undefined): Promise<Found> {
    const recent = await this.#recent();
    const known = holderIn(recent);
    if (known) return { access: recent, holder: known };
    this.#guesses.count(req);
    // Another process may have made it just now.
    const access = await this.#ledger.access();
    return { access, holder: holderIn(access) };
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
