import { followCells, freeAt, IN_TRANSIT, loadCells, mergeCells } from '../../app/client/cells';
import { follow, freeOf, shopOf } from '../../app/client/shop';
import type { CellAnswer, LocationAnswer } from '../../app/wire/locations';
import { glance, overviewOf, record } from '../web/shops';

const LOCATIONS: LocationAnswer[] = [
  { locationID: 1, name: 'Main', sellable: true },
  { locationID: 2, name: 'Van', sellable: true },
  { locationID: 3, name: 'Store room', sellable: false },
];

function cell(locationID: number, number: number, free: number): CellAnswer {
  return {
    productID: 1,
    locationID,
    record: number,
    availableQuantity: free,
    onHandQuantity: free,
    heldQuantity: 0,
  };
}

/** 10 of product 1: 6 at the first location and 4 in the van; and 7 more in the store room. */
function shop() {
  const cells = loadCells(loadCells(new Map(), 2, [cell(2, 4, 4)]), 3, [cell(3, 5, 7)]);
  return shopOf(overviewOf([glance()]), { locations: LOCATIONS, cells });
}

const freeAtAll = (of: ReturnType<typeof shop>) => [1, 2, 3].map((at) => freeOf(of, 1, at));

describe('what is free at each location', () => {
  test('the first has what no other sellable one has of the total', () => {
    expect(freeAtAll(shop())).toEqual([6, 4, 7]);
  });

  test('a product without a record has no units, and one without a cell has none there', () => {
    expect(freeOf(shop(), 99, 2)).toBeNull();
    expect(freeAt({ locations: LOCATIONS, cells: new Map() }, 1, 10, 2)).toBe(0);
  });

  test.each([
    ['a sale at the first location', record(6, 9), [5, 4, 7]],
    ['a sale in the van', record(6, 9, { locationID: 2, onHandQuantity: 3 }), [6, 3, 7]],
    ['a receipt in the store room', record(6, 10, { locationID: 3, onHandQuantity: 9 }), [6, 4, 9]],
    [
      'a hold in the van',
      record(6, 8, { locationID: 2, onHandQuantity: 4, heldQuantity: 2 }),
      [6, 2, 7],
    ],
    [
      'goods that leave the van on their way',
      [
        record(6, 10, { locationID: IN_TRANSIT, onHandQuantity: 3 }),
        record(7, 7, { locationID: 2, onHandQuantity: 1 }),
      ],
      [6, 1, 7],
    ],
    ['a row by hand, which counts the total', record(6, 30), [26, 4, 7]],
  ])('%s', (_name, records, free) => {
    expect(freeAtAll(follow(shop(), [records].flat()))).toEqual(free);
  });
});

describe('cells', () => {
  test('the latest record of each counts, in any order of arrival', () => {
    const late = record(9, 9, { locationID: 2, onHandQuantity: 1 });
    const early = record(8, 9, { locationID: 2, onHandQuantity: 2 });
    for (const records of [
      [late, early],
      [early, late],
    ]) {
      const cells = records.reduce((all, each) => followCells(all, [each]), shop().cells);
      expect(cells.get(2)?.get(1)).toEqual({ record: 9, free: 1 });
      expect(loadCells(cells, 2, [cell(2, 4, 4)])).toBe(cells);
    }
  });

  test('two of them are merged by record, and an empty location stays known', () => {
    const cells = loadCells(shop().cells, 4, []);
    const others = followCells(new Map(), [record(9, 9, { locationID: 2, onHandQuantity: 1 })]);
    const merged = mergeCells(others, cells);
    expect(merged.get(2)?.get(1)).toEqual({ record: 9, free: 1 });
    expect(merged.get(3)?.get(1)).toEqual({ record: 5, free: 7 });
    expect(merged.has(4)).toBe(true);
  });
});
