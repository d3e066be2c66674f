import { dailySales } from '../../app/ledger/sales';
import { record, sale } from './records';

describe('dailySales', () => {
  test('sums units by UTC day and product, each pair once, in order', () => {
    const late = { recordedAt: new Date('2026-11-23T23:59:59.999Z') };
    const early = { recordedAt: new Date('2026-11-24T00:00:00.000Z') };
    const sums = dailySales([
      sale(1, 2, 1, early),
      sale(2, 2, 5, late),
      sale(3, 1, 1, late),
      sale(4, 2, 3, late),
    ]);
    expect(sums).toEqual([
      { day: '2026-11-23', productID: 1, unitsSold: 1 },
      { day: '2026-11-23', productID: 2, unitsSold: 8 },
      { day: '2026-11-24', productID: 2, unitsSold: 1 },
    ]);
  });

  test('leaves counts out', () => {
    expect(dailySales([record(1), record(2)])).toEqual([]);
  });
});
