import { cellsOf } from '../../app/ledger/cell';
import type { DocumentCommand } from '../../app/ledger/documents/document-command';
import { Ledger } from '../../app/ledger/ledger';
import { cellsAsOf } from '../../app/ledger/past-cells';
import type { LedgerStore } from '../../app/ledger/store';
import type { Submission, SubmissionAnswer } from '../../app/ledger/submission';
import type { LedgerPlace } from '../stores';
import { PlacedDocuments } from './placed-documents';
import { PlacedModel } from './placed-model';
import type { PlacedPlan, PlacedStep } from './placed-steps';

const START = Date.UTC(2026, 10, 26, 12);

/** By how much the second process's clock is ahead of the first one's. */
const AHEAD_MS = 60_000;

let marks = 0;

/** What there is at one place of a product. */
interface CellNow {
  readonly productID: number;
  readonly locationID: number;
  readonly onHand: number;
  readonly held: number;
}

/** Two processes whose clocks differ, on one ledger of several places, beside the model of what they must answer. */
export class PlacedPair {
  readonly model = new PlacedModel();
  readonly documents = new PlacedDocuments(this.model);
  /** What there was where while a record was the last. */
  readonly live = new Map<number, readonly CellNow[]>();
  /** The reasons, refusals and states that there were. */
  readonly seen: Pick<Set<string>, 'add'>;
  stores!: readonly [LedgerStore, LedgerStore];
  ledgers!: readonly [Ledger, Ledger];
  readonly #place: LedgerPlace;
  readonly #dialect: string;
  readonly #requests = new Map<string, { kind: string; outcomes: object[] }>();
  /** Each clock goes on only for a step of its own, so that nothing ends before the step begins. */
  readonly #clocks: [number, number] = [START, START + AHEAD_MS];
  #time = START;

  constructor(place: LedgerPlace, dialect: string, seen: Pick<Set<string>, 'add'>) {
    this.#place = place;
    this.#dialect = dialect;
    this.seen = seen;
    this.#open();
  }

  async close(): Promise<void> {
    await Promise.all(this.ledgers.map((ledger) => ledger.close()));
    await Promise.all(this.stores.map((store) => store.close()));
  }

  /** Does a step, and holds its answers to the model. */
  async take(step: PlacedStep): Promise<void> {
    if (step.do === 'restart') {
      await this.close();
      this.#open();
      return;
    }
    if (step.do === 'insert by hand') {
      const { productID, quantity } = step;
      const at = new Date(Math.max(this.#time, this.#lastTime));
      await this.ledgers[0].stock();
      this.model.insertByHand(productID, quantity, at);
      const text = at.toISOString();
      const moment = this.#dialect === 'MySQL' ? text.replace('T', ' ').replace('Z', '') : text;
      await this.#place.sql(
        `INSERT INTO inventory (productID, availableQuantity, recordedAt)
         VALUES (${productID}, ${quantity}, '${moment}')`,
      );
      return;
    }
    this.#time += step.seconds * 1_000;
    this.#clocks[step.to] = this.#time + step.to * AHEAD_MS;
    this.model.now = new Date(Math.max(this.#clocks[step.to], this.#lastTime));
    const submissions = step.plans.map((plan) => this.#submission(plan));
    const ledger = this.ledgers[step.to];
    const answers = await Promise.all(submissions.map((each) => ledger.submit(each)));
    this.documents.expire();
    const expected = step.plans.map((plan, index) =>
      this.#answer(plan, submissions[index] as Submission),
    );
    for (const answer of answers) this.#see(answer);
    expect(answers).toMatchObject(expected);
  }

  /** Both processes say what the model says: what is where, and what is open. */
  async expectNow(): Promise<void> {
    const { model, documents } = this;
    const expected = this.#cells();
    for (const ledger of this.ledgers) expect(await cellsNow(ledger)).toEqual(expected);
    for (const ledger of this.ledgers) {
      const stock = await ledger.stock();
      for (const productID of model.products) {
        expect(stock.get(productID)?.availableQuantity).toBe(model.available(productID));
      }
      const open = await ledger.documents();
      expect(open.open('hold')).toMatchObject(documents.open('hold'));
      expect(open.open('transfer')).toMatchObject(documents.open('transfer'));
      expect(open.size).toBe(documents.open('hold').length + documents.open('transfer').length);
    }
    this.live.set(model.records.length, expected);
  }

  /** What was there then is answered still: held before a hold has ended, and free after it. */
  async expectPast(): Promise<void> {
    const [ledger] = this.ledgers;
    const locations = await ledger.locations();
    for (const [record, cells] of [...this.live].slice(-4)) {
      for (const productID of this.model.products) {
        const then = await cellsAsOf(ledger.ask, locations, productID, record);
        expect(then.map((cell) => shortly(productID, cell))).toEqual(
          cells.filter((cell) => cell.productID === productID),
        );
      }
    }
  }

  /** A ledger of a process that starts now. */
  async fresh<T>(ask: (ledger: Ledger) => Promise<T>): Promise<T> {
    const store = this.#place.open();
    const ledger = this.#ledgerOn(store, 0);
    try {
      await ledger.load();
      return await ask(ledger);
    } finally {
      await ledger.close();
      await store.close();
    }
  }

  #cells(): CellNow[] {
    const { model } = this;
    return model.products.flatMap((productID) =>
      model
        .placesOf(productID)
        .map((locationID) => ({ productID, locationID, ...model.cell(productID, locationID) })),
    );
  }

  get #lastTime(): number {
    return this.model.records.at(-1)?.recordedAt.getTime() ?? 0;
  }

  #submission(plan: PlacedPlan): Submission {
    if (plan.kind === 'location' || plan.kind === 'expire') return plan;
    const { key } = plan;
    const fingerprint = (plan.kind === 'stock' ? 'a' : 'b').repeat(64);
    const request = key === undefined ? undefined : { key, fingerprint, resource: plan.kind };
    if (plan.kind === 'stock') return { ...plan, request };
    return { kind: 'document', request, command: this.#named(plan.command) };
  }

  /** Transfers get their names from the ledger. */
  #named(command: DocumentCommand): DocumentCommand {
    if (!('transferID' in command)) return command;
    const sent = this.documents.steps.filter(({ kind, step }) => kind === 'transfer' && step === 1);
    const transferID = sent.at(-1 - command.transferID)?.documentID ?? 1_000_000;
    return { ...command, transferID };
  }

  #answer(plan: PlacedPlan, submission: Submission): object {
    if (plan.kind === 'expire') return { answer: 'expired' };
    if (plan.kind === 'location') {
      return { answer: 'location', outcome: this.model.change(plan.command) };
    }
    const earlier = plan.key === undefined ? undefined : this.#requests.get(plan.key);
    if (earlier && earlier.kind !== plan.kind) return { answer: 'key-reused' };
    if (earlier) return { answer: 'outcomes', outcomes: earlier.outcomes, replayed: true };
    const outcomes =
      submission.kind === 'stock'
        ? this.model.submit(submission.commands, submission.mode)
        : [this.documents.decide((submission as { command: DocumentCommand }).command)];
    if (plan.key !== undefined) {
      this.#requests.set(plan.key, { kind: plan.kind, outcomes });
    }
    return { answer: 'outcomes', outcomes, replayed: false };
  }

  #see(answer: SubmissionAnswer): void {
    if (answer.answer === 'location' && 'refusal' in answer.outcome) {
      this.seen.add(answer.outcome.refusal);
    }
    if (answer.answer === 'key-reused') this.seen.add('key-reused');
    if (answer.answer !== 'outcomes') return;
    if (answer.replayed) this.seen.add('replayed');
    for (const outcome of answer.outcomes) {
      if ('state' in outcome) this.seen.add(outcome.state);
      if (!('refusal' in outcome)) continue;
      this.seen.add(outcome.refusal);
      if (outcome.refusal !== 'lines-refused') continue;
      for (const { why } of outcome.refused) this.seen.add(`line: ${why.refusal}`);
    }
  }

  #open(): void {
    this.stores = [this.#place.open(), this.#place.open()];
    this.ledgers = [this.#ledgerOn(this.stores[0], 0), this.#ledgerOn(this.stores[1], 1)];
  }

  #ledgerOn(store: LedgerStore, clock: 0 | 1): Ledger {
    return new Ledger(
      store,
      {
        now: () => new Date(this.#clocks[clock]),
        drawTurnMark: () => {
          marks += 1;
          return marks;
        },
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

/** What is where, by product and place. */
export async function cellsNow(ledger: Ledger): Promise<CellNow[]> {
  const places = await ledger.places();
  const products = places.stock.order.parts.flatMap(({ numbers }) => numbers);
  return products.flatMap((productID) =>
    cellsOf(places, productID).map((cell) => shortly(productID, cell)),
  );
}

function shortly(
  productID: number,
  cell: { locationID: number; onHandQuantity: number; heldQuantity: number },
): CellNow {
  const { locationID, onHandQuantity: onHand, heldQuantity: held } = cell;
  return { productID, locationID, onHand, held };
}
