import { money, soldJson } from '../../app/http/answers/entry-json';

describe('what was sold', () => {
  test('says its revenue if any price is known, and for how many units', () => {
    const sold = { unitsSold: 3, unitsPriced: 2, revenue: 90_000n };
    expect(soldJson(sold)).toEqual({ unitsSold: 3, revenue: 9, unitsPriced: 2 });
    expect(soldJson({ ...sold, unitsPriced: 3 })).toEqual({ unitsSold: 3, revenue: 9 });
    expect(soldJson({ unitsSold: 3, unitsPriced: 0, revenue: 0n })).toEqual({ unitsSold: 3 });
  });

  test('keeps a revenue of no units: sold at one price, returned at another', () => {
    expect(soldJson({ unitsSold: 0, unitsPriced: 0, revenue: 40_000n })).toEqual({
      unitsSold: 0,
      revenue: 4,
    });
  });
});

test('sums of money beyond a JSON number are as exact as one can be', () => {
  expect(money(10_000n * 10n ** 18n)).toBe(1e18);
});
