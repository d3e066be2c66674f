import { cellsOf, freeIn } from '../../app/ledger/cell';
import type { Command } from '../../app/ledger/command';
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

/** What there is of a product at each location, as `location: on hand`, and what is available of it. */
async function told(ledger: Ledger, productID: number): Promise<string> {
  const places = await ledger.places();
  const { stock, locations } = places;
  const cells = cellsOf(places, productID);
  const sum = cells
    .filter(({ locationID }) => locations.isSellable(locationID))
    .reduce((total, cell) => total + freeIn(cell), 0);
  const available = stock.get(productID)?.availableQuantity;
  expect(available).toBe(sum);
  const each = cells.map(({ locationID, onHandQuantity }) => `${locationID}: ${onHandQuantity}`);
  return `${each.join(', ')}; ${available}`;
}

onEveryStore((place) => {
  let stores: LedgerStore[] = [];
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
  });
  const open = () => {
    const store = place().open();
    stores.push(store);
    return ledgerOn(store);
  };

  const put = async (ledger: Ledger, locationID: number, name: string, sellable?: boolean) => {
    const command = { kind: 'put', locationID, name, sellable, address: null } as const;
    return (await ledger.submit({ kind: 'location', command })).outcome;
  };
  const retire = async (ledger: Ledger, locationID: number) =>
    (await ledger.submit({ kind: 'location', command: { kind: 'retire', locationID } })).outcome;
  /** What became of commands: records as `reason at location: available`, or refusals. */
  const submit = async (ledger: Ledger, ...commands: Command[]) => {
    const answer = await ledger.submit({ kind: 'stock', mode: 'all', commands });
    if (answer.answer !== 'outcomes') throw new Error(answer.answer);
    return answer.outcomes.map((outcome) =>
      'refusal' in outcome
        ? outcome.refusal
        : `${outcome.reason} at ${outcome.locationID}: ${outcome.availableQuantity}`,
    );
  };
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

  test('a product is at several locations; what can be sold is the sum, and each has its own', async () => {
    const ledger = open();
    await put(ledger, 2, 'Van');
    await put(ledger, 3, 'Back room', false);
    expect(await submit(ledger, receipt(1, 5), receipt(1, 3, 2), receipt(1, 7, 3))).toEqual([
      'receipt at 1: 5',
      'receipt at 2: 8',
      'receipt at 3: 8',
    ]);
    expect(await told(ledger, 1)).toBe('1: 5, 2: 3, 3: 7; 8');
    expect(await submit(ledger, sale(1, 4, 2))).toEqual(['insufficient-stock']);
    expect(await submit(ledger, sale(1, 3, 2))).toEqual(['sale at 2: 5']);
    expect(await submit(ledger, sale(1, 1, 3))).toEqual(['not-sellable']);
    // A count is of one location, and leaves the others alone.
    expect(
      await submit(ledger, { kind: 'count', productID: 1, availableQuantity: 1, locationID: 2 }),
    ).toEqual(['count at 2: 6']);
    expect(await told(ledger, 1)).toBe('1: 5, 2: 1, 3: 7; 6');
    expect(await told(open(), 1)).toBe('1: 5, 2: 1, 3: 7; 6');
  });

  test('a move takes from one location and adds to another, and never shows less in between', async () => {
    const ledger = open();
    await put(ledger, 2, 'Van');
    await put(ledger, 3, 'Back room', false);
    await submit(ledger, receipt(1, 5), receipt(2, 2));
    const move = (from: number, to: number, ...lines: { productID: number; quantity: number }[]) =>
      submit(ledger, ...moveCommands({ from, to, lines, reference: 'V-1' }));
    expect(await move(1, 2, { productID: 1, quantity: 5 }, { productID: 2, quantity: 1 })).toEqual([
      'move at 2: 10',
      'move at 1: 5',
      'move at 2: 3',
      'move at 1: 2',
    ]);
    expect(await told(ledger, 1)).toBe('1: 0, 2: 5; 5');
    // Where nothing is sold, less can be sold.
    expect(await move(2, 3, { productID: 1, quantity: 2 })).toEqual([
      'move at 3: 5',
      'move at 2: 3',
    ]);
    // All lines or none.
    expect(await move(2, 1, { productID: 1, quantity: 3 }, { productID: 2, quantity: 2 })).toEqual([
      'withheld',
      'withheld',
      'withheld',
      'insufficient-stock',
    ]);
    expect(await move(2, 4, { productID: 1, quantity: 1 })).toEqual([
      'unknown-location',
      'withheld',
    ]);
    expect(await told(open(), 1)).toBe('1: 0, 2: 3, 3: 2; 3');
    const records = await ledger.records.from(3, 2);
    expect(records).toMatchObject([
      { document: 'move:3', onHandQuantity: 5, onHandChange: 5, reference: 'V-1' },
      { document: 'move:3', onHandQuantity: 0, onHandChange: -5, reference: 'V-1' },
    ]);
  });

  test('a retired location takes nothing, and nothing that is in use is retired', async () => {
    const [ledger, other] = [open(), open()];
    await put(ledger, 2, 'Van');
    await submit(ledger, receipt(1, 5), receipt(1, 1, 2));
    expect(await retire(other, 2)).toEqual({
      refusal: 'location-in-use',
      locationID: 2,
      products: 1,
      transfers: 0,
    });
    expect(await submit(ledger, sale(1, 1, 2))).toEqual(['sale at 2: 5']);
    expect(await retire(other, 2)).toMatchObject({ locationID: 2, retired: true });
    // The other process knows at once, also if it takes one turn after the other.
    expect(await submit(ledger, receipt(1, 1, 2))).toEqual(['unknown-location']);
    expect(await submit(ledger, receipt(1, 1))).toEqual(['receipt at 1: 6']);
    expect(await retire(ledger, 2)).toEqual({ refusal: 'unknown-location', locationID: 2 });
    expect(await retire(ledger, 1)).toEqual({ refusal: 'first-location', locationID: 1 });
    expect(await put(ledger, 2, 'Van again')).toMatchObject({ name: 'Van again', retired: false });
    expect(await put(ledger, 2, 'Van', false)).toEqual({
      refusal: 'sellable-is-fixed',
      locationID: 2,
      sellable: true,
    });
    expect(await submit(other, receipt(1, 1, 2))).toEqual(['receipt at 2: 7']);
  });

  test('a row by hand names the product’s total: what is not elsewhere is at the first location', async () => {
    const ledger = open();
    await put(ledger, 2, 'Van');
    await submit(ledger, receipt(1, 5), receipt(1, 3, 2));
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 10)');
    expect(await told(ledger, 1)).toBe('1: 7, 2: 3; 10');
    expect(await submit(ledger, sale(1, 3, 2), sale(1, 1))).toEqual([
      'sale at 2: 7',
      'sale at 1: 6',
    ]);
    expect(await told(open(), 1)).toBe('1: 6, 2: 0; 6');
    // Less than the others have: nothing is left at the first one until somebody counts it.
    await submit(ledger, receipt(1, 4, 2));
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 1)');
    expect(await told(ledger, 1)).toBe('1: -3, 2: 4; 1');
    expect(await submit(ledger, receipt(1, 1))).toEqual(['insufficient-stock']);
    expect(await submit(ledger, { kind: 'count', productID: 1, availableQuantity: 0 })).toEqual([
      'count at 1: 4',
    ]);
  });

  test('the plain left join by product and location has what each location has', async () => {
    const ledger = open();
    for (const locationID of [2, 3, 4]) await put(ledger, locationID, `Place ${locationID}`);
    // More than one part of what is loaded, and a product whose cells are in two parts.
    const commands = Array.from({ length: 400 }, (_, index) => index + 1).flatMap((productID) =>
      [4, 1, 3, 2].map((locationID) => receipt(productID, productID + locationID, locationID)),
    );
    await submit(ledger, ...commands);
    const plain = await place().sql(
      `SELECT m1.productID, m1.locationID, m1.onHandQuantity
       FROM inventory m1 LEFT JOIN inventory m2
         ON m1.productID = m2.productID AND m1.locationID = m2.locationID AND m1.record < m2.record
       WHERE m2.productID IS NULL
       ORDER BY m1.productID, m1.locationID`,
    );
    for (const each of [ledger, open()]) {
      const places = await each.places();
      const quick = places.stock.order.parts
        .flatMap(({ numbers }) => numbers)
        .flatMap((productID) =>
          cellsOf(places, productID).map(({ locationID, onHandQuantity }) => ({
            productID,
            locationID,
            onHandQuantity,
          })),
        );
      expect(quick).toEqual(plain.map((row) => ({ ...(row as object) })));
    }
  });
});
