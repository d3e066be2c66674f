import { Calendar, UTC } from '../../app/ledger/calendar';
import type { LedgerRecord } from '../../app/ledger/record';
import { dailySales, negated } from '../../app/ledger/sales';
import { record, sale } from './records';

const inUtc = ({ recordedAt }: LedgerRecord) => UTC.dayOf(recordedAt);

const unpriced = { unitsPriced: 0, revenue: 0n };

describe('dailySales', () => {
  test('sums units by day and product, each pair once, in order', () => {
    const late = { recordedAt: new Date('2026-11-23T23:59:59.999Z') };
    const early = { recordedAt: new Date('2026-11-24T00:00:00.000Z') };
    const sums = dailySales(
      [sale(1, 2, 1, early), sale(2, 2, 5, late), sale(3, 1, 1, late), sale(4, 2, 3, late)],
      inUtc,
    );
    expect(sums).toEqual([
      { day: '2026-11-23', productID: 1, unitsSold: 1, ...unpriced },
      { day: '2026-11-23', productID: 2, unitsSold: 8, ...unpriced },
      { day: '2026-11-24', productID: 2, unitsSold: 1, ...unpriced },
    ]);
  });

  test('sums revenue exactly for known prices, less what was returned', () => {
    const [sum] = dailySales(
      [
        sale(1, 1, 2_147_483_647, { unitPrice: 4_194_304 }),
        sale(2, 1, 3, { unitPrice: 1 }),
        sale(3, 1, 5),
        sale(4, 1, -1, { unitPrice: 1, reason: 'return', saleRecord: 2 }),
      ],
      inUtc,
    );
    expect(sum).toMatchObject({
      unitsSold: 2_147_483_654,
      unitsPriced: 2_147_483_649,
      revenue: 2_147_483_647n * 4_194_304n + 2n,
    });
  });

  test('leaves counts out', () => {
    expect(dailySales([record(1), record(2)], inUtc)).toEqual([]);
  });

  test('takes the days of the calendar that it is given', () => {
    const berlin = new Calendar('Europe/Berlin');
    const late = sale(1, 2, 3, { recordedAt: new Date('2026-11-23T23:30:00.000Z') });
    const sums = dailySales([late], ({ recordedAt }) => berlin.dayOf(recordedAt));
    expect(sums).toEqual([{ day: '2026-11-24', productID: 2, unitsSold: 3, ...unpriced }]);
  });
});

test('sales and what takes them back leave nothing', () => {
  const sold = dailySales([sale(1, 2, 3, { unitPrice: 4 }), sale(2, 1, 1)], inUtc);
  expect(negated(sold)).toMatchObject([
    { productID: 1, unitsSold: -1, unitsPriced: 0, revenue: 0n },
    { productID: 2, unitsSold: -3, unitsPriced: -3, revenue: -12n },
  ]);
});
