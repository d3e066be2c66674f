import { Attempt, answer, type Waiting, WriteFailure } from './attempt';
import { ClockGuard, type ClockWatch } from './clock';
import {
  type Draft,
  type DraftedAnswer,
  draft,
  drafting,
  type Ground,
  type GrowthLimits,
  isEmpty,
  type Stamp,
} from './draft';
import { type Memories, onStock } from './memories';
import { type RetryLimits, retrying } from './retry';
import { onceAround, Slices } from './slice';
import type { LedgerStore, Turn } from './store';
import type { Submission } from './submission';

/** The writer's bounds. */
export interface WriterLimits extends GrowthLimits {
  /** Where so many commands wait for their turn, a further submission is refused as `overloaded`. */
  readonly queueLimit: number;
  /** Commands decided and committed together, but for a larger submission, which goes alone. */
  readonly batchLimit: number;
  /** How long a submission waits for its answer, to which the statements of the last try may add. */
  readonly timeoutMs: number;
  /** By how much this process's clock may differ from the database's; undefined where nobody asks. */
  readonly clockToleranceMs?: number | undefined;
}

/** One commit, for those who measure it. */
export interface Commit {
  /** How many were answered by it. */
  readonly submissions: number;
  /** Records that it appended to the ledger. */
  readonly records: number;
  /** From asking for the turn until it was durable. */
  readonly seconds: number;
}

/** What the writer takes from the world outside. */
export interface WriterSurroundings extends ClockWatch {
  now(): Date;
  /** A random positive integer that no other transaction is likely to draw. */
  drawTurnMark(): number;
  /** Told of each commit whose answer came. Must not throw. */
  onCommit?(commit: Commit): void;
  /** Told of each batch that the store could not record. Must not throw. */
  onFailure?(failure: WriteFailure): void;
}

/** Retries of one batch, besides the bound in time: a batch that meets this many errors will meet the next. */
const BATCH_TRIES = 200;

/** Commands that are written in a quick turn at most: to more, a few round trips do not matter. */
const QUICK_COMMANDS = 500;

/** The one writer of a process: submissions that wait are decided, appended and committed together. */
export class Writer {
  readonly #store: LedgerStore;
  readonly #memories: Memories;
  readonly #surroundings: WriterSurroundings;
  readonly #limits: WriterLimits;
  readonly #clock: ClockGuard | undefined;
  readonly #queue = new Set<Waiting>();
  #queued = 0;
  #running: Promise<void> | undefined;
  #closing = false;

  constructor(
    store: LedgerStore,
    memories: Memories,
    surroundings: WriterSurroundings,
    limits: WriterLimits,
  ) {
    this.#store = store;
    this.#memories = memories;
    this.#surroundings = surroundings;
    this.#limits = limits;
    const { clockToleranceMs } = limits;
    if (clockToleranceMs !== undefined) {
      this.#clock = new ClockGuard(() => store.clock(), clockToleranceMs, surroundings);
    }
  }

  /**
   * Has a submission decided, and recorded unless it is refused.
   *
   * @returns its answer, once what it says was recorded is durable
   * @throws WriteFailure
   */
  submit(submission: Submission): Promise<DraftedAnswer> {
    if (this.#closing) return Promise.reject(new WriteFailure('closing'));
    const size = submission.kind === 'cancel' ? 1 : submission.commands.length;
    const { queueLimit, timeoutMs } = this.#limits;
    // Only what is queued counts, or a large one might never be admitted.
    if (this.#queued >= queueLimit) {
      return Promise.reject(new WriteFailure('overloaded'));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#dequeue(waiting);
        reject(new WriteFailure('unavailable'));
      }, timeoutMs);
      const deadline = performance.now() + timeoutMs;
      const waiting = { submission, size, resolve, reject, deadline, timer };
      this.#queue.add(waiting);
      this.#queued += size;
      this.#running ??= this.#run();
    });
  }

  /** Commands that wait for their turn. */
  get queueLength(): number {
    return this.#queued;
  }

  /** By how much this process's clock is ahead of the database's; undefined where that is not known. */
  get clockOffsetMs(): number | undefined {
    return this.#clock?.offsetMs(this.#surroundings.now());
  }

  /** What time it is, unless the clock is wrong. @throws WriteFailure `clock-wrong`; StoreUnavailable */
  async trustedNow(): Promise<Date> {
    await this.#clock?.prepare(() => this.#surroundings.now());
    return this.#now();
  }

  /** Takes no more submissions, and waits until those accepted have their answer. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    do {
      // Reads all that has arrived first, or the first submission of many would be committed alone.
      await onceAround();
      const batch = this.#nextBatch();
      // Empty where those who waited have given up meanwhile.
      if (batch.length > 0) await this.#settle(batch);
    } while (this.#queue.size > 0);
    this.#running = undefined;
  }

  #dequeue(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    if (this.#queue.delete(waiting)) this.#queued -= waiting.size;
  }

  #nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let size = 0;
    for (const waiting of this.#queue) {
      if (batch.length > 0 && size + waiting.size > this.#limits.batchLimit) break;
      this.#dequeue(waiting);
      batch.push(waiting);
      size += waiting.size;
    }
    return batch;
  }

  /** Writes a batch and answers everyone in it. Never throws. */
  async #settle(batch: Waiting[]): Promise<void> {
    const attempt = new Attempt();
    const limits: RetryLimits = { timeoutMs: this.#limits.timeoutMs, tries: BATCH_TRIES };
    let waiting = batch;
    const work = async () => {
      try {
        await this.#try(waiting, attempt);
      } catch (error) {
        waiting = failExpired(waiting, attempt.failure(error));
        throw error;
      }
    };
    try {
      await retrying(limits, work);
    } catch (error) {
      const failure = attempt.failure(error);
      if (waiting.length > 1 && !(failure instanceof WriteFailure)) {
        // A fault may be about one of them only, for which the others are not to suffer.
        for (const one of waiting) await this.#settle([one]);
        return;
      }
      if (failure instanceof WriteFailure) this.#surroundings.onFailure?.(failure);
      for (const { reject } of waiting) reject(failure);
    }
  }

  async #try(waiting: readonly Waiting[], attempt: Attempt): Promise<void> {
    if (await attempt.confirm(this.#store)) return;
    const begun = performance.now();
    await this.#clock?.prepare(() => this.#surroundings.now());
    const drafted =
      (await this.#quickly(waiting, attempt)) ?? (await this.#inTurn(waiting, attempt));
    if (!isEmpty(drafted)) {
      this.#surroundings.onCommit?.({
        submissions: waiting.length,
        records: drafted.records.length,
        seconds: (performance.now() - begun) / 1_000,
      });
    }
    answer(waiting, drafted);
  }

  /**
   * Decides on what is known already, and has that recorded if the ledger still is as it was then.
   *
   * @returns undefined where it is not, or that is not worth trying
   */
  async #quickly(waiting: readonly Waiting[], attempt: Attempt): Promise<Draft | undefined> {
    const stock = this.#memories.stock.known;
    const turn = this.#store.quickTurn();
    const submissions = waiting.map(({ submission }) => submission);
    if (!stock?.last || !turn || !areQuick(waiting)) return undefined;
    const { last } = stock;
    // Where a key has run before, its second row is refused, and all is decided anew in a turn.
    const ground = { ...onStock(stock), sales: NOTHING, requests: NOTHING };
    const drafted = draft(ground, submissions, this.#stamp());
    // Whether to refuse them all is to be decided on what the ledger holds now.
    if (drafted.records.length === 0) return undefined;
    const committed = await attempt.commit(waiting, drafted, () => turn.write(last, drafted));
    if (!committed) return undefined;
    stock.fold(drafted.records);
    return drafted;
  }

  /**
   * Decides on what the ledger holds while the turn is ours, and has that recorded. Between the slices of a large
   * submission others may read. Nobody can commit, so that what it is decided on stays as it is.
   */
  async #inTurn(waiting: readonly Waiting[], attempt: Attempt): Promise<Draft> {
    const submissions = waiting.map(({ submission }) => submission);
    const turn = await this.#store.takeTurn();
    let ground: Ground;
    let drafted: Draft;
    try {
      ground = await this.#ground(turn, submissions);
      const steps = drafting(ground, submissions, this.#stamp());
      drafted = await new Slices(onceAround).through(steps);
      if (!isEmpty(drafted)) {
        await turn.append(drafted);
        await attempt.commit(waiting, drafted, () => turn.commit());
      }
    } finally {
      await turn.abandon();
    }
    await this.#memories.take(ground, drafted);
    return drafted;
  }

  #stamp(): Stamp {
    const turnMark = this.#surroundings.drawTurnMark();
    const { productLimit, alertEventsLimit } = this.#limits;
    return { turnMark, now: this.#now(), productLimit, alertEventsLimit };
  }

  #now(): Date {
    const now = this.#surroundings.now();
    this.#clock?.check(now);
    return now;
  }

  /** All that the submissions are to be decided on, as it is now that the turn is ours. */
  async #ground(turn: Turn, submissions: readonly Submission[]): Promise<Ground> {
    const keys = submissions.flatMap(keyOf);
    const named = submissions.flatMap(namedSales);
    return {
      ...(await this.#memories.advance(turn, submissions)),
      sales: new Map(
        (named.length > 0 ? await turn.sales(named) : []).map((sale) => [sale.record, sale]),
      ),
      requests: new Map(
        (keys.length > 0 ? await turn.requests(keys) : []).map((request) => [request.key, request]),
      ),
    };
  }
}

const NOTHING = new Map<never, never>();

/** Whether all can be decided on stock alone, and are few enough for one packet. */
function areQuick(waiting: readonly Waiting[]): boolean {
  const commands = waiting.reduce((sum, { size }) => sum + size, 0);
  return (
    commands <= QUICK_COMMANDS &&
    waiting.every(
      ({ submission }) => submission.kind === 'stock' && namedSales(submission).length === 0,
    )
  );
}

function keyOf(submission: Submission): string[] {
  if (submission.kind === 'cancel') return [submission.key];
  if (submission.kind === 'alerts') return [];
  return submission.request ? [submission.request.key] : [];
}

function namedSales(submission: Submission): number[] {
  if (submission.kind !== 'stock') return [];
  return submission.commands.flatMap((command) =>
    command.kind === 'movement' && command.saleRecord ? [command.saleRecord] : [],
  );
}

/** Gives up on those who have waited long enough, and returns the others. */
function failExpired(waiting: readonly Waiting[], failure: unknown): Waiting[] {
  const now = performance.now();
  const expired = waiting.filter(({ deadline }) => deadline <= now);
  for (const { reject } of expired) reject(failure);
  return waiting.filter(({ deadline }) => deadline > now);
}
