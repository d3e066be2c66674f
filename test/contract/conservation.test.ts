import { cellsOf } from '../../app/ledger/cell';
import type { Command } from '../../app/ledger/command';
import {
  cellsByJoin,
  cellsInMemory,
  conservationOf,
  type Imbalance,
  imbalancesOf,
} from '../../app/ledger/conservation';
import { Ledger } from '../../app/ledger/ledger';
import { moveCommands } from '../../app/ledger/move';
import type { LedgerStore } from '../../app/ledger/store';
import { onEveryStore } from '../stores';

const LIMITS = {
  writer: { queueLimit: 100, groupLimit: 100, timeoutMs: 10_000 },
  reads: { timeoutMs: 5_000, tries: 10 },
};

let marks = 0;

function ledgerOn(store: LedgerStore): Ledger {
  const surroundings = {
    now: () => new Date(),
    drawTurnMark: () => {
      marks += 1;
      return marks;
    },
    onRewound: () => {
      throw new Error('nothing here goes back');
    },
  };
  return new Ledger(store, surroundings, LIMITS);
}

onEveryStore((place) => {
  let store: LedgerStore;
  let ledger: Ledger;
  beforeEach(async () => {
    store = place().open();
    ledger = ledgerOn(store);
    // Makes the tables, for the rows by hand.
    await ledger.stock();
  });
  afterEach(async () => {
    await ledger.close();
    await store.close();
  });

  const insert = (columns: string, values: string) =>
    place().sql(`INSERT INTO inventory (${columns}) VALUES (${values})`);
  const byHand = (productID: number, availableQuantity: number) =>
    insert('productID, availableQuantity', `${productID}, ${availableQuantity}`);
  const submit = (...commands: Command[]) =>
    ledger.submit({ kind: 'stock', mode: 'each', commands });
  const receipt = (productID: number, quantityChange: number, locationID?: number): Command => ({
    kind: 'movement',
    reason: 'receipt',
    productID,
    quantityChange,
    locationID,
  });
  const sale = (productID: number, quantity: number, locationID?: number): Command => ({
    kind: 'sale',
    productID,
    quantity,
    unitPrice: null,
    locationID,
  });
  const put = (locationID: number, sellable?: boolean) => {
    const command = { kind: 'put', locationID, name: 'Place', sellable, address: null } as const;
    return ledger.submit({ kind: 'location', command });
  };

  /** What the ledger's own memory has in each cell, which is what a fresh one and the plain join have too. */
  async function cells() {
    const audit = await store.audit();
    const [stock, locations] = [await ledger.stock(), await ledger.locations()];
    const live = stock.order.parts
      .flatMap(({ numbers }) => numbers)
      .flatMap((productID) =>
        cellsOf(stock, locations, productID).map(({ latest, ...cell }) => ({
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

  /** A ledger with everything that there may be, whole. */
  async function begin(): Promise<void> {
    await byHand(1, 4);
    await put(2);
    await put(3, false);
    await submit(receipt(1, 5), receipt(1, 3, 2), receipt(2, 9, 3), sale(1, 2, 2));
    await byHand(1, 20);
    await byHand(1, 12);
    await submit(...moveCommands({ from: 1, to: 3, lines: [{ productID: 1, quantity: 6 }] }));
    await submit(...moveCommands({ from: 3, to: 2, lines: [{ productID: 2, quantity: 4 }] }));
    await byHand(2, 7);
    await submit(sale(2, 1), { kind: 'count', productID: 1, availableQuantity: 2, locationID: 3 });
    await byHand(3, 8);
  }

  test('an empty ledger accounts for everything', async () => {
    expect(await imbalances()).toEqual([]);
  });

  test('with counts, sales, moves, places that do not sell, and rows by hand every unit is accounted for', async () => {
    await begin();
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

  test('a ledger from before there were locations is accounted for by the changes of its products', async () => {
    const legacy = (available: number, change: number) =>
      insert(
        'productID, availableQuantity, quantityChange, reason',
        `1, ${available}, ${change}, 'receipt'`,
      );
    await legacy(5, 5);
    await legacy(7, 2);
    await byHand(1, 3);
    await legacy(4, 1);
    await submit(sale(1, 1));
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
    await begin();
    await insert(columns, values);
    await cells();
    expect(await imbalances()).toEqual(expected);
    // Later changes by the service do not hide it.
    await submit(receipt(1, 1), receipt(1, 1, 2), receipt(1, 1, 3), sale(1, 1, 2));
    expect(await imbalances()).toEqual(expected);
    const units = expected.reduce((sum, imbalance) => sum + Math.abs(imbalance.units), 0);
    expect(conservationOf(await imbalances())).toBe(units);
  });

  test('too many in one place and too few in another do not cancel each other out', async () => {
    await begin();
    await insert(COLUMNS, "1, 3, 6, 3, 0, 'adjustment', NULL");
    await insert(COLUMNS, "2, 3, 6, 4, 0, 'adjustment', NULL");
    expect(conservationOf(await imbalances())).toBe(2);
  });
});
