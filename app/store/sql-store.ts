import type { DeliveryStep } from '../ledger/delivery';
import type { Journals } from '../ledger/memories';
import type { Questions, Verification } from '../ledger/questions';
import type { LedgerStore, QuickTurn, Turn } from '../ledger/store';
import type { Asking } from './asking';
import type { Dialect } from './dialect';
import { addJournals } from './journals';
import { type AnswerOf, type Asked, QUESTIONS, type Question } from './questions';
import type { Insertion } from './table-codec';

/** Has a method for each question and a member for each journal, made from the lists of them. */
const Readable = class {
  constructor(dialect: Dialect) {
    const store = this as unknown as SqlStore;
    const questions = Object.keys(QUESTIONS) as Question[];
    const methods = questions.map((question) => {
      const method = (...asked: never) => store.ask(question, ...asked);
      return [question, method];
    });
    Object.assign(this, Object.fromEntries(methods));
    addJournals(this, dialect, (asking) => store.run(asking), false);
  }
} as new (
  dialect: Dialect,
) => Questions & Journals;

/** The ledger in a database. What one database does in its own way is abstract here. */
export abstract class SqlStore extends Readable implements LedgerStore {
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    super(dialect);
    this.#dialect = dialect;
  }

  abstract readonly longQuestionsAtOnce: number;

  /** Answers a question, if the database does that best. */
  abstract ask<Q extends Question>(question: Q, ...asked: Asked<Q>): Promise<AnswerOf<Q>>;

  /** Answers what is short and asked often, on one connection that nobody else uses meanwhile. */
  abstract run<T>(asking: Asking<T>): Promise<T>;

  /** Appends entries outside of turns, all or none. @throws StoreUnavailable if one of them is there already */
  protected abstract append<E>(into: Insertion<E>, entries: readonly E[]): Promise<void>;

  abstract takeTurn(): Promise<Turn>;
  abstract quickTurn(): QuickTurn | undefined;
  abstract clock(): Promise<Date | undefined>;
  abstract checkWritable(thorough: boolean): Promise<void>;
  abstract close(): Promise<void>;

  appendVerification(verification: Verification): Promise<void> {
    return this.append(this.#dialect.tables.verifications, [verification]);
  }

  appendDeliverySteps(steps: readonly DeliveryStep[]): Promise<void> {
    return this.append(this.#dialect.tables.alert_deliveries, steps);
  }

  appendCheckpoint(record: number, recordedAt: Date): Promise<void> {
    return this.append(this.#dialect.tables.alert_checkpoints, [{ record, recordedAt }]);
  }
}
