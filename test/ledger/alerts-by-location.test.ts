import { Alerts } from '../../app/ledger/alerts';
import { Catalogue } from '../../app/ledger/catalogue';
import { decideAlert } from '../../app/ledger/decide-alert';
import { Documents } from '../../app/ledger/documents/documents';
import { type FindingFacts, knownOf, unknownFields } from '../../app/ledger/finding';
import type { LocationEntry } from '../../app/ledger/locations/location';
import { Locations } from '../../app/ledger/locations/locations';
import { Stock } from '../../app/ledger/stock';
import { alertEvent } from './alerts';
import { revision } from './products';
import { record } from './records';

const NOW = new Date('2026-11-24T12:00:00.000Z');
const AT = { now: NOW, today: '2026-11-24' };

function place(locationID: number, retired: boolean): LocationEntry {
  return {
    entry: locationID,
    locationID,
    name: 'Van',
    sellable: true,
    address: null,
    retired,
    recordedAt: NOW,
    actor: null,
    turnMark: null,
  };
}

/** Product 1: 20 in all, of which 4 are at location 2, one of them held. It has reorder points at 1, 2 and 3, which is retired. */
function facts(): FindingFacts {
  const stock = new Stock();
  stock.fold([
    record(1, { productID: 1, availableQuantity: 17, onHandQuantity: 17 }),
    record(2, {
      productID: 1,
      availableQuantity: 20,
      locationID: 2,
      onHandQuantity: 4,
      heldQuantity: 1,
    }),
    record(3, { productID: 2, availableQuantity: 5, onHandQuantity: 5 }),
  ]);
  const reorderPoints = [1, 2, 3].map((locationID) => ({
    locationID,
    reorderPoint: 5,
    reorderQuantity: null,
  }));
  const quantityOnly = [{ locationID: 2, reorderPoint: null, reorderQuantity: 6 }];
  const catalogue = new Catalogue([
    revision(1, { reorderPoints }),
    revision(2, { productID: 2, reorderPoints: quantityOnly }),
    revision(3, { productID: 3, reorderPoints, retired: true }),
  ]);
  const locations = new Locations();
  locations.load([place(2, false), place(3, true)]);
  return { stock, catalogue, locations, documents: new Documents(), now: NOW };
}

test.each<[string, object, string[]]>([
  ['what is free at the location', { locationID: 2, availableQuantity: 3 }, []],
  ['what is there, held ones too', { locationID: 2, availableQuantity: 4 }, ['availableQuantity']],
  ["the product's total", { locationID: 2, availableQuantity: 20 }, ['availableQuantity']],
  ['the total of the whole product', { locationID: 0, availableQuantity: 20 }, []],
  ['another location', { locationID: 1, availableQuantity: 17 }, []],
  ['a record that is not its last', { locationID: 2, record: 1, availableQuantity: 9 }, []],
  ['a retired location', { locationID: 3, availableQuantity: 0 }, ['locationID']],
  ['a location that there never was', { locationID: 9, availableQuantity: 0 }, ['locationID']],
  ['no reorder point there', { productID: 2, locationID: 2, availableQuantity: 0 }, ['locationID']],
  ['a retired product', { productID: 3, locationID: 2, availableQuantity: 0 }, ['locationID']],
])('a report of %s names what the ledger lacks', (_what, changes, fields) => {
  const finding = {
    productID: 1,
    locationID: 2,
    transferID: 0,
    record: 3,
    revision: 3,
    availableQuantity: 3,
  };
  const named = { kind: 'report', ...finding, ...changes } as const;
  expect(unknownFields(named, knownOf(named, facts()))).toEqual(fields);
});

test('an alert about a location where nobody waits for stock any more can be ended at any stock', () => {
  const gone = {
    productID: 1,
    locationID: 3,
    transferID: 0,
    record: 3,
    revision: 3,
    availableQuantity: 7,
  };
  const named = { kind: 'resolve', ...gone } as const;
  expect(unknownFields(named, knownOf(named, facts()))).toEqual([]);
});

test('a product, and the product at each location, have alerts of their own', () => {
  const alerts = new Alerts();
  alerts.fold([
    alertEvent(1),
    alertEvent(2, { locationID: 2, kind: 'out' }),
    alertEvent(3, { locationID: 3 }),
    alertEvent(4, { productID: 0, transferID: 17, kind: 'overdue-transfer' }),
    alertEvent(5, { alertID: 2, locationID: 2, kind: 'out', status: 'resolved' }),
  ]);
  const of = (productID: number, locationID: number, transferID = 0) =>
    alerts.of({ productID, locationID, transferID })?.event;
  expect([of(1, 0), of(1, 2), of(1, 3), of(1, 4), of(0, 0, 17), of(0, 0, 2)]).toEqual([
    1,
    5,
    3,
    undefined,
    4,
    undefined,
  ]);
  const open = [...alerts.unresolved()].flat().map(({ event }) => event);
  expect(open).toEqual([4, 1, 3]);
});

test('what is decided about one of them says which', () => {
  const about = { productID: 1, locationID: 2, transferID: 0 };
  const found = {
    ...about,
    record: 3,
    revision: 3,
    availableQuantity: 3,
    threshold: 5,
    daysOfCover: null,
  };
  const report = { kind: 'report', ...found, alert: 'low', deliveries: [] } as const;
  expect(decideAlert(undefined, report, AT)).toMatchObject({ ...found, status: 'open', of: null });
  const newer = alertEvent(4, { ...about, record: 9 });
  expect(decideAlert(newer, report, AT)).toEqual({
    refusal: 'stale-alert',
    ...about,
    alertID: 4,
    event: 4,
  });
  expect(decideAlert(undefined, { ...found, kind: 'resolve' }, AT)).toEqual({
    refusal: 'no-alert',
    ...about,
  });
});
