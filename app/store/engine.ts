import type { QuickTurn } from '../ledger/store';
import type { Asking } from './asking';
import type { Dialect } from './dialect';
import type { Answer, Asked, Question } from './questions';
import type { Insertion } from './table-codec';

/** What a database must offer, beside its dialect, to keep a ledger. Everything but `close` throws StoreUnavailable or StoreUnusable. */
export interface Engine {
  readonly dialect: Dialect;
  /** As `LedgerStore` has it. */
  readonly longQuestionsAtOnce: number;

  /** Answers a question, as the database does that best. */
  ask<Q extends Question>(question: Q, ...asked: Asked<Q>): Promise<Answer<Q>>;

  /** Answers what is short and asked often, on one connection that nobody else has meanwhile. */
  run<T>(asking: Asking<T>): Promise<T>;

  /** Appends entries beside turns, all or none. @throws StoreUnavailable where one of them is there already */
  append<E>(into: Insertion<E>, entries: readonly E[]): Promise<void>;

  /** Waits for the turn, and opens its transaction. */
  openTurn(): Promise<OpenTurn>;

  /** As `LedgerStore` has them. */
  quickTurn(): QuickTurn | undefined;
  clock(): Promise<Date | undefined>;
  checkWritable(thorough: boolean): Promise<void>;
  close(): Promise<void>;
}

/** The transaction of a turn, as a database has it. */
export interface OpenTurn {
  /** Answers what is asked, or inserts rows, within the transaction. */
  run<T>(asking: Asking<T>): Promise<T>;

  /** As `Turn` has them. */
  commit(): Promise<void>;
  abandon(): Promise<void>;
}
