import { fullDecimal, priceOf, shortDecimal, tenThousandths } from '../../app/ledger/money';

test.each([
  [0n, '0'],
  [1n, '0.0001'],
  [45_000n, '4.5'],
  [-378_000n, '-37.8'],
  [-1n, '-0.0001'],
  [189_000_000_000_000_000_001n, '18900000000000000.0001'],
])('%p ten-thousandths are %s', (amount, text) => {
  expect(shortDecimal(amount)).toBe(text);
  expect(tenThousandths(text)).toBe(amount);
  expect(tenThousandths(fullDecimal(amount))).toBe(amount);
});

test('a price is an exact number', () => {
  expect(['0', '4.5', '4.50', '18.9000', '999999999.9999'].map(priceOf)).toEqual([
    0, 45_000, 45_000, 189_000, 9_999_999_999_999,
  ]);
});
