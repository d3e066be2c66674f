import fc from 'fast-check';
import { cellsByJoin, cellsInMemory, imbalancesOf } from '../../app/ledger/conservation';
import type { LedgerRecord } from '../../app/ledger/record';
import { type LedgerPlace, STORES } from '../stores';
import { EVERY_KIND } from './placed-example';
import { answered } from './placed-model';
import { cellsNow, PlacedPair } from './placed-pair';
import { type PlacedStep, placedSteps } from './placed-steps';

/** More than any of these ledgers has. */
const EVERY = 10_000;

/** A failure is looked for in many smaller ledgers, until the smallest that shows it is found. */
const TIMEOUT_MS = 240_000;

/** How a change may be answered and refused: a run that lacks one of them proves less than it says. */
const TO_BE_SEEN = [
  ...['replayed', 'key-reused', 'withheld', 'unknown-product', 'not-sellable'],
  ...['insufficient-stock', 'stock-limit', 'unknown-location', 'below-held'],
  ...['first-location', 'sellable-is-fixed', 'location-in-use'],
  ...['open', 'sold', 'released', 'expired', 'closed'],
  ...['unknown-hold', 'hold-ended', 'exceeds-hold', 'lines-refused'],
  ...['unknown-transfer', 'transfer-closed', 'exceeds-outstanding'],
  ...['line: unknown-location', 'line: unknown-product', 'line: not-sellable'],
  'line: insufficient-stock',
];

/** In no cell is less held than nothing, or more than is there; what is available is what is free where it can be sold. */
function expectSound(records: readonly LedgerRecord[], isSellable: (id: number) => boolean): void {
  const free = new Map<number, Map<number, number>>();
  for (const { productID, locationID, availableQuantity, ...record } of records) {
    const cells = free.get(productID) ?? new Map<number, number>();
    free.set(productID, cells);
    const sum = () =>
      [...cells].filter(([id]) => isSellable(id)).reduce((total, [, units]) => total + units, 0);
    expect(availableQuantity).toBeGreaterThanOrEqual(0);
    if (record.onHandQuantity === null) {
      // A row by hand: the first place has what the others do not have.
      cells.set(1, 0);
      cells.set(1, availableQuantity - sum());
      continue;
    }
    expect(record.heldQuantity).toBeGreaterThanOrEqual(0);
    expect(record.onHandQuantity).toBeGreaterThanOrEqual(record.heldQuantity);
    cells.set(locationID, record.onHandQuantity - record.heldQuantity);
    expect(availableQuantity).toBe(sum());
  }
}

/** Each hold ends once, and is sold once: only one that was not sold can be sold late. */
function expectEndedOnce(steps: readonly { document: string; state: string }[]): void {
  for (const name of new Set(steps.map(({ document }) => document))) {
    const life = steps.filter(({ document }) => document === name);
    const ends = life.map(({ state }) => state).filter((state) => state !== 'open');
    expect([
      '',
      'sold',
      'released',
      'expired',
      'closed',
      'released sold',
      'expired sold',
    ]).toContain(ends.join(' '));
    expect(life.slice(life.length - ends.length).every(({ state }) => state !== 'open')).toBe(true);
  }
}

/** The rows themselves, as the plain joins have them, are what the ledgers answer. */
async function expectPlain(pair: PlacedPair, place: LedgerPlace): Promise<void> {
  const [ledger] = pair.ledgers;
  const stock = await place.sql(
    `SELECT m1.productID, m1.availableQuantity
     FROM inventory m1 LEFT JOIN inventory m2
       ON m1.productID = m2.productID AND m1.record < m2.record
     WHERE m2.productID IS NULL
     ORDER BY m1.productID`,
  );
  const { model } = pair;
  expect(stock.map((row) => ({ ...(row as object) }))).toEqual(
    model.products.map((productID) => ({
      productID,
      availableQuantity: model.available(productID),
    })),
  );
  const cells = await place.sql(
    `SELECT m1.productID, m1.locationID, m1.onHandQuantity AS onHand, m1.heldQuantity AS held
     FROM inventory m1 LEFT JOIN inventory m2
       ON m1.productID = m2.productID AND m1.locationID = m2.locationID AND m1.record < m2.record
     WHERE m2.productID IS NULL AND m1.onHandQuantity IS NOT NULL`,
  );
  const now = await cellsNow(ledger);
  for (const cell of cells) expect(now).toContainEqual({ ...(cell as object) });
  const audit = await pair.stores[1].audit();
  expect(cellsInMemory(audit.cells)).toEqual(cellsByJoin(audit));
  expect(imbalancesOf(audit)).toEqual([]);
}

async function runBothWays(
  place: LedgerPlace,
  dialect: string,
  taken: readonly PlacedStep[],
  seen: Set<string>,
): Promise<void> {
  const pair = new PlacedPair(place, dialect, seen);
  try {
    for (const step of taken) {
      await pair.take(step);
      await pair.expectNow();
    }
    const {
      model,
      documents,
      ledgers: [ledger, other],
    } = pair;
    const records = await ledger.records.from(1, EVERY);
    expect(records).toMatchObject(model.records.map(answered));
    const steps = await other.documentEntries.from(1, EVERY);
    expect(steps).toMatchObject(documents.steps);
    for (const { state } of steps) seen.add(state);
    const locations = await ledger.locations();
    expectSound(records, (locationID) => locations.isSellable(locationID));
    expectEndedOnce(steps);
    await expectPlain(pair, place);
    await pair.expectPast();
    const live = await cellsNow(other);
    expect(await pair.fresh(cellsNow)).toEqual(live);
  } finally {
    await pair.close();
  }
}

describe.each(Object.keys(STORES))('a random ledger of several places on %s', (dialect) => {
  test(
    'answers what a simple model does: two processes whose clocks differ, moves, holds and transfers',
    async () => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(placedSteps, async (taken) => {
          const place = await (STORES[dialect] as () => Promise<LedgerPlace>)();
          try {
            await runBothWays(place, dialect, taken, seen);
          } finally {
            await place.remove();
          }
        }),
        { numRuns: dialect === 'SQLite' ? 20 : 4, examples: [[EVERY_KIND]] },
      );
      expect([...seen].sort()).toEqual(TO_BE_SEEN.toSorted());
    },
    TIMEOUT_MS,
  );
});
