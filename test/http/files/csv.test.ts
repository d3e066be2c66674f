import fc from 'fast-check';
import { guarded, unguarded } from '../../../app/http/files/csv';
import { decimal } from '../../../app/http/files/decimal';

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠1'];

test.each(FORMULAS)('%j gets an apostrophe before it', (text) => {
  expect(guarded(text)).toBe(`'${text}`);
});

test.each(['', 'Beans', '1-2', " =1 isn't at the start", "'tis", "'"])(
  '%j is left as it is',
  (text) => {
    expect(guarded(text)).toBe(text);
    expect(unguarded(text)).toBe(text);
  },
);

test('what a guard was put before is had again, whatever it begins with', () => {
  const starts = fc.constantFrom("'", "''", "'=", '=', '-', '', ...FORMULAS);
  fc.assert(
    fc.property(starts, fc.string(), (start, end) => {
      expect(unguarded(guarded(start + end))).toBe(start + end);
    }),
  );
});

test.each([
  [0n, '0'],
  [1n, '0.0001'],
  [45_000n, '4.5'],
  [-378_000n, '-37.8'],
  [-1n, '-0.0001'],
  [189_000_000_000_000_000_001n, '18900000000000000.0001'],
])('%p ten-thousandths are %s', (tenThousandths, text) => {
  expect(decimal(tenThousandths)).toBe(text);
});
