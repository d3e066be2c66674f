import { articleCode, scannedCodes } from '../../app/web/code/scanned-code';

const GTIN = '04006381333931';
const FNC1 = '\u001d';

test.each([
  ['an element string', `01${GTIN}`],
  ['with a symbology identifier', `]C101${GTIN}`],
  ['of GS1 DataMatrix', `]d201${GTIN}17260430`],
  ['of GS1 QR', `]Q301${GTIN}`],
  ['with FNC1 in front', `${FNC1}01${GTIN}10AB`],
  ['FNC1 behind the symbology', `]C1${FNC1}01${GTIN}`],
  ['with a lot and FNC1', `01${GTIN}10AB${FNC1}21123`],
  ['behind a lot', `10LOT-7${FNC1}01${GTIN}`],
  ['behind a date and a lot', `1726043010AB${FNC1}01${GTIN}`],
  ['behind an SSCC', `00340123450000000018${''}02${GTIN}3712`],
  ['FNC1 as Alt codes type it', `10LOT↔01${GTIN}`],
  ['in brackets', `(01)${GTIN}(10)AB`],
  ['in brackets behind a date', `(17)260430(01)${GTIN}`],
  ['a Digital Link', `https://id.gs1.org/01/${GTIN}`],
  ['a Digital Link with a lot and more', `https://shop.example/p/01/${GTIN}/10/AB?17=260430#x`],
  ['a Digital Link in capitals', `HTTPS://ID.GS1.ORG/01/${GTIN}`],
  ['a Digital Link in words', `https://shop.example/gtin/${GTIN}/lot/AB`],
])('%s has its GTIN', (_what, text) => {
  expect(scannedCodes(text)).toContain(GTIN);
  expect(articleCode(text)).toBe(GTIN);
  // The text itself goes first: it may be somebody's code.
  expect(scannedCodes(text)[0]).toBe(text.trim());
});

test('a Digital Link may have a shorter GTIN', () => {
  expect(articleCode('https://id.gs1.org/01/4006381333931')).toBe('4006381333931');
  expect(articleCode('https://id.gs1.org/01/96385074/21/7')).toBe('96385074');
});

test.each([
  ['4006381333931', ['4006381333931']],
  [' ESP-1000 ', ['ESP-1000']],
  [']E04006381333931', [']E04006381333931', '4006381333931']],
  // The check digit is wrong.
  ['0104006381333932', ['0104006381333932']],
  ['(01)04006381333932', ['(01)04006381333932']],
  ['https://shop.example/01/12345', ['https://shop.example/01/12345']],
  ['https://shop.example/products/4006381333931', ['https://shop.example/products/4006381333931']],
  ['10AB', ['10AB']],
  ['1017', ['1017']],
  ['', []],
])('"%s" has no GTIN within', (text, codes) => {
  expect(scannedCodes(text)).toEqual(codes);
});
