import { Ledger } from '../../app/ledger/ledger';
import type { LedgerRecord } from '../../app/ledger/record';
import type { LedgerStore } from '../../app/ledger/store';
import type { SubmissionAnswer } from '../../app/ledger/submission';
import { allOf } from '../ledger/stocks';
import type { LedgerPlace } from '../stores';
import { LedgerModel } from './ledger-model';
import { planned, type Step } from './ledger-steps';

/** Time between two steps: half a day, so that sales fall on several days. */
const STEP_MS = 43_200_000;

/** What was answered while a record was the ledger's last. */
interface Live {
  readonly record: number;
  readonly time: Date;
  readonly stock: readonly LedgerRecord[];
}

let marks = 0;

/** Two processes' ledgers on one place, beside the model of what they must answer. */
export class Pair {
  readonly model = new LedgerModel();
  readonly live: Live[] = [];
  stores!: readonly [LedgerStore, LedgerStore];
  ledgers!: readonly [Ledger, Ledger];
  readonly #place: LedgerPlace;
  readonly #dialect: string;

  constructor(place: LedgerPlace, dialect: string) {
    this.#place = place;
    this.#dialect = dialect;
    this.#open();
  }

  async close(): Promise<void> {
    await Promise.all(this.ledgers.map((ledger) => ledger.close()));
    await Promise.all(this.stores.map((store) => store.close()));
  }

  /** Does a step, holds its answers to the model, and says what kinds they were of. */
  async take(step: Step): Promise<string[]> {
    const { stock } = this.model;
    stock.now = new Date(stock.now.getTime() + STEP_MS);
    if (step.do === 'restart') {
      await this.close();
      this.#open();
      return [];
    }
    if (step.do === 'insert by hand') {
      stock.insertByHand(step.productID, step.quantity);
      await this.#place.sql(
        `INSERT INTO inventory (productID, availableQuantity, recordedAt)
         VALUES (${step.productID}, ${step.quantity}, '${this.#moment(stock.now)}')`,
      );
      return [];
    }
    const submissions = step.plans.map((plan) => planned(plan, stock));
    const ledger = this.ledgers[step.to];
    const answers = await Promise.all(submissions.map((each) => ledger.submit(each)));
    expect(answers).toMatchObject(submissions.map((each) => this.model.submit(each)));
    return answers.flatMap(kinds);
  }

  /** Both ledgers say now what the model does; what they say is kept, to be asked again later. */
  async expectNow(): Promise<void> {
    const { stock: model, catalogue } = this.model;
    for (const ledger of this.ledgers) {
      const stock = await ledger.stock();
      expect(stock.last?.record ?? 0).toBe(model.records.length);
      expect(allOf(stock)).toMatchObject(model.inOrder());
      expect((await ledger.catalogue()).all()).toMatchObject(catalogue.inOrder());
      this.live.push({ record: model.records.length, time: model.now, stock: allOf(stock) });
    }
  }

  #open(): void {
    this.stores = [this.#place.open(), this.#place.open()];
    this.ledgers = [this.#ledgerOn(this.stores[0]), this.#ledgerOn(this.stores[1])];
  }

  /** A time as the dialect writes it. */
  #moment(time: Date): string {
    const text = time.toISOString();
    return this.#dialect === 'MySQL' ? text.replace('T', ' ').replace('Z', '') : text;
  }

  #ledgerOn(store: LedgerStore): Ledger {
    return new Ledger(
      store,
      {
        now: () => this.model.stock.now,
        drawTurnMark: () => ++marks,
        onRewound: () => {
          throw new Error('nothing here goes back');
        },
      },
      {
        // A batch smaller than a step's commands, so that some go into the next one.
        writer: { queueLimit: 100, groupLimit: 8, timeoutMs: 10_000 },
        reads: { timeoutMs: 5_000, tries: 10 },
      },
    );
  }
}

/** How a submission was answered, and for what its commands were refused. */
function kinds(answer: SubmissionAnswer): string[] {
  if (answer.answer !== 'outcomes') return [answer.answer];
  const refusals = answer.outcomes.flatMap((each) => ('refusal' in each ? [each.refusal] : []));
  return answer.replayed ? ['replayed', ...refusals] : refusals;
}
