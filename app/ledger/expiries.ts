import type { Documents } from './documents/documents';

/**
 * How often to look for holds that another process has made, in milliseconds: it may have died since. The process that made a hold
 * ends it in time.
 */
const LOOK_MS = 10_000;

/** The shortest pause after a look that ended nothing: the store may be unavailable. */
const RETRY_MS = 500;

/** What the expiries are found and recorded by. */
interface ExpiriesSurroundings {
  now(): Date;
  /** The open documents that this process knows of; undefined before it has read any. */
  known(): Documents | undefined;
  /** The open documents as they are now. @throws StoreUnavailable */
  read(): Promise<Documents>;
  /** Takes a turn, which ends the holds whose time has come. @throws WriteFailure */
  end(): Promise<unknown>;
}

/**
 * Ends holds in time while nobody changes anything. Every turn ends them first, so this only takes turns while there is one to end.
 * Two processes may do so at once: the second one finds nothing to end.
 */
export class Expiries {
  readonly #surroundings: ExpiriesSurroundings;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isStopped = false;

  constructor(surroundings: ExpiriesSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Looks when the next hold that is known ends, and then again and again. Call it after each change of a hold. */
  watch(): void {
    if (!this.#isLooking) this.#lookIn(0);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** @param soonest in how many milliseconds at the soonest */
  #lookIn(soonest: number): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    const { known, now } = this.#surroundings;
    const end = known()?.nextEnd ?? Number.POSITIVE_INFINITY;
    const wait = Math.max(soonest, Math.min(LOOK_MS, end - now().getTime()));
    this.#timer = setTimeout(() => void this.#look(), wait);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { read, end, now } = this.#surroundings;
    this.#isLooking = true;
    let hasEnded = false;
    try {
      if ((await read()).dueAt(now()).length > 0) {
        await end();
        hasEnded = true;
      }
    } catch {
      // A request that reads or writes says why. Every turn ends them, and the next look tries again.
    }
    this.#isLooking = false;
    this.#lookIn(hasEnded ? 0 : RETRY_MS);
  }
}
