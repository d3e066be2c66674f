import type { DeliveryStep } from '../ledger/delivery';
import type { Journals } from '../ledger/memories';
import type { Questions, Verification } from '../ledger/questions';
import type { LedgerStore, QuickTurn, Turn } from '../ledger/store';
import type { Engine } from './engine';
import { addJournals } from './journals';
import { QUESTIONS, type Question } from './questions';
import { SqlTurn } from './turn';

/** Has a method for each question and a member for each journal, made from the lists of them. */
const Readable = class {
  constructor(engine: Engine) {
    const questions = Object.keys(QUESTIONS) as Question[];
    const asking = questions.map((question) => {
      const ask = (...asked: never) => engine.ask(question, ...asked);
      return [question, ask];
    });
    Object.assign(this, Object.fromEntries(asking));
    addJournals(this, engine.dialect, (asking) => engine.run(asking), false);
  }
} as new (
  engine: Engine,
) => Questions & Journals;

/** The ledger in a database, whichever it is. */
export class SqlStore extends Readable implements LedgerStore {
  readonly longQuestionsAtOnce: number;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    super(engine);
    this.longQuestionsAtOnce = engine.longQuestionsAtOnce;
    this.#engine = engine;
  }

  async takeTurn(): Promise<Turn> {
    return new SqlTurn(this.#engine.dialect, await this.#engine.openTurn());
  }

  quickTurn(): QuickTurn | undefined {
    return this.#engine.quickTurn();
  }

  clock(): Promise<Date | undefined> {
    return this.#engine.clock();
  }

  checkWritable(thorough: boolean): Promise<void> {
    return this.#engine.checkWritable(thorough);
  }

  appendVerification(verification: Verification): Promise<void> {
    return this.#engine.append(this.#engine.dialect.tables.verifications, [verification]);
  }

  appendDeliverySteps(steps: readonly DeliveryStep[]): Promise<void> {
    return this.#engine.append(this.#engine.dialect.tables.alert_deliveries, steps);
  }

  appendCheckpoint(record: number, recordedAt: Date): Promise<void> {
    const checkpoint = { record, recordedAt };
    return this.#engine.append(this.#engine.dialect.tables.alert_checkpoints, [checkpoint]);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
