import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { guarded, unguarded } from '../../../app/wire/csv-guard';

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t1', '\r1', '＝1', '＋1', '－1', '＠1'];

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

test.each([
  ["Milk;=cmd|' /C calc'!A0", "Milk;'=cmd|' /C calc'!A0"],
  ['a\t=1', "a\t'=1"],
  ['a,=1', "a,'=1"],
  ['a\n=1', "a\n'=1"],
  ['a|+1', "a|'+1"],
  ['a;"=1"', 'a;"\'=1"'],
  ['a; @b', "a; '@b"],
  ["a;'=1", "a;''=1"],
  ['\t=1', "'\t'=1"],
  ['a;b, -1; 2-3', 'a;b, -1; 2-3'],
])('%j is guarded where a spreadsheet may begin a cell', (text, safe) => {
  expect(guarded(text)).toBe(safe);
  expect(unguarded(safe)).toBe(text);
});

/** Text of what matters to spreadsheets, and little else. */
const tricky = fc
  .array(fc.constantFrom(...';,|\t\n\r "\'=+-@\uff1da1'.split('')), { maxLength: 8 })
  .map((parts) => parts.join(''));

test('text with a guard can be restored, with any content', () => {
  const starts = fc.constantFrom("'", "''", "'=", '=', '-', '', ...FORMULAS);
  const texts = fc.oneof(
    tricky,
    fc.tuple(starts, fc.string()).map(([a, b]) => a + b),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(unguarded(guarded(text))).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test.each([',', ';', '\t', '|'])(
  'a file that is split at %j has no cell with a formula in it',
  (separator) => {
    fc.assert(
      fc.property(fc.array(tricky, { minLength: 1, maxLength: 3 }), (cells) => {
        const line = stringify([['1', ...cells.map(guarded)]], { quote_record_delimiter: true });
        // Like a spreadsheet that removes quotes anywhere in a cell, or does not know them at all.
        const parts = line.split(new RegExp(`[${separator}\\r\\n]`));
        for (const part of parts) {
          const shown = separator === ',' ? part.replace(/^"+/, '') : part.replace(/^[\s"]+/, '');
          expect(shown).not.toMatch(/^[=+\-@\uff1d]/);
        }
      }),
      { numRuns: 2_000 },
    );
  },
);
