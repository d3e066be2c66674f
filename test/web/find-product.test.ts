import { shopOf } from '../../app/client/shop';
import { productsOf, scannedAsQuantity } from '../../app/web/code/find-product';
import { glance, overviewOf } from './shops';

/** Products 3 and 4 are of a ledger that is older than the rule for codes; 6 has the number of 7 as its SKU. */
const SHOP = shopOf(
  overviewOf([
    glance({ productID: 1, sku: 'ESP-1000', barcode: '0049634068141' }),
    glance({ productID: 2, sku: 'Caf\u00e9', barcode: '04252614' }),
    glance({ productID: 3, sku: 'ab-1' }),
    glance({ productID: 4, sku: 'AB-1' }),
    glance({ productID: 5, sku: 'x', retired: true }),
    glance({ productID: 6, sku: '7', barcode: 'B-1' }),
    glance({ productID: 7, sku: 'B-1' }),
    glance({ productID: 8, sku: 'same', barcode: 'same' }),
  ]),
);

test.each([
  ['0049634068141', [1]],
  ['049634068141', [1]],
  ['00049634068141', [1]],
  ['esp-1000', [1]],
  [' ESP-1000\r', [1]],
  ['CAFE\u0301', [2]],
  ['042100005264', [2]],
  // An exact match goes first. Otherwise both are named, and none is chosen.
  ['ab-1', [3]],
  ['AB-1', [4]],
  ['Ab-1', [3, 4]],
  ['B-1', [6, 7]],
  ['same', [8]],
  ['x', []],
  ['7', [6]],
  ['#7', [7]],
  ['8', [8]],
  ['', []],
  [' ', []],
  ['49634068141', []],
])('the code %p is of the products %p', (code, productIDs) => {
  expect(productsOf(SHOP, code).map(({ productID }) => productID)).toEqual(productIDs);
});

test.each([
  ['1049634068141', '0049634068141'],
  ['12esp-1000', 'ESP-1000'],
  ['ESP-1000', 'ESP-1000'],
  ['3042100005264', '04252614'],
  ['2CAFE\u0301-NOIR', 'Caf\u00e9-noir'],
  ['1STRASSE-9', 'Straße-9'],
  // Fewer characters than a code that is worth the question.
  ['2ab-1', undefined],
  ['12', undefined],
  ['', undefined],
])('in place of a quantity, %p ends with the code %p', (text, code) => {
  const shop = shopOf(
    overviewOf([
      glance({ productID: 1, sku: 'ESP-1000', barcode: '0049634068141' }),
      glance({ productID: 2, sku: 'Caf\u00e9-noir', barcode: '04252614' }),
      glance({ productID: 3, sku: 'ab-1', barcode: 'Straße-9' }),
    ]),
  );
  expect(scannedAsQuantity(shop, text)).toBe(code);
});
