import { type Shop, shopOf } from '../../app/client/shop';
import {
  type EnteredQuantity,
  type QuantityReading,
  readQuantity,
} from '../../app/web/scan/read-quantity';
import { glance, overviewOf } from './shops';

/** Product 1 has had 10 at most; 3 and 4 share a code. */
const SHOP = shopOf(
  overviewOf([
    glance({ productID: 1, sku: 'ESP-1000', barcode: '4006381333931' }),
    glance({ productID: 2, sku: 'CUP-0080', barcode: '4006381333962' }),
    glance({ productID: 3, sku: 'ab-1234' }),
    glance({ productID: 4, sku: 'x', barcode: 'AB-1234' }),
    glance({ productID: 5, sku: '77' }),
  ]),
);

/** What is read while product 1 is to be sold; typed by hand by default. */
function read(
  text: string,
  how: Partial<EnteredQuantity> = {},
  shop: Shop = SHOP,
): QuantityReading {
  const product = shop.byID.get(1) as EnteredQuantity['product'];
  const hand = { asOnUsKeyboard: undefined, isScanned: false };
  return readQuantity(shop, { product, kind: 'sale', text, ...hand, ...how });
}

const SCANNER = { isScanned: true };
const FRENCH = (asOnUsKeyboard: string) => ({ asOnUsKeyboard });

test.each<[string, Partial<EnteredQuantity>]>([
  ['4006381333931', {}],
  ['4006381333931', SCANNER],
  ['esp-1000', {}],
  [']E04006381333931', SCANNER],
  ['0104006381333931', SCANNER],
  ['àà(_"!&"""ç"&', FRENCH('4006381333931')],
])('"%s" %j is the same product once more', (text, how) => {
  expect(read(text, how)).toEqual({ is: 'same' });
});

test.each<[string, Partial<EnteredQuantity>, string, boolean]>([
  ['4006381333962', {}, '4006381333962', true],
  ['4006381333962', SCANNER, '4006381333962', true],
  ['77', SCANNER, '77', true],
  // Of several products.
  ['Ab-1234', {}, 'Ab-1234', true],
  // What was typed in front of it.
  ['124006381333962', {}, '4006381333962', false],
  ['1esp-1000', {}, 'ESP-1000', false],
])('"%s" %j is another code, "%s", alone: %s', (text, how, code, isAlone) => {
  expect(read(text, how)).toMatchObject({ is: 'other', code: { text: code }, isAlone });
});

test('a code that the product shares with another one does not count it up', () => {
  const product = SHOP.byID.get(3) as EnteredQuantity['product'];
  expect(read('Ab-1234', { product })).toMatchObject({ is: 'other', isAlone: true });
});

test.each<[string, Partial<EnteredQuantity>, string, string]>([
  ['96385074', {}, '96385074', '96385074'],
  ['0000001234565', {}, '0000001234565', '0000001234565'],
  ['10234', SCANNER, '10234', '10234'],
  ['ç-"_(àè\'', FRENCH('96385074'), '96385074', '96385074'],
])('"%s" %j is the code of no product', (text, how, digits, code) => {
  const detail = `“${digits}” is a code, not a quantity.`;
  expect(read(text, how)).toEqual({ is: 'code', text: digits, code, detail });
});

test.each<[string, Partial<EnteredQuantity>, string]>([
  ['ABC-999', {}, 'ABC-999'],
  ['ABC', SCANNER, 'ABC'],
  ['(01)04006381399999(10)AB', {}, '04006381399999'],
  [']C10104006381399999', SCANNER, '04006381399999'],
])('"%s" %j is the code "%s" of no product', (text, how, code) => {
  const detail = `“${text}” is a code, not a quantity.`;
  expect(read(text, how)).toEqual({ is: 'code', text, code, detail });
});

test.each<[string, Partial<EnteredQuantity>]>([
  ['', {}],
  ['12 pcs', {}],
  ['0', {}],
  ['1.5', {}],
  ['two', {}],
  ['012', {}],
  ['3000000000', {}],
])('"%s" %j is wrong', (text, how) => {
  expect(read(text, how)).toEqual({ is: 'wrong', detail: expect.stringMatching(/^Type /) });
});

test.each<[string, Partial<EnteredQuantity>, string]>([
  ['5000', {}, '5000'],
  ['42', SCANNER, '42'],
  ['(ààà', FRENCH('5000'), '5000'],
])('"%s" %j is to be asked about', (text, how, digits) => {
  expect(read(text, how)).toMatchObject({ is: 'doubtful', typed: { text: digits } });
});

test.each<[string, Partial<EnteredQuantity>, number]>([
  ['1', {}, 1],
  ['12', {}, 12],
  ['0', { kind: 'count' }, 0],
  ['é', FRENCH('2'), 2],
  // The number of a product, and a short code that is typed by hand, may as well be quantities.
  ['2', {}, 2],
  ['77', { kind: 'receipt' }, 77],
])('"%s" %j is the quantity %d', (text, how, quantity) => {
  expect(read(text, how)).toEqual({ is: 'taken', quantity });
});
