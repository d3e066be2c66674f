import { WriteFailure } from './write-failure';

/** What is told of the clocks, to those who log and measure. */
export interface ClockWatch {
  /**
   * Told each time that the clocks are found to differ, and once when they agree again. Must not throw.
   *
   * @param offsetMs by how much this process's clock is ahead of the database's; negative where it is behind
   */
  onClock?(agrees: boolean, offsetMs: number): void;
  /** Told once when the ledger's last record turns out to be in the future by this much. Must not throw. */
  onFutureRecord?(record: number, aheadMs: number): void;
}

/** A reading as old as this is taken anew, beside what goes on. */
const FRESH_MS = 10_000;

/** A reading as old as this counts no more: the next one is waited for. By then a monotonic clock has lost milliseconds. */
const USABLE_MS = 300_000;

/**
 * Keeps a process whose clock is wrong from recording anything, since `recordedAt` never goes back: one record of
 * tomorrow moves all that come after it, of every process.
 *
 * The database's clock is the one that all processes share. It is read now and then, outside of turns, and carried
 * forward by the monotonic clock of this process, which nobody sets. So every turn is checked, and none waits for it:
 * a clock that jumps is seen at once. A process that was suspended finds that the clocks differ, and reads anew.
 *
 * A store on this machine has no clock to compare with, so nothing is refused there. The monotonic clock alone would not
 * tell which time is right: the machine's clock also jumps against it when a wrong time is set right, and when a laptop
 * wakes up, since the monotonic clock stood still meanwhile.
 */
export class ClockGuard {
  readonly #read: () => Promise<Date | undefined>;
  readonly #toleranceMs: number;
  readonly #watch: ClockWatch;
  /** What the database's clock showed, and when that was by `performance.now()`. */
  #reading: { readonly databaseMs: number; readonly at: number } | undefined;
  #isReading: Promise<void> | undefined;
  #hasClock = true;
  #isRefusing = false;

  /** @param read the database's clock; undefined where it has none but this machine's */
  constructor(read: () => Promise<Date | undefined>, toleranceMs: number, watch: ClockWatch) {
    this.#read = read;
    this.#toleranceMs = toleranceMs;
    this.#watch = watch;
  }

  /** By how much a time of this process is ahead of the database's clock now; undefined where that is not known. */
  offsetMs(now: Date): number | undefined {
    if (!this.#reading) return undefined;
    const { databaseMs, at } = this.#reading;
    return now.getTime() - (databaseMs + performance.now() - at);
  }

  /** Reads the database's clock where `check` could not do without. @throws StoreUnavailable */
  async prepare(now: () => Date): Promise<void> {
    if (!this.#hasClock) return;
    const age = this.#reading ? performance.now() - this.#reading.at : Number.POSITIVE_INFINITY;
    if (age > USABLE_MS || this.#differs(this.offsetMs(now()))) await this.#readAnew();
    // Where it fails the reading that is there goes on to count.
    else if (age > FRESH_MS) this.#readAnew().catch(() => {});
  }

  /** Refuses a time that is further from the database's clock than the tolerance. @throws WriteFailure `clock-wrong` */
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
    // It was read at some moment in between.
    else this.#reading = { databaseMs: database.getTime(), at: (begun + ended) / 2 };
  }
}

/** How far a clock is from another one, before the name of that one: `400 s ahead of`, `400 s behind`. */
export function offsetInWords(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1_000);
  return `${seconds} s ${offsetMs < 0 ? 'behind' : 'ahead of'}`;
}

/** Notices a last record that is in the future: all that come until then get its time. */
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
