import { type Cell, cellsOf } from '../../app/ledger/cell';
import { atLocationAsOf, cellsAsOf } from '../../app/ledger/past-cells';
import type { LedgerStore } from '../../app/ledger/store';
import { onEveryStore } from '../stores';
import { allOf } from './loaded';
import { PlacedLedger, receipt } from './placed-ledger';

/** A product at a location. */
type Placed = Cell & { readonly productID: number };

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

  /** What memory has now. */
  async function now(): Promise<{ record: number; cells: Placed[] }> {
    const { ledger } = placed;
    const places = await ledger.places();
    const { stock } = places;
    const cells = stock.order.parts
      .flatMap(({ numbers }) => numbers)
      .flatMap((productID) => cellsOf(places, productID).map((cell) => ({ productID, ...cell })));
    return { record: stock.last?.record ?? 0, cells };
  }

  test('what there was at each location is told later as it was told then', async () => {
    const live = [await now()];
    for (const step of [...placed.steps, ...placed.documentSteps, ...placed.lastSteps]) {
      await step();
      live.push(await now());
    }
    const { ask } = placed.ledger;
    const locations = await placed.ledger.locations();
    for (const { record, cells } of live) {
      for (const productID of [1, 2, 3, 4]) {
        const ofProduct = cells
          .filter((cell) => cell.productID === productID)
          .map(({ productID: _, ...cell }) => cell);
        expect(await cellsAsOf(ask, locations, productID, record)).toEqual(ofProduct);
      }
      for (const locationID of [1, 2, 3]) {
        const there = cells.filter((cell) => cell.locationID === locationID);
        expect(await allOf(atLocationAsOf(ask, locations, locationID, record))).toEqual(there);
      }
    }
  });

  test('the changes since the last count at a location add up to what is there', async () => {
    await placed.takeAllSteps();
    const { record, cells } = await now();
    const { ask } = placed.ledger;
    const locations = await placed.ledger.locations();
    for (const { productID, locationID, onHandQuantity } of cells) {
      const asked = { productID, locationID, asOf: record };
      const { count, movements } = await ask.explain(asked);
      const counted = count
        ? (await cellsAsOf(ask, locations, productID, count.record)).find(
            (cell) => cell.locationID === locationID,
          )
        : undefined;
      const moved = movements.reduce((sum, { quantityChange }) => sum + quantityChange, 0);
      expect((counted?.onHandQuantity ?? 0) + moved).toBe(onHandQuantity);
    }
  });

  test('the history and the feed of a location have its records alone', async () => {
    await placed.takeAllSteps();
    const { ask, records } = placed.ledger;
    const all = await records.from(1, 100);
    for (const locationID of [1, 2, 3, 4]) {
      const there = all.filter((record) => record.locationID === locationID);
      expect(await ask.recordsOf({ locationID, after: 0, limit: 100 })).toEqual(there);
      expect(await ask.recordsOf({ locationID, after: 6, limit: 2 })).toEqual(
        there.filter(({ record }) => record > 6).slice(0, 2),
      );
      const ofProduct = there.filter(({ productID }) => productID === 1).toReversed();
      expect(await ask.history({ productID: 1, locationID, limit: 100 })).toEqual(ofProduct);
    }
    const byHand = all.filter(({ actor, locationID }) => actor === null && locationID === 1);
    expect(byHand.length).toBeGreaterThan(0);
    const nobody = { actor: 'nobody', locationID: 1, after: 0, limit: 100 };
    expect(await ask.recordsOf(nobody)).toEqual([]);
  });

  test('a long list is told part by part, also where the first location has what others leave', async () => {
    await placed.put(2);
    const products = Array.from({ length: 600 }, (_, index) => index + 1);
    await placed.submit(...products.map((productID) => receipt(productID, 3, 2)));
    await placed.insert(
      'productID, availableQuantity',
      products.map((productID) => `${productID}, ${productID + 3}`).join('), ('),
    );
    const { record } = await now();
    await placed.submit(...products.map((productID) => receipt(productID, 1)));
    const { ask } = placed.ledger;
    const locations = await placed.ledger.locations();
    const onHand = async (locationID: number) =>
      (await allOf(atLocationAsOf(ask, locations, locationID, record))).map(
        (cell) => cell.onHandQuantity,
      );
    expect(await onHand(1)).toEqual(products);
    expect(await onHand(2)).toEqual(products.map(() => 3));
  });
});
