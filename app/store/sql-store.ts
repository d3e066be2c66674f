import type { DeliveryStep } from '../ledger/delivery';
import type {
  Journals,
  LedgerStore,
  Questions,
  QuickTurn,
  Turn,
  Verification,
} from '../ledger/store';
import type { Engine } from './engine';
import { journals } from './journals';
import { QUESTIONS, type Question } from './questions';
import { SqlTurn } from './turn';

/** Has a method for each question, which asks it of an engine. */
const Asker = class {
  constructor(engine: Engine) {
    for (const question of Object.keys(QUESTIONS) as Question[]) {
      const ask = (...asked: never) => engine.ask(question, ...asked);
      Object.defineProperty(this, question, { value: ask });
    }
  }
} as new (
  engine: Engine,
) => Questions;

/** The ledger in a database, whichever it is. */
export class SqlStore extends Asker implements LedgerStore {
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly longQuestionsAtOnce: number;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    super(engine);
    const { dialect } = engine;
    const { records, revisions, alerts } = journals(dialect, (asking) => engine.run(asking), false);
    this.records = records;
    this.revisions = revisions;
    this.alerts = alerts;
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
    const { tables } = this.#engine.dialect;
    return this.#engine.append(tables.verifications, [verification]);
  }

  appendDeliverySteps(steps: readonly DeliveryStep[]): Promise<void> {
    return this.#engine.append(this.#engine.dialect.tables.alert_deliveries, steps);
  }

  appendCheckpoint(record: number, recordedAt: Date): Promise<void> {
    const { tables } = this.#engine.dialect;
    return this.#engine.append(tables.alert_checkpoints, [{ record, recordedAt }]);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
