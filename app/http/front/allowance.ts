/** How often something may happen: `burst` times at once, then `perSecond` times a second. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** The most clients that are remembered. Clients that have their whole share again are forgotten first. */
const CLIENTS_MAX = 10_000;

/**
 * A token bucket for all clients, and one for each client (https://en.wikipedia.org/wiki/Token_bucket). A client that uses up
 * its share leaves the others theirs. It limits what adds to the ledger forever.
 */
export class Allowance {
  readonly #pace: Pace;
  readonly #share: Pace;
  readonly #all: Left;
  readonly #byClient = new Map<string, Left>();

  /** @param sharePercent the part of the pace that one client has, from 1 to 100, but at least one at once */
  constructor(pace: Pace, sharePercent: number, nowMs = performance.now()) {
    this.#pace = pace;
    const share = (amount: number) => (amount * sharePercent) / 100;
    this.#share = { burst: Math.max(1, share(pace.burst)), perSecond: share(pace.perSecond) };
    this.#all = { left: pace.burst, atMs: nowMs };
  }

  /** Takes one for a client. @returns whether there was one left */
  take(client: string, nowMs = performance.now()): boolean {
    const own = this.#of(client, nowMs);
    refill(this.#all, this.#pace, nowMs);
    refill(own, this.#share, nowMs);
    if (this.#all.left < 1 || own.left < 1) return false;
    this.#all.left -= 1;
    own.left -= 1;
    return true;
  }

  /** Gives one back that was not used. */
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

  /** Forgets the clients that have their whole share again, or else the oldest one. */
  #forget(nowMs: number): void {
    for (const [client, own] of this.#byClient) {
      refill(own, this.#share, nowMs);
      if (own.left >= this.#share.burst) this.#byClient.delete(client);
    }
    const [first] = this.#byClient.keys();
    if (this.#byClient.size >= CLIENTS_MAX && first !== undefined) this.#byClient.delete(first);
  }
}

/** What was left of a pace at a moment. */
interface Left {
  left: number;
  atMs: number;
}

function refill(own: Left, { burst, perSecond }: Pace, nowMs: number): void {
  own.left = Math.min(burst, own.left + ((nowMs - own.atMs) / 1_000) * perSecond);
  own.atMs = nowMs;
}
