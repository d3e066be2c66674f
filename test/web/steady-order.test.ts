import { steadyOrder } from '../../app/web/ui/steady-order';

test.each([
  ['what is sorted anew stays', 'abc', 'cab', 'abc'],
  ['what has gone is left out', 'abcd', 'dca', 'acd'],
  ['what is new comes last, in its order', 'abc', 'xaybc', 'abcxy'],
  ['at first all is new', '', 'bca', 'bca'],
  ['nothing is left', 'abc', '', ''],
])('%s: %s, then %s, is shown as %s', (_what, before, now, shown) => {
  expect(steadyOrder([...before], [...now])).toEqual([...shown]);
});
