import { nextSorting, sortRows } from '../../app/web/ui/sort-rows';

const rows = [
  { name: 'shelf 10', units: 3 },
  { name: 'Shelf 2', units: null },
  { name: 'shelf 2', units: 12 },
  { name: 'box', units: 3 },
];
const names = (sorted: readonly { name: string }[]) => sorted.map(({ name }) => name);

test('text is sorted as people read it: numbers by their value, upper and lower case alike', () => {
  const sorted = sortRows(rows, ({ name }) => name, false);
  expect(names(sorted)).toEqual(['box', 'Shelf 2', 'shelf 2', 'shelf 10']);
});

test.each([
  [false, ['shelf 10', 'box', 'shelf 2', 'Shelf 2']],
  [true, ['shelf 2', 'shelf 10', 'box', 'Shelf 2']],
])('rows without a value come last, and equal rows keep their order: desc %s', (desc, expected) => {
  expect(names(sortRows(rows, ({ units }) => units, desc))).toEqual(expected);
});

test('rows are not sorted in place', () => {
  const before = [...rows];
  sortRows(rows, ({ name }) => name, true);
  expect(rows).toEqual(before);
});

test('a first click takes the order of its column, each further click the opposite', () => {
  const first = nextSorting({ id: 'name', desc: false }, 'sold', true);
  expect(first).toEqual({ id: 'sold', desc: true });
  const second = nextSorting(first, 'sold', true);
  expect(second).toEqual({ id: 'sold', desc: false });
  expect(nextSorting(second, 'name', false)).toEqual({ id: 'name', desc: false });
});
