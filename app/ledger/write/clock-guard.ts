import { WriteFailure } from './write-failure';

/** Called with the state of the clocks, for logs and metrics. */
export interface ClockWatch {
  /**
   * Called each time that the clocks are found to differ, and once when they agree again. Must not throw.
   *
   * @param offsetMs by how much this process's clock is ahead of the database's; negative if it is behind
   */
  onClock?(agrees: boolean, offsetMs: number): void;
  /** Called once when the ledger's last record turns out to be in the future by this much. Must not throw. */
  onFutureRecord?(record: number, aheadMs: number): void;
}

/** After this time the clock is read again, in the background. */
const FRESH_MS = 10_000;

/** After this time a reading no longer counts, and the next one is awaited: a monotonic clock has drifted by milliseconds. */
const USABLE_MS = 300_000;

/**
 * Keeps a process whose clock is wrong from recording anything. `recordedAt` never goes back, so after one record with
 * the time of tomorrow, all later records of every process would have that time, too.
 *
 * All processes share the database's clock. It is read now and then, outside of turns. In between, this process's
 * monotonic clock, which nobody sets, tells how much time has passed. So every turn is checked without waiting, and a
 * clock that jumps is noticed at once. After a process was suspended, the clocks differ, and the database's is read again.
 *
 * A store on this machine has no other clock to compare with, so nothing is refused there. The monotonic clock alone could
 * not tell which time is right: the machine's clock also jumps when a wrong time is corrected, and when a laptop wakes
 * up, because the monotonic clock stands still while it sleeps.
 */
export class ClockGuard {
  readonly #read: () => Promise<Date | undefined>;
  readonly #toleranceMs: number;
  readonly #watch: ClockWatch;
  /** The database's time, and when it was read, by `performance.now()`. */
  #reading: { readonly databaseMs: number; readonly at: number } | undefined;
  #isReading: Promise<void> | undefined;
  #hasClock = true;
  #isRefusing = false;

  /** @param read the database's clock; undefined if it has none but this machine's */
  constructor(read: () => Promise<Date | undefined>, toleranceMs: number, watch: ClockWatch) {
    this.#read = read;
    this.#toleranceMs = toleranceMs;
    this.#watch = watch;
  }

  /** By how much a time of this process is ahead of the database's clock now; undefined if that is not known. */
  offsetMs(now: Date): number | undefined {
    if (!this.#reading) return undefined;
    const { databaseMs, at } = this.#reading;
    return now.getTime() - (databaseMs + performance.now() - at);
  }

  /** Reads the database's clock if `check` needs a newer reading. @throws StoreUnavailable */
  async prepare(now: () => Date): Promise<void> {
    if (!this.#hasClock) return;
    const age = this.#reading ? performance.now() - this.#reading.at : Number.POSITIVE_INFINITY;
    if (age > USABLE_MS || this.#differs(this.offsetMs(now()))) await this.#readAnew();
    // If that fails, the older reading still counts.
    else if (age > FRESH_MS) this.#readAnew().catch(() => {});
  }

  /** Refuses a time that differs from the database's by more than the tolerance. @throws WriteFailure `clock-wrong` */
  check(now: Date): void {
    const offsetMs = this.offsetMs(now);
    if (offsetMs === undefined) return;
    const agrees = !this.#differs(offsetMs);
    if (!agrees || this.#isRefusing) this.#watch.onClock?.(agrees, Math.round(offsetMs));
    this.#isRefusing = !agrees;
    if (!agrees) {
      const cause = new Error(`this clock is ${offsetInWords(offsetMs)} the database's`);
      throw new WriteFailure('clock-wrong', { cause });
    }
  }

  #differs(offsetMs: number | undefined): boolean {
    return offsetMs !== undefined && Math.abs(offsetMs) > this.#toleranceMs;
  }

  #readAnew(): Promise<void> {
    this.#isReading ??= this.#take().finally(() => {
      this.#isReading = undefined;
    });
    return this.#isReading;
  }

  async #take(): Promise<void> {
    const begun = performance.now();
    const database = await this.#read();
    const ended = performance.now();
    if (database === undefined) this.#hasClock = false;
    // The database read it at some moment in between.
    else this.#reading = { databaseMs: database.getTime(), at: (begun + ended) / 2 };
  }
}

/** How far a clock is ahead of or behind another one: `400 s ahead of`, `400 s behind`. The other's name follows. */
export function offsetInWords(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1_000);
  return `${seconds} s ${offsetMs < 0 ? 'behind' : 'ahead of'}`;
}

/** Notices if the last record is in the future. All records until then get its time. */
export class FutureNotice {
  readonly #toleranceMs: number;
  readonly #watch: ClockWatch;
  #isTold = false;

  constructor(toleranceMs: number, watch: ClockWatch) {
    this.#toleranceMs = toleranceMs;
    this.#watch = watch;
  }

  look(last: { readonly record: number; readonly recordedAt: Date } | null, now: Date): void {
    const aheadMs = last ? last.recordedAt.getTime() - now.getTime() : 0;
    const isAhead = aheadMs > this.#toleranceMs;
    if (last && isAhead && !this.#isTold) this.#watch.onFutureRecord?.(last.record, aheadMs);
    this.#isTold = isAhead;
  }
}
