import fc from 'fast-check';
import { cellsByJoin, cellsInMemory, imbalancesOf } from '../../app/ledger/conservation';
import type { Ledger } from '../../app/ledger/ledger';
import { stockAsOf } from '../../app/ledger/past-stock';
import type { LedgerStore } from '../../app/ledger/store';
import { storedOutcomes } from '../../app/ledger/stored-outcomes';
import { type LedgerPlace, STORES } from '../stores';
import type { LedgerModel } from './ledger-model';
import { Pair } from './ledger-pair';
import { type Step, steps } from './ledger-steps';
import { allOf } from './loaded';
import { soldBy } from './stock-model';

/** More than any of these ledgers has. */
const EVERY = 10_000;

/** A failure is looked for in many smaller ledgers, until the smallest that shows it is found. */
const TIMEOUT_MS = 240_000;

/** How a submission may be answered and refused: a run that lacks one of them proves less than it says. */
const TO_BE_SEEN = [
  ...['replayed', 'cancelled', 'key-reused', 'has-run', 'withheld'],
  ...['unknown-product', 'stale-record', 'unexpected-quantity', 'unknown-sale'],
  ...[
    'sale-cancelled',
    'sale-returned',
    'return-exceeds-sale',
    'insufficient-stock',
    'stock-limit',
  ],
  ...['unknown-location', 'product-exists', 'unlisted-product', 'stale-revision', 'code-taken'],
];

/** What was answered live is answered still. */
async function comparePast({ live, ledgers: [ledger] }: Pair): Promise<void> {
  for (const { record, time, stock } of live) {
    expect(await allOf(stockAsOf(ledger.ask, record))).toEqual(stock);
    expect(await ledger.ask.lastRecordAt(time)).toBe(record);
  }
}

/** The records tell all: in order, by product, and as the reason of every number. */
async function compareRecords({ stock }: LedgerModel, ledger: Ledger): Promise<void> {
  expect(await ledger.records.from(1, EVERY)).toMatchObject(stock.records);
  for (const { productID } of stock.inOrder()) {
    const records = stock.records.filter((record) => record.productID === productID);
    expect(await ledger.ask.history({ productID, limit: EVERY })).toMatchObject(
      records.toReversed(),
    );
    for (const { record, availableQuantity } of records) {
      const { count, movements } = await ledger.ask.explain({
        productID,
        asOf: record,
      });
      const moved = movements.reduce((sum, { quantityChange }) => sum + quantityChange, 0);
      expect((count?.availableQuantity ?? 0) + moved).toBe(availableQuantity);
    }
  }
}

/** The quick queries, the plain ones and the model say the same, revenue included. */
async function compareSales(
  { stock: model }: LedgerModel,
  ledger: Ledger,
  store: LedgerStore,
): Promise<void> {
  const { records } = model;
  const asOf = records.length;
  const stock = model
    .inOrder()
    .map(({ productID, availableQuantity }) => ({ productID, availableQuantity }));
  const sold = [...soldBy(records, ({ productID }) => productID)]
    .map(([productID, sums]) => ({ productID, ...sums }))
    .sort((a, b) => b.unitsSold - a.unitsSold || a.productID - b.productID);
  const audit = await store.audit();
  expect(audit).toMatchObject({
    records: asOf,
    stock: { quick: stock, plain: stock },
    sales: { quick: sold, plain: sold },
  });
  expect(audit.days.quick).toEqual(audit.days.plain);
  expect(cellsInMemory(audit.cells)).toEqual(cellsByJoin(audit));
  expect(imbalancesOf(audit)).toEqual([]);
  const byRevenue = sold.toSorted(
    (a, b) => Number(b.revenue - a.revenue) || a.productID - b.productID,
  );
  for (const [by, rows] of [['unitsSold', sold] as const, ['revenue', byRevenue] as const]) {
    expect(await ledger.sales.top({ limit: 2, by })).toEqual({ asOf, rows: rows.slice(0, 2) });
  }
  // A cancellation is of the day of its sale.
  const dayOf = ({ reason, saleRecord, recordedAt }: (typeof records)[number]) => {
    const sale = reason === 'cancellation' ? records[(saleRecord ?? 0) - 1] : undefined;
    return (sale?.recordedAt ?? recordedAt).toISOString().slice(0, 10);
  };
  for (const productID of [undefined, 1]) {
    const counted = records.filter((record) => !productID || record.productID === productID);
    const days = [...soldBy(counted, dayOf)].toSorted();
    const rows = days.map(([day, sums]) => ({ day, ...sums }));
    expect(await ledger.sales.byDay({ productID })).toEqual({ asOf, rows });
  }
}

/** What is stored under each key is what was answered under it, for every caller. */
async function compareRequests({ requests }: LedgerModel, ledger: Ledger): Promise<void> {
  expect(await ledger.ask.request('never asked')).toBeUndefined();
  for (const [key, standing] of requests) {
    const stored = await ledger.ask.request(key);
    const outcomes = await storedOutcomes(ledger, stored?.answer ?? null);
    if (standing === 'cancelled') {
      expect(stored).toMatchObject({ key, fingerprint: null, answer: null });
      expect(outcomes).toEqual([]);
    } else {
      expect(stored).toMatchObject({ key, fingerprint: standing.fingerprint });
      expect(outcomes).toMatchObject(standing.outcomes);
    }
  }
}

async function runBothWays(
  place: LedgerPlace,
  dialect: string,
  taken: readonly Step[],
  seen: Set<string>,
): Promise<void> {
  const pair = new Pair(place, dialect);
  try {
    await pair.expectNow();
    for (const step of taken) {
      for (const kind of await pair.take(step)) seen.add(kind);
      await pair.expectNow();
    }
    const {
      model,
      stores: [store],
      ledgers: [ledger, other],
    } = pair;
    await comparePast(pair);
    await compareRecords(model, ledger);
    await compareSales(model, ledger, store);
    await compareRequests(model, other);
  } finally {
    await pair.close();
  }
}

describe.each(Object.keys(STORES))('a random ledger on %s', (dialect) => {
  test(
    'answers what a simple model does, then and later, and the quick queries what the plain ones do',
    async () => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(steps, async (taken) => {
          const place = await (STORES[dialect] as () => Promise<LedgerPlace>)();
          try {
            await runBothWays(place, dialect, taken, seen);
          } finally {
            await place.remove();
          }
        }),
        { numRuns: dialect === 'SQLite' ? 100 : 20 },
      );
      // Fewer runs may miss a rare one without being wrong.
      if (dialect === 'SQLite') expect([...seen].sort()).toEqual(TO_BE_SEEN.toSorted());
    },
    TIMEOUT_MS,
  );
});
