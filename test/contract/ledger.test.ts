import fc from 'fast-check';
import type { Command } from '../../app/ledger/command';
import { Ledger } from '../../app/ledger/ledger';
import type { LedgerStore } from '../../app/ledger/store';
import { type LedgerPlace, STORES } from '../stores';

/** What may happen to a ledger: commands that arrive together, a row by hand, a restart. */
type Step =
  | { readonly do: 'submit'; readonly to: 0 | 1; readonly commands: Command[] }
  | { readonly do: 'insert by hand'; readonly productID: number; readonly quantity: number }
  | { readonly do: 'restart' };

const productID = fc.integer({ min: 1, max: 4 });
const quantity = fc.integer({ min: 0, max: 9 });
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('count' as const),
    productID,
    availableQuantity: quantity,
  }),
  fc.record({
    kind: fc.constant('sale' as const),
    productID,
    quantity,
    unitPrice: fc.option(fc.integer({ min: 0, max: 9_999_999_999_999 })),
  }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      to: fc.constantFrom(0 as const, 1 as const),
      commands: fc.array(command, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('insert by hand' as const), productID, quantity }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

/** An independent model of the ledger, as simple as can be. */
class Model {
  readonly stock = new Map<number, number>();
  readonly sold = new Map<number, number>();
  records = 0;

  /** What a command must be answered. */
  submit(command: Command): object {
    const { productID } = command;
    const available = this.stock.get(productID);
    if (command.kind === 'count') {
      this.set(productID, command.availableQuantity);
      return { record: this.records, productID, availableQuantity: command.availableQuantity };
    }
    const { quantity, unitPrice } = command;
    if (available === undefined) return { refusal: 'unknown-product', productID };
    if (quantity > available) {
      return { refusal: 'insufficient-stock', productID, availableQuantity: available };
    }
    this.set(productID, available - quantity);
    this.sold.set(productID, (this.sold.get(productID) ?? 0) + quantity);
    const left = available - quantity;
    return { record: this.records, productID, availableQuantity: left, quantity, unitPrice };
  }

  set(productID: number, quantity: number): void {
    this.records += 1;
    this.stock.set(productID, quantity);
  }

  inOrder(): { productID: number; availableQuantity: number }[] {
    return [...this.stock]
      .map(([productID, availableQuantity]) => ({ productID, availableQuantity }))
      .sort((a, b) => a.productID - b.productID);
  }

  topSellers(): { productID: number; unitsSold: number }[] {
    return [...this.sold]
      .map(([productID, unitsSold]) => ({ productID, unitsSold }))
      .sort((a, b) => b.unitsSold - a.unitsSold || a.productID - b.productID);
  }
}

let marks = 0;

function ledgerOn(store: LedgerStore): Ledger {
  return new Ledger(
    store,
    {
      now: () => new Date(),
      drawBatchMark: () => ++marks,
      onRewound: () => {
        throw new Error('nothing here goes back');
      },
    },
    {
      // A batch smaller than a step's commands, so that some go into the next one.
      writer: { queueLimit: 100, batchLimit: 4, timeoutMs: 10_000 },
      reads: { timeoutMs: 5_000, tries: 10 },
    },
  );
}

/** Two processes' ledgers on one place. */
class Pair {
  readonly #place: LedgerPlace;
  stores: LedgerStore[] = [];
  ledgers: Ledger[] = [];

  constructor(place: LedgerPlace) {
    this.#place = place;
    this.open();
  }

  open(): void {
    this.stores = [this.#place.open(), this.#place.open()];
    this.ledgers = this.stores.map(ledgerOn);
  }

  async close(): Promise<void> {
    await Promise.all(this.ledgers.map((ledger) => ledger.close()));
    await Promise.all(this.stores.map((store) => store.close()));
  }
}

async function runBothWays(place: LedgerPlace, steps: readonly Step[]): Promise<void> {
  const model = new Model();
  const pair = new Pair(place);
  await Promise.all(pair.stores.map((store) => store.load()));
  try {
    for (const step of steps) {
      if (step.do === 'submit') {
        const ledger = pair.ledgers[step.to] as Ledger;
        const outcomes = await Promise.all(step.commands.map((each) => ledger.submit(each)));
        expect(outcomes).toMatchObject(step.commands.map((each) => model.submit(each)));
      } else if (step.do === 'insert by hand') {
        model.set(step.productID, step.quantity);
        await place.sql(
          `INSERT INTO inventory (productID, availableQuantity) VALUES (${step.productID}, ${step.quantity})`,
        );
      } else {
        await pair.close();
        pair.open();
      }
      for (const ledger of pair.ledgers) {
        const stock = await ledger.stock();
        expect(stock.last?.record ?? 0).toBe(model.records);
        expect(stock.all()).toMatchObject(model.inOrder());
      }
    }
    await compareAnswers(pair, model);
  } finally {
    await pair.close();
  }
}

/** The quick queries, the plain ones and the model say the same. */
async function compareAnswers({ stores: [store], ledgers: [ledger] }: Pair, model: Model) {
  const audit = await (store as LedgerStore).audit();
  expect(audit.records).toBe(model.records);
  expect(audit.stock).toEqual({ quick: model.inOrder(), plain: model.inOrder() });
  expect(audit.sales).toEqual({ quick: model.topSellers(), plain: model.topSellers() });
  const { asOf, sellers } = await (ledger as Ledger).topSellers({ limit: 2 });
  expect({ asOf, sellers }).toEqual({
    asOf: model.records,
    sellers: model.topSellers().slice(0, 2),
  });
}

describe.each(Object.keys(STORES))('a random ledger on %s', (name) => {
  test('answers what a simple model does, and the quick queries what the plain ones do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        const place = await (STORES[name] as () => Promise<LedgerPlace>)();
        try {
          await runBothWays(place, steps);
        } finally {
          await place.remove();
        }
      }),
      { numRuns: name === 'SQLite' ? 150 : 40 },
    );
  });
});
