import type { Command } from './command';
import { type Draft, draft, type Refusal } from './decide';
import type { LedgerRecord } from './record';
import { type RetryLimits, retrying } from './retry';
import { dailySales } from './sales';
import type { StockMemory } from './stock-memory';
import { type LedgerStore, StoreUnavailable, type Turn } from './store';

/** Why a command got no outcome. Only `outcome-unknown` may have been recorded; the others surely were not. */
export type WriteFailureKind = 'overloaded' | 'unavailable' | 'outcome-unknown' | 'closing';

/** A command got no outcome: neither recorded nor refused, as far as is known. */
export class WriteFailure extends Error {
  override readonly name = 'WriteFailure';

  constructor(
    readonly kind: WriteFailureKind,
    options?: ErrorOptions,
  ) {
    super(`write failed: ${kind}`, options);
  }
}

/** The writer's bounds. */
export interface WriterLimits {
  /** Commands that may wait for their turn; more are refused as `overloaded`. */
  readonly queueLimit: number;
  /** Commands decided and committed together. */
  readonly batchLimit: number;
  /** How long a command waits for its outcome, to which the last statement sent to the store may add. */
  readonly timeoutMs: number;
}

/** What the writer takes from the world outside. */
export interface WriterSurroundings {
  now(): Date;
  /** A random positive integer that no other transaction is likely to draw. */
  drawBatchMark(): number;
}

/** Retries of one batch, besides the bound in time: a batch that meets this many errors will meet the next. */
const BATCH_TRIES = 200;

interface Waiting {
  readonly command: Command;
  readonly resolve: (outcome: LedgerRecord | Refusal) => void;
  readonly reject: (error: unknown) => void;
  /** When to give up, by `performance.now()`. */
  readonly deadline: number;
  /** Gives up at the deadline while it is still in the queue. */
  readonly timer: NodeJS.Timeout;
}

/** The one writer of a process: commands that wait are decided, appended and committed together. */
export class Writer {
  readonly #store: LedgerStore;
  readonly #memory: StockMemory;
  readonly #surroundings: WriterSurroundings;
  readonly #limits: WriterLimits;
  readonly #queue = new Set<Waiting>();
  #running: Promise<void> | undefined;
  #closing = false;

  constructor(
    store: LedgerStore,
    memory: StockMemory,
    surroundings: WriterSurroundings,
    limits: WriterLimits,
  ) {
    this.#store = store;
    this.#memory = memory;
    this.#surroundings = surroundings;
    this.#limits = limits;
  }

  /**
   * Has a command decided, and recorded unless it is refused.
   *
   * @returns the record, once it is durable, or the refusal
   * @throws WriteFailure
   */
  submit(command: Command): Promise<LedgerRecord | Refusal> {
    if (this.#closing) return Promise.reject(new WriteFailure('closing'));
    if (this.#queue.size >= this.#limits.queueLimit) {
      return Promise.reject(new WriteFailure('overloaded'));
    }
    return new Promise((resolve, reject) => {
      const { timeoutMs } = this.#limits;
      const timer = setTimeout(() => {
        this.#queue.delete(waiting);
        reject(new WriteFailure('unavailable'));
      }, timeoutMs);
      const waiting = { command, resolve, reject, deadline: performance.now() + timeoutMs, timer };
      this.#queue.add(waiting);
      this.#running ??= this.#run();
    });
  }

  /** Takes no more commands, and waits until those accepted have their outcome. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.size > 0) await this.#settle(this.#nextBatch());
    this.#running = undefined;
  }

  #nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    for (const waiting of this.#queue) {
      if (batch.length >= this.#limits.batchLimit) break;
      clearTimeout(waiting.timer);
      this.#queue.delete(waiting);
      batch.push(waiting);
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
      for (const { reject } of waiting) reject(failure);
    }
  }

  async #try(waiting: readonly Waiting[], attempt: Attempt): Promise<void> {
    const turn = await this.#store.takeTurn();
    try {
      if (await attempt.confirm(turn)) {
        await turn.abandon();
        return;
      }
      const stock = await this.#memory.advance(turn);
      const commands = waiting.map(({ command }) => command);
      const batch = this.#surroundings.drawBatchMark();
      const drafted = draft(stock, commands, { batch, now: this.#surroundings.now() });
      if (drafted.records.length === 0) {
        await turn.abandon();
      } else {
        await turn.append(drafted.records, dailySales(drafted.records));
        attempt.unconfirmed = { drafted, waiting };
        await turn.commit();
        attempt.unconfirmed = undefined;
        stock.fold(drafted.records);
      }
      answer(waiting, drafted);
    } catch (error) {
      await turn.abandon();
      throw error;
    }
  }
}

/** The tries at one batch: remembers a draft whose COMMIT was sent and not answered. */
class Attempt {
  unconfirmed: { readonly drafted: Draft; readonly waiting: readonly Waiting[] } | undefined;

  /**
   * Finds out what became of the unconfirmed draft, and answers those in it if it was committed. Its
   * transaction is surely over, since the turn is ours now: either its first record stands in the
   * ledger under its mark, or nothing of it ever will.
   *
   * @returns whether it was committed
   */
  async confirm(turn: Turn): Promise<boolean> {
    if (!this.unconfirmed) return false;
    const { drafted, waiting } = this.unconfirmed;
    const [first] = drafted.records;
    const committed = first && (await turn.batchOf(first.record)) === drafted.batch;
    this.unconfirmed = undefined;
    if (committed) answer(waiting, drafted);
    return committed === true;
  }

  /** What to tell those whose batch came to nothing, as far as is known. */
  failure(cause: unknown): unknown {
    if (this.unconfirmed) return new WriteFailure('outcome-unknown', { cause });
    if (cause instanceof StoreUnavailable) return new WriteFailure('unavailable', { cause });
    return cause;
  }
}

function answer(waiting: readonly Waiting[], { outcomes }: Draft): void {
  waiting.forEach(({ resolve }, index) => {
    resolve(outcomes[index] as LedgerRecord | Refusal);
  });
}

/** Gives up on those who have waited long enough, and returns the others. */
function failExpired(waiting: readonly Waiting[], failure: unknown): Waiting[] {
  const now = performance.now();
  const expired = waiting.filter(({ deadline }) => deadline <= now);
  for (const { reject } of expired) reject(failure);
  return waiting.filter(({ deadline }) => deadline > now);
}
