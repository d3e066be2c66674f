import { cellsOf } from '../../app/ledger/cell';
import {
  cellsByJoin,
  cellsInMemory,
  conservationOf,
  type Imbalance,
  imbalancesOf,
} from '../../app/ledger/conservation';
import type { LedgerStore } from '../../app/ledger/store';
import { onEveryStore } from '../stores';
import { PlacedLedger, receipt, sale } from './placed-ledger';

onEveryStore((place) => {
  let store: LedgerStore;
  let placed: PlacedLedger;
  beforeEach(async () => {
    store = place().open();
    placed = await PlacedLedger.on(store, place());
  });
  afterEach(async () => {
    await placed.ledger.close();
    await store.close();
  });

  /** What the ledger's own memory has in each cell, which is what a fresh one and the plain join have too. */
  async function cells() {
    const audit = await store.audit();
    const places = await placed.ledger.places();
    const { stock } = places;
    const live = stock.order.parts
      .flatMap(({ numbers }) => numbers)
      .flatMap((productID) =>
        cellsOf(places, productID).map(({ latest, ...cell }) => ({
          productID,
          ...cell,
          record: latest.record,
        })),
      );
    expect(cellsInMemory(audit.cells)).toEqual(live);
    expect(cellsByJoin(audit)).toEqual(live);
    return live.map(({ productID, locationID, onHandQuantity }) => {
      return `${productID} at ${locationID}: ${onHandQuantity}`;
    });
  }

  const imbalances = async (): Promise<Imbalance[]> => imbalancesOf(await store.audit());

  test('an empty ledger accounts for everything', async () => {
    expect(await imbalances()).toEqual([]);
  });

  test('with counts, sales, moves, places that do not sell, and rows by hand every unit is accounted for', async () => {
    await placed.takeAllSteps();
    expect(await cells()).toEqual([
      '1 at 1: 5',
      '1 at 2: 1',
      '1 at 3: 2',
      '2 at 1: 2',
      '2 at 2: 4',
      '2 at 3: 5',
      '3 at 1: 8',
    ]);
    expect(await imbalances()).toEqual([]);
  });

  test('with holds, transfers and rows by hand between their steps every unit is accounted for', async () => {
    await placed.takeAllSteps();
    for (const step of placed.documentSteps) {
      await step();
      await cells();
      expect(await imbalances()).toEqual([]);
    }
    const { openDocuments } = (await store.audit()).cells;
    expect(openDocuments.map(({ document }) => document).sort()).toEqual([
      'hold:a',
      'hold:b',
      'transfer:2',
    ]);
    for (const step of placed.lastSteps) {
      await step();
      await cells();
      expect(await imbalances()).toEqual([]);
    }
    expect((await store.audit()).cells.openDocuments).toEqual([]);
  });

  test('is not 0 if units are held by no hold, or on their way by no transfer', async () => {
    await placed.takeAllSteps();
    for (const step of placed.documentSteps) await step();
    await placed.insert(
      'productID, locationID, availableQuantity, onHandQuantity, onHandChange, heldQuantity',
      '2, 1, 4, 2, 0, 2',
    );
    expect(await imbalances()).toEqual([{ productID: 2, locationID: 1, isHeld: true, units: 1 }]);
    await placed.insert(
      'productID, locationID, availableQuantity, onHandQuantity, onHandChange',
      '2, 4294967295, 4, 3, 3',
    );
    expect(await imbalances()).toContainEqual({
      productID: 2,
      locationID: 4294967295,
      isOnTheWay: true,
      units: 3,
    });
  });

  test('a ledger from before there were locations is accounted for by the changes of its products', async () => {
    const legacy = (available: number, change: number) =>
      placed.insert(
        'productID, availableQuantity, quantityChange, reason',
        `1, ${available}, ${change}, 'receipt'`,
      );
    await legacy(5, 5);
    await legacy(7, 2);
    await placed.byHand(1, 3);
    await legacy(4, 1);
    await placed.submit(sale(1, 1));
    expect(await cells()).toEqual(['1 at 1: 3']);
    expect(await imbalances()).toEqual([]);
    await legacy(9, 5);
    expect(await imbalances()).toEqual([{ productID: 1, locationID: 1, units: 1 }]);
  });

  const COLUMNS =
    'productID, locationID, availableQuantity, onHandQuantity, onHandChange, reason, document';

  test.each<[string, columns: string, values: string, Imbalance[]]>([
    [
      'more came to be there than came in',
      COLUMNS,
      "1, 2, 9, 4, 1, 'receipt', NULL",
      [{ productID: 1, locationID: 2, units: 2 }],
    ],
    [
      'more is available than the places have',
      COLUMNS,
      "1, 2, 9, 2, 1, 'receipt', NULL",
      [{ productID: 1, units: 2 }],
    ],
    [
      'units came by a move and left nowhere',
      COLUMNS,
      "1, 3, 6, 5, 3, 'move', 'move:99'",
      [{ productID: 1, document: 'move:99', units: 3 }],
    ],
    [
      'a row by hand names another location, of which it says nothing',
      'productID, locationID, availableQuantity',
      '1, 3, 6',
      [{ productID: 1, locationID: 3, units: -2 }],
    ],
  ])('is not 0 if %s', async (_name, columns, values, expected) => {
    await placed.takeAllSteps();
    await placed.insert(columns, values);
    await cells();
    expect(await imbalances()).toEqual(expected);
    // Later changes by the service do not hide it.
    await placed.submit(receipt(1, 1), receipt(1, 1, 2), receipt(1, 1, 3), sale(1, 1, 2));
    expect(await imbalances()).toEqual(expected);
    const units = expected.reduce((sum, imbalance) => sum + Math.abs(imbalance.units), 0);
    expect(conservationOf(await imbalances())).toBe(units);
  });

  test('too many in one place and too few in another do not cancel each other out', async () => {
    await placed.takeAllSteps();
    await placed.insert(COLUMNS, "1, 3, 6, 3, 0, 'adjustment', NULL");
    await placed.insert(COLUMNS, "2, 3, 6, 4, 0, 'adjustment', NULL");
    expect(conservationOf(await imbalances())).toBe(2);
  });
});
