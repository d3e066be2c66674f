import { isExpected, markOf } from '../../app/ledger/mark';

const AT = new Date('2026-11-23T10:20:30.456Z');

test('a mark is the turn mark or, without one, the product and the time', () => {
  expect(markOf({ productID: 1, turnMark: 281_474_976_710_654 }, AT)).toBe('2rrvthnxtq');
  expect(markOf({ productID: 40, turnMark: null }, AT)).toMatch(/^14\.[0-9a-z]+$/);
  const marks = [1, 2].flatMap((productID) =>
    [AT, new Date(+AT + 1)].map((at) => markOf({ productID, turnMark: null }, at)),
  );
  expect(new Set(marks).size).toBe(4);
});

test('an entry is expected by its number, or by number and mark', () => {
  const mark = () => 'abc';
  expect(isExpected('any', 7, mark)).toBe(true);
  expect(isExpected([7], 7, mark)).toBe(true);
  expect(isExpected([6, { number: 7, mark: 'abc' }], 7, mark)).toBe(true);
  expect(isExpected([{ number: 7, mark: 'abd' }], 7, mark)).toBe(false);
  expect(isExpected([{ number: 6, mark: 'abc' }], 7, mark)).toBe(false);
  expect(isExpected([], 7, mark)).toBe(false);
});
