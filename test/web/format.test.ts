import { price, sum, typedPrice } from '../../app/web/ui/format';

/** The form that this machine's language has for a number of two decimals or more. */
function shown(number: number): string {
  return number.toLocaleString(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}

describe('money', () => {
  test.each([
    [18.9, '18.90'],
    [0, '0.00'],
    [4, '4.00'],
    [0.0375, '0.0375'],
    [1_190.7, '1190.70'],
    [999_999_999.9999, '999999999.9999'],
    // Sums of prices, as floating point has them.
    [0.1 + 0.2, '0.30'],
  ])('%d has two decimals at least, and four at most', (number, typed) => {
    expect(typedPrice(number)).toBe(typed);
    expect(price(number)).toBe(shown(number));
    expect(sum(number)).toBe(shown(number));
  });

  test('that is not known is empty to type, and a dash to read', () => {
    expect([typedPrice(null), typedPrice(undefined)]).toEqual(['', '']);
    expect([price(null), sum(undefined)]).toEqual(['–', '–']);
  });
});
