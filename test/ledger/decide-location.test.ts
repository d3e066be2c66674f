import { decideLocation } from '../../app/ledger/locations/decide-location';
import { LOCATIONS_MAX, type LocationEntry } from '../../app/ledger/locations/location';
import type { LocationCommand } from '../../app/ledger/locations/location-command';
import { Locations } from '../../app/ledger/locations/locations';

function entry(locationID: number, changes: Partial<LocationEntry> = {}): LocationEntry {
  return {
    entry: locationID,
    locationID,
    name: `Place ${locationID}`,
    sellable: true,
    address: null,
    retired: false,
    recordedAt: new Date('2026-11-26T12:00:00Z'),
    actor: 'open',
    turnMark: 7,
    ...changes,
  };
}

function decided(
  command: LocationCommand,
  entries: readonly LocationEntry[] = [],
  use = { products: 0, transfers: 0 },
) {
  const locations = new Locations();
  locations.load(entries);
  const { products, transfers } = use;
  return decideLocation(
    locations,
    { productsAt: () => products, transfersAt: () => transfers },
    command,
  );
}

const put = (locationID: number, sellable?: boolean): LocationCommand => {
  return { kind: 'put', locationID, name: 'Van', sellable, address: null };
};
const retire = (locationID: number): LocationCommand => ({ kind: 'retire', locationID });
const many = Array.from({ length: LOCATIONS_MAX - 1 }, (_, index) => entry(index + 2));

test.each([
  ['a new location sells', put(2), [], { name: 'Van', sellable: true, retired: false }],
  ['unless it is said otherwise', put(2, false), [], { sellable: false }],
  ['a new name leaves it as it was', put(2), [entry(2, { sellable: false })], { sellable: false }],
  ['a retired one is there again', put(2), [entry(2, { retired: true })], { retired: false }],
  ['whether it sells is said once', put(2, false), [entry(2)], { refusal: 'sellable-is-fixed' }],
  ['the last one that there may be', put(LOCATIONS_MAX), many.slice(1), { name: 'Van' }],
  ['one more', put(5_000), many, { refusal: 'location-limit', limit: LOCATIONS_MAX }],
  ['a new name of one of the most', put(2), many, { name: 'Van' }],
  ['the first is never retired', retire(1), [], { refusal: 'first-location' }],
  ['nor one that is not there', retire(2), [], { refusal: 'unknown-location' }],
  ['nor twice', retire(2), [entry(2, { retired: true })], { refusal: 'unknown-location' }],
  ['an empty one is', retire(2), [entry(2)], { retired: true, name: 'Place 2' }],
] as const)('%s', (_name, command, entries, expected) => {
  expect(decided(command, entries)).toMatchObject(expected);
});

test.each([
  { products: 3, transfers: 0 },
  { products: 0, transfers: 2 },
])('what is in use is not retired: %o', (use) => {
  expect(decided(retire(2), [entry(2)], use)).toEqual({
    refusal: 'location-in-use',
    locationID: 2,
    ...use,
  });
});
