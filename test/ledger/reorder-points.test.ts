import { Catalogue } from '../../app/ledger/catalogue';
import type { SetReorderPointCommand } from '../../app/ledger/command';
import { decideProduct } from '../../app/ledger/decide-product';
import type { LocationEntry } from '../../app/ledger/locations/location';
import { Locations } from '../../app/ledger/locations/locations';
import { fields, revision } from './products';

const AT_1 = { locationID: 1, reorderPoint: 9, reorderQuantity: null };
const AT_3 = { locationID: 3, reorderPoint: 2, reorderQuantity: 12 };

/** Product 1 has reorder points at locations 1 and 3. Product 2 is retired. Location 4 is retired. */
const tea = revision(1, { reorderPoint: 20, sku: 'A', reorderPoints: [AT_1, AT_3] });
const mug = revision(2, { productID: 2, retired: true });
const catalogue = new Catalogue([tea, mug]);
const locations = new Locations();
locations.load([place(2), place(3), place(4, { retired: true })]);

function place(locationID: number, changes: Partial<LocationEntry> = {}): LocationEntry {
  return {
    entry: locationID,
    locationID,
    name: 'Van',
    sellable: true,
    address: null,
    retired: false,
    recordedAt: new Date(0),
    actor: null,
    turnMark: null,
    ...changes,
  };
}

const decide = (changes: Partial<SetReorderPointCommand>) =>
  decideProduct(
    catalogue,
    9,
    {
      kind: 'reorder',
      productID: 1,
      locationID: 2,
      reorderPoint: 5,
      reorderQuantity: 24,
      ...changes,
    },
    locations,
  );

test('a reorder point at a location is added in order, and changes nothing else of the product', () => {
  expect(decide({})).toEqual({
    ...fields({ sku: 'A', reorderPoint: 20 }),
    productID: 1,
    retired: false,
    reorderPoints: [AT_1, { locationID: 2, reorderPoint: 5, reorderQuantity: 24 }, AT_3],
  });
});

test('it replaces the one that was there', () => {
  expect(decide({ locationID: 3, reorderPoint: 0, reorderQuantity: null })).toMatchObject({
    reorderPoints: [AT_1, { locationID: 3, reorderPoint: 0, reorderQuantity: null }],
  });
});

test('without a point and a quantity it is removed, and the last one leaves none', () => {
  const gone = { reorderPoint: null, reorderQuantity: null };
  expect(decide({ locationID: 3, ...gone })).toMatchObject({ reorderPoints: [AT_1] });
  expect(decide({ locationID: 2, ...gone })).toMatchObject({ reorderPoints: [AT_1, AT_3] });
  const one = new Catalogue([revision(1, { reorderPoints: [AT_1] })]);
  const command = { kind: 'reorder', productID: 1, locationID: 1, ...gone } as const;
  expect(decideProduct(one, 9, command, locations)).toMatchObject({ reorderPoints: null });
});

test('a retired location gets none, and gives up the one that it has', () => {
  const refusal = { refusal: 'unknown-location', productID: 1, locationID: 4, retired: true };
  expect(decide({ locationID: 4 })).toEqual(refusal);
  expect(decide({ locationID: 4, reorderPoint: null, reorderQuantity: null })).toMatchObject({
    reorderPoints: [AT_1, AT_3],
  });
});

test.each<[Partial<SetReorderPointCommand>, object]>([
  [{ productID: 2 }, { refusal: 'unlisted-product', productID: 2 }],
  [{ productID: 3 }, { refusal: 'unlisted-product', productID: 3 }],
  [{ locationID: 9 }, { refusal: 'unknown-location', productID: 1, locationID: 9 }],
  [{ expectedRevisions: [7] }, { refusal: 'stale-revision', productID: 1, revision: 1 }],
])('%j is refused', (changes, refusal) => {
  expect(decide(changes)).toEqual(refusal);
});

test('other changes of the product leave them as they are, and a new start forgets them', () => {
  const revise = { kind: 'revise', productID: 1, fields: { name: 'Tea 1 kg' } } as const;
  expect(decideProduct(catalogue, 9, revise)).toMatchObject({ reorderPoints: [AT_1, AT_3] });
  const put = { kind: 'put', productID: 1, fields: { name: 'Tea 1 kg' } } as const;
  expect(decideProduct(catalogue, 9, put)).toMatchObject({ reorderPoints: [AT_1, AT_3] });
  const retired = decideProduct(catalogue, 9, { kind: 'retire', productID: 1 });
  expect(retired).toMatchObject({ retired: true, reorderPoints: [AT_1, AT_3] });
  const create = { kind: 'create', productID: 2, fields: fields() } as const;
  expect(decideProduct(catalogue, 9, create)).toMatchObject({ reorderPoints: null });
});
