import type { Memories } from '../memories';
import { type RetryLimits, retrying } from '../retry';
import { onceAround } from '../slice';
import type { LedgerStore } from '../store';
import type { DraftedAnswerTo, Submission } from '../submission';
import { ClockGuard, type ClockWatch } from './clock-guard';
import { fullTurn } from './full-turn';
import type { GrowthLimits } from './growth';
import { quickTurn } from './quick-turn';
import type { TurnContext } from './turn-context';
import { isEmpty } from './turn-entries';
import type { StampAndLimits } from './turn-facts';
import { answer, WriteAttempt } from './write-attempt';
import { WriteFailure } from './write-failure';
import { type QueueLimits, type Waiting, WriteQueue } from './write-queue';

/** The writer's bounds. */
export interface WriterLimits extends QueueLimits, GrowthLimits {
  /** By how much this process's clock may differ from the database's; undefined to allow any difference. */
  readonly clockToleranceMs?: number | undefined;
}

/** One commit, for those who measure it. */
export interface Commit {
  /** How many submissions were answered by it. */
  readonly submissions: number;
  /** Records that it appended to the ledger. */
  readonly records: number;
  /** From asking for the turn until it was durable. */
  readonly seconds: number;
}

/** What the writer needs from outside the domain. */
export interface WriterSurroundings extends ClockWatch {
  now(): Date;
  /** The time zone that a new ledger gets; undefined for the default. */
  readonly timeZone?: string | undefined;
  /** A random positive integer that no other turn is likely to draw. */
  drawTurnMark(): number;
  /** Called after each commit whose answer came. Must not throw. */
  onCommit?(commit: Commit): void;
  /** Called for each group of submissions that the store could not record. Must not throw. */
  onFailure?(failure: WriteFailure): void;
}

/** The most tries for one group, besides the limit in time: after this many errors the next try would fail, too. */
const GROUP_TRIES = 200;

/** The one writer of a process. Submissions that wait are decided, appended and committed together. */
export class Writer {
  readonly #turns: TurnContext;
  readonly #surroundings: WriterSurroundings;
  readonly #limits: WriterLimits;
  readonly #retries: RetryLimits;
  readonly #clock: ClockGuard | undefined;
  readonly #queue: WriteQueue;
  #running: Promise<void> | undefined;
  #isClosing = false;

  constructor(
    store: LedgerStore,
    memories: Memories,
    surroundings: WriterSurroundings,
    limits: WriterLimits,
  ) {
    const { timeZone } = surroundings;
    this.#turns = { store, memories, timeZone, stamp: () => this.#stamp() };
    this.#surroundings = surroundings;
    this.#limits = limits;
    this.#retries = { timeoutMs: limits.timeoutMs, tries: GROUP_TRIES };
    this.#queue = new WriteQueue(limits);
    const { clockToleranceMs } = limits;
    if (clockToleranceMs !== undefined) {
      this.#clock = new ClockGuard(() => store.clock(), clockToleranceMs, surroundings);
    }
  }

  /**
   * Decides a submission, and records it unless it is refused.
   *
   * @returns its answer, once everything that the answer says is durable
   * @throws WriteFailure
   */
  submit<S extends Submission>(submission: S): Promise<DraftedAnswerTo<S>> {
    if (this.#isClosing) return Promise.reject(new WriteFailure('closing'));
    const answered = this.#queue.add(submission);
    this.#running ??= this.#run();
    // A draft answers each submission by its kind, which the queue's type does not say.
    return answered as Promise<DraftedAnswerTo<S>>;
  }

  /** How many commands wait for a turn. */
  get queueLength(): number {
    return this.#queue.commands;
  }

  /** By how much this process's clock is ahead of the database's; undefined if that is not known. */
  get clockOffsetMs(): number | undefined {
    return this.#clock?.offsetMs(this.#surroundings.now());
  }

  /** The time. @throws WriteFailure `clock-wrong`; StoreUnavailable */
  async trustedNow(): Promise<Date> {
    await this.#clock?.prepare(() => this.#surroundings.now());
    return this.#now();
  }

  /** Takes no more submissions, and waits until those accepted have their answer. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    do {
      // Reads all that has arrived first, or the first submission of many would be committed alone.
      await onceAround();
      const group = this.#queue.takeGroup();
      if (group.length > 0) await this.#write(group);
    } while (!this.#queue.isEmpty);
    this.#running = undefined;
  }

  /** Writes a group, with retries, and answers everyone in it. Never throws. */
  async #write(group: Waiting[]): Promise<void> {
    const attempt = new WriteAttempt();
    let waiting = group;
    const work = async () => {
      try {
        await this.#try(waiting, attempt);
      } catch (error) {
        waiting = rejectExpired(waiting, attempt.failure(error));
        throw error;
      }
    };
    try {
      await retrying(this.#retries, work);
    } catch (error) {
      const failure = attempt.failure(error);
      if (waiting.length > 1 && !(failure instanceof WriteFailure)) {
        // One submission alone may cause the error, so each is tried by itself.
        for (const one of waiting) await this.#write([one]);
        return;
      }
      if (failure instanceof WriteFailure) this.#surroundings.onFailure?.(failure);
      for (const { reject } of waiting) reject(failure);
    }
  }

  async #try(group: readonly Waiting[], attempt: WriteAttempt): Promise<void> {
    if (await attempt.confirm(this.#turns.store)) return;
    const begun = performance.now();
    await this.#clock?.prepare(() => this.#surroundings.now());
    const drafted =
      (await quickTurn(this.#turns, group, attempt)) ??
      (await fullTurn(this.#turns, group, attempt));
    if (!isEmpty(drafted)) {
      this.#surroundings.onCommit?.({
        submissions: group.length,
        records: drafted.records.length,
        seconds: (performance.now() - begun) / 1_000,
      });
    }
    answer(group, drafted);
  }

  #stamp(): StampAndLimits {
    const turnMark = this.#surroundings.drawTurnMark();
    const { productLimit, alertEventsLimit } = this.#limits;
    return { turnMark, now: this.#now(), productLimit, alertEventsLimit };
  }

  #now(): Date {
    const now = this.#surroundings.now();
    this.#clock?.check(now);
    return now;
  }
}

/** Rejects those that have waited long enough, and returns the others. */
function rejectExpired(group: readonly Waiting[], failure: unknown): Waiting[] {
  const now = performance.now();
  const expired = group.filter(({ deadline }) => deadline <= now);
  for (const { reject } of expired) reject(failure);
  return group.filter(({ deadline }) => deadline > now);
}
