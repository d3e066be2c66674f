import {
  judgeQuantity,
  looksLikeCode,
  type TypedQuantity,
} from '../../app/web/change/typed-quantity';
import { marksOf } from '../../app/web/ui/typed-number';

/** By hand, of a product that never had more than 60, in English. */
function judged(text: string, changes: Partial<TypedQuantity> = {}) {
  const typed = { least: 1, isScanned: false, isKnownCode: false, isNew: false } as const;
  return judgeQuantity({ text, marks: marksOf('en-US'), largest: 60, ...typed, ...changes });
}

const HAND = {};
const SCANNER = { isScanned: true };
const LARGE = { largest: 20_000 };
const KNOWN = { isKnownCode: true };
const NEW = { isNew: true, largest: 0 };

test.each([
  ['1', HAND, 1],
  ['12', HAND, 12],
  ['600', HAND, 600],
  // A few more than few are not worth a question.
  ['102', { largest: 3 }, 102],
  ['99', { largest: 0 }, 99],
  ['999', NEW, 999],
  ['2500', { ...NEW, largest: 250 }, 2_500],
  ['1,234', LARGE, 1_234],
  ['10234', LARGE, 10_234],
  ['1000', { largest: 100 }, 1_000],
  ['250000', { largest: 30_000 }, 250_000],
  ['٤٢', HAND, 42],
  ['４２', HAND, 42],
  ['0', { least: 0 as const }, 0],
  // Short codes of products are also quantities.
  ['12', KNOWN, 12],
])('"%s" %j is the quantity %d', (text, how, quantity) => {
  expect(judged(text, how)).toEqual({ verdict: 'taken', quantity });
});

test.each([
  // Of an article nobody knows: EAN-8, UPC-E, EAN-13, a number of a shop's own, UPC-A.
  ['96385074', HAND],
  ['04252614', HAND],
  ['0000001234565', HAND],
  ['0000001234565', LARGE],
  ['4006381333931', LARGE],
  ['049634068141', HAND],
  ['10234', SCANNER],
  ['10234', { ...SCANNER, ...LARGE }],
  ['1200', { ...SCANNER, ...LARGE }],
  ['007001', HAND],
  ['٩٦٣٨٥٠٧٤', HAND],
  // Short ones, with zeros in front or some product's.
  ['042', SCANNER],
  ['00', SCANNER],
  ['12', { ...SCANNER, ...KNOWN }],
  ['7', { ...SCANNER, ...KNOWN }],
  // Some product's.
  ['102345', KNOWN],
  ['102345', { ...KNOWN, ...LARGE }],
  ['4006381333932', KNOWN],
])('"%s" %j is a code', (text, how) => {
  expect(judged(text, how)).toMatchObject({
    verdict: 'code',
    detail: expect.stringMatching(/code/),
  });
});

test.each([
  ['10234', HAND, 10_234, /far more.*the most so far was 60/],
  ['999', { largest: 5 }, 999, /far more than this product ever had: the most so far was 5/],
  ['601', HAND, 601, /far more/],
  ['103', { largest: 3 }, 103, /far more/],
  ['100', { largest: 0 }, 100, /there was none so far/],
  ['1,000', NEW, 1_000, /there was none so far/],
  ['2501', { ...NEW, largest: 250 }, 2_501, /far more/],
  ['1001', { largest: 100 }, 1_001, /far more/],
  ['120', SCANNER, 120, /as fast as a scanner/],
  ['12', SCANNER, 12, /as fast as a scanner/],
  ['7', SCANNER, 7, /as fast as a scanner/],
  ['0', { ...SCANNER, least: 0 as const }, 0, /as fast as a scanner/],
  ['2147483647', LARGE, 2_147_483_647, /far more/],
  ['96385074', { largest: 10_000_000 }, 96_385_074, /may also be a barcode/],
  ['10234', { ...KNOWN, ...LARGE }, 10_234, /also the code of a product/],
])('"%s" %j is asked about', (text, how, quantity, detail) => {
  const expected = { verdict: 'doubtful', quantity, detail: expect.stringMatching(detail) };
  expect(judged(text, how)).toEqual(expected);
});

test.each([
  ['', HAND, /^Type a whole number, such as 12\.$/],
  ['a dozen', HAND, /^Type a whole number/],
  ['-3', HAND, /^Type a whole number/],
  ['1.5', HAND, /^Type a whole number/],
  ['1,5', { marks: marksOf('de-DE') }, /^Type a whole number/],
  ['1.234', HAND, /^Type a whole number without marks: 1234/],
  ['0', HAND, /^Type a number from 1 to 2.147.483.647\.$/],
  ['2147483648', LARGE, /^Type a number from 1/],
  ['9876543210123', HAND, /^Type a number from 1/],
  ['012', HAND, /^Type it without the 0 in front: 12\.$/],
  ['00', { least: 0 as const }, /^Type it without the 0 in front: 0\.$/],
])('"%s" %j is refused, and says why', (text, how, detail) => {
  const expected = { verdict: 'wrong', detail: expect.stringMatching(detail) };
  expect(judged(text, how)).toEqual(expected);
});

test('1.234 is 1234 in German', () => {
  const german = { marks: marksOf('de-DE'), ...LARGE };
  expect(judged('1.234', german)).toEqual({ verdict: 'taken', quantity: 1_234 });
});

test.each([
  ['96385074', false, true],
  ['4006381333931', false, true],
  ['04252614', false, true],
  ['007001', false, true],
  ['10234', true, true],
  ['10234', false, false],
  ['25000001', false, false],
  ['96385074,00', false, false],
  ['59.90', true, false],
  ['120', true, true],
  ['7', true, true],
  ['120', false, false],
  ['0', false, false],
  ['', true, false],
])('a price of "%s", scanned: %p, looks like a code: %p', (text, isScanned, isCode) => {
  expect(looksLikeCode(text, isScanned)).toBe(isCode);
});
