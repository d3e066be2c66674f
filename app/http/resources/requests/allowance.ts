/** How often something may happen: so many times at once, and from then on at a steady pace. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** Clients that are remembered, at most: those that have their whole share again are forgotten before. */
const CLIENTS_MAX = 10_000;

/**
 * Lets something happen at a pace, of which one client has a share: for what adds to the ledger for good. A client that uses
 * up its own leaves the others theirs.
 */
export class Allowance {
  readonly #pace: Pace;
  readonly #share: Pace;
  readonly #all: Left;
  readonly #byClient = new Map<string, Left>();

  /** @param sharePercent what one client has of it, from 1 to 100; one at once in any case */
  constructor(pace: Pace, sharePercent: number, nowMs = performance.now()) {
    this.#pace = pace;
    const share = (amount: number) => (amount * sharePercent) / 100;
    this.#share = { burst: Math.max(1, share(pace.burst)), perSecond: share(pace.perSecond) };
    this.#all = { left: pace.burst, atMs: nowMs };
  }

  /** Whether it may happen once more now for a client; if so it counts. */
  take(client: string, nowMs = performance.now()): boolean {
    const own = this.#of(client, nowMs);
    refill(this.#all, this.#pace, nowMs);
    refill(own, this.#share, nowMs);
    if (this.#all.left < 1 || own.left < 1) return false;
    this.#all.left -= 1;
    own.left -= 1;
    return true;
  }

  /** To be called where it did not happen after all. */
  giveBack(client: string): void {
    this.#all.left += 1;
    const own = this.#byClient.get(client);
    if (own) own.left += 1;
  }

  #of(client: string, nowMs: number): Left {
    const known = this.#byClient.get(client);
    if (known) return known;
    if (this.#byClient.size >= CLIENTS_MAX) this.#forget(nowMs);
    const own = { left: this.#share.burst, atMs: nowMs };
    this.#byClient.set(client, own);
    return own;
  }

  /** Those that have all again, else the one that was first seen: so many clients share what all have. */
  #forget(nowMs: number): void {
    for (const [client, own] of this.#byClient) {
      refill(own, this.#share, nowMs);
      if (own.left >= this.#share.burst) this.#byClient.delete(client);
    }
    const [first] = this.#byClient.keys();
    if (this.#byClient.size >= CLIENTS_MAX && first !== undefined) this.#byClient.delete(first);
  }
}

/** What is left of a pace, as of a moment. */
interface Left {
  left: number;
  atMs: number;
}

function refill(own: Left, { burst, perSecond }: Pace, nowMs: number): void {
  own.left = Math.min(burst, own.left + ((nowMs - own.atMs) / 1_000) * perSecond);
  own.atMs = nowMs;
}
