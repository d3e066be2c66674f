import { Gate } from './gate';
import type { Journal } from './memory';
import type { Questions } from './questions';
import { type RetryLimits, retrying } from './retry';
import { othersFirst } from './slice';

/**
 * The most long questions that wait for their turn; the next one is refused, since it would be answered after its client
 * has given up. The store says how many run at once.
 */
const LONG_QUESTIONS_WAITING = 60;

/** How reads use the store: each is tried again while the store is unavailable, and only a few long ones run at once. */
export class Reads {
  readonly #retries: RetryLimits;
  readonly #gate: Gate;

  /** @param longAtOnce how many long reads may run at once */
  constructor(retries: RetryLimits, longAtOnce: number) {
    this.#retries = retries;
    this.#gate = new Gate(longAtOnce, LONG_QUESTIONS_WAITING);
  }

  /** Runs a short read. @throws StoreUnavailable */
  short<T>(work: () => Promise<T>): Promise<T> {
    return retrying(this.#retries, work);
  }

  /**
   * Runs a read that may go through much of a long ledger.
   *
   * @param isContinued whether it reads a further part of an answer that has begun; such a read is never refused
   * @throws Overloaded if too many wait; StoreUnavailable
   */
  long<T>(work: () => Promise<T>, isContinued: boolean): Promise<T> {
    return this.#gate.pass(() => this.short(work), isContinued);
  }
}

/** Says whether a long question asks for a further part of an answer that has begun. */
type IsContinued<Q extends keyof Questions> = (...asked: Parameters<Questions[Q]>) => boolean;

const LONG = () => false;

/** Whether each question is short or long; for a long one, how to tell that it continues an answer. */
const LENGTHS: { readonly [Q in keyof Questions]: 'short' | IsContinued<Q> } = {
  request: 'short',
  latestAsOf: (_record, after) => after > 0,
  cellsAsOf: 'short',
  latestStep: 'short',
  documentRecords: 'short',
  documentsAsOf: 'short',
  endedDocuments: 'short',
  lastRecordAt: 'short',
  unitsSoldAt: LONG,
  history: LONG,
  recordsOf: ({ after }) => after > 0,
  explain: LONG,
  topSellers: LONG,
  unitsSold: 'short',
  salesByDay: LONG,
  dailySales: ({ after }) => after !== undefined,
  cancelledSince: 'short',
  audit: LONG,
  latestVerification: 'short',
  alertLife: 'short',
  resolvedAlerts: LONG,
  deliveries: 'short',
  deliveriesOf: 'short',
  unfinishedDeliveries: 'short',
  deadLetters: 'short',
  latestCheckpoint: 'short',
};

/** The questions of a store, asked by `reads`: the long ones also throw Overloaded. */
export function questionsBy(reads: Reads, store: Questions): Questions {
  const names = Object.keys(LENGTHS) as (keyof Questions)[];
  const asked = names.map((name) => [name, questionBy(reads, store, name)]);
  return Object.fromEntries(asked) as Questions;
}

function questionBy<Q extends keyof Questions>(reads: Reads, store: Questions, name: Q) {
  const ask = store as {
    readonly [N in Q]: (...asked: Parameters<Questions[Q]>) => Promise<unknown>;
  };
  const length: 'short' | IsContinued<Q> = LENGTHS[name];
  return length === 'short'
    ? (...asked: Parameters<Questions[Q]>) => reads.short(() => ask[name](...asked))
    : (...asked: Parameters<Questions[Q]>) =>
        reads.long(() => ask[name](...asked), length(...asked));
}

/** Reads an append-only table page by page. */
export class JournalReader<E> {
  readonly #reads: Reads;
  readonly #journal: Journal<E>;

  constructor(reads: Reads, journal: Journal<E>) {
    this.#reads = reads;
    this.#journal = journal;
  }

  /** The entries numbered `position` and up, in order and without gaps, `limit` at most. @throws StoreUnavailable */
  async from(position: number, limit: number): Promise<E[]> {
    // Some clients read the whole ledger, page after page, and many may do so at once.
    await othersFirst();
    return this.#reads.short(() => this.#journal.from(position, limit));
  }
}
