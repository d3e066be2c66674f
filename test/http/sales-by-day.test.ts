import { onEveryStore } from '../stores';
import { appendPast, pastSale } from './past';
import { expectFaults } from './problem-answer';
import { useService } from './service';
import { tagOf } from './tags';

/** 4.50, as the ledger keeps it. */
const PRICE = 45_000;

onEveryStore((place) => {
  const service = useService(place);

  const answered = async (query: string) => {
    const answer = await service.ask.get(`/sales${query}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  describe('of a past that is known', () => {
    beforeEach(() =>
      appendPast(place(), [
        pastSale('2026-11-01T23:59:59.999Z', 1, 2, PRICE),
        pastSale('2026-11-02T00:00:00.000Z', 1, 3, PRICE),
        pastSale('2026-11-02T10:00:00.000Z', 2, 10, null),
        pastSale('2026-11-02T23:59:59.999Z', 1, 1, null),
        pastSale('2026-11-04T00:00:00.000Z', 3, 1, 900_000),
        pastSale('2026-11-04T12:00:00.000Z', 2, 4, 1),
        // Two of the three of the day before are taken back.
        {
          ...pastSale('2026-11-05T12:00:00.000Z', 1, -2, PRICE),
          reason: 'return',
          quantityChange: 2,
          saleRecord: 2,
        },
        pastSale('2026-11-06T12:00:00.000Z', 4, 0, PRICE),
      ]),
    );

    test('days have what was sold of all products, those without sales left out', async () => {
      const answer = await service.ask.get('/sales?groupBy=day');
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({ etag: tagOf(8), 'cache-control': 'no-cache' });
      expect(answer.body).toEqual([
        { day: '2026-11-01', unitsSold: 2, revenue: 9 },
        { day: '2026-11-02', unitsSold: 14, revenue: 13.5, unitsPriced: 3 },
        { day: '2026-11-04', unitsSold: 5, revenue: 90.0004 },
        { day: '2026-11-05', unitsSold: -2, revenue: -9 },
        { day: '2026-11-06', unitsSold: 0 },
      ]);
    });

    test('days have what was sold of one product', async () => {
      expect(await answered('?groupBy=day&productID=1')).toEqual([
        { day: '2026-11-01', unitsSold: 2, revenue: 9 },
        { day: '2026-11-02', unitsSold: 4, revenue: 13.5, unitsPriced: 3 },
        { day: '2026-11-05', unitsSold: -2, revenue: -9 },
      ]);
      expect(await answered('?groupBy=day&productID=2')).toEqual([
        { day: '2026-11-02', unitsSold: 10 },
        { day: '2026-11-04', unitsSold: 4, revenue: 0.0004 },
      ]);
      expect(await answered('?groupBy=day&productID=9')).toEqual([]);
    });

    test.each([
      ['from=2026-11-02&to=2026-11-02', ['2026-11-02']],
      ['from=2026-11-03', ['2026-11-04', '2026-11-05', '2026-11-06']],
      ['to=2026-11-01', ['2026-11-01']],
      ['from=2026-11-03&to=2026-11-03', []],
      ['from=2026-11-05&to=9999-12-31&productID=1', ['2026-11-05']],
    ])('days are those of %s, both included', async (query, days) => {
      const rows: { day: string }[] = await answered(`?groupBy=day&${query}`);
      expect(rows.map(({ day }) => day)).toEqual(days);
    });

    test('top sellers have their revenue, and how many units that is for', async () => {
      const sellers = [
        { productID: 2, unitsSold: 14, revenue: 0.0004, unitsPriced: 4 },
        { productID: 1, unitsSold: 4, revenue: 13.5, unitsPriced: 3 },
        { productID: 3, unitsSold: 1, revenue: 90 },
        { productID: 4, unitsSold: 0 },
      ];
      expect(await answered('')).toEqual(sellers);
      expect(await answered('?groupBy=product&by=unitsSold')).toEqual(sellers);
    });

    test('top sellers are ranked by revenue if that is asked for', async () => {
      const ranked = async (query: string) =>
        ((await answered(query)) as { productID: number }[]).map(({ productID }) => productID);
      expect(await ranked('?by=revenue')).toEqual([3, 1, 2, 4]);
      expect(await ranked('?by=revenue&limit=1')).toEqual([3]);
      expect(await ranked('?by=revenue&to=2026-11-02')).toEqual([1, 2]);
      expect(await ranked('?by=unitsSold&limit=2')).toEqual([2, 1]);
    });

    test.each(['?groupBy=day', '?groupBy=day&productID=1', '?by=revenue'])(
      '%s is 304 for a client that has it',
      async (query) => {
        const { etag } = (await service.ask.get(`/sales${query}`)).headers as { etag: string };
        const known = service.ask.get(`/sales${query}`).set('If-None-Match', etag);
        expect((await known).status).toBe(304);
        await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 100 });
        const stale = await service.ask.get(`/sales${query}`).set('If-None-Match', etag);
        expect(stale.status).toBe(200);
        expect(stale.headers.etag).toEqual(tagOf(9));
      },
    );

    test('the days of a product add up to what it has among the top sellers', async () => {
      type Row = { unitsSold: number; revenue?: number };
      for (const { productID, unitsSold, revenue = 0 } of await answered('?limit=1000')) {
        const days: Row[] = await answered(`?groupBy=day&productID=${productID}`);
        const sum = (of: (row: Row) => number) => days.reduce((sum, row) => sum + of(row), 0);
        expect(sum((row) => row.unitsSold)).toBe(unitsSold);
        expect(sum((row) => row.revenue ?? 0)).toBeCloseTo(revenue, 4);
      }
    });
  });

  test('a sale counts on the day of its recordedAt, and a return on its own', async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 100 });
    const sale = { productID: 1, quantity: 3, unitPrice: '0.10' };
    const sold = (await service.ask.post('/sales').send(sale)).body;
    const day = sold.recordedAt.slice(0, 10);
    expect((await answered('?groupBy=day'))[0]).toEqual({ day, unitsSold: 3, revenue: 0.3 });
    const back = { productID: 1, reason: 'return', quantityChange: 3, saleRecord: sold.record };
    await service.ask.post('/inventory').send(back);
    const rows: { unitsSold: number; revenue?: number }[] = await answered('?groupBy=day');
    // Two days where midnight came between.
    expect(rows.reduce((sum, { unitsSold }) => sum + unitsSold, 0)).toBe(0);
    expect(rows.reduce((sum, { revenue = 0 }) => sum + revenue, 0)).toBe(0);
  });

  test('nothing sold has no days', async () => {
    const answer = await service.ask.get('/sales?groupBy=day');
    expect(answer.body).toEqual([]);
    expect(answer.headers.etag).toEqual(tagOf(0));
  });

  test('parameters that do not go together are refused', async () => {
    const faulty: [query: string, fields: string[]][] = [
      ['groupBy=day&by=revenue', ['by']],
      ['groupBy=day&by=unitsSold&limit=5', ['by', 'limit']],
      ['productID=1', ['productID']],
      ['groupBy=product&productID=1', ['productID']],
      ['groupBy=day&from=2026-11-02&to=2026-11-01', ['to']],
      ['from=2026-11-02&to=2026-11-01&productID=1', ['to', 'productID']],
      ['groupBy=month', ['groupBy']],
      ['groupBy=', ['groupBy']],
      ['by=price', ['by']],
      ['groupBy=day&groupBy=day', ['groupBy']],
      [
        'groupBy=week&by=x&productID=0&limit=0&from=2026-02-30&to=x&sort=y',
        ['groupBy', 'by', 'productID', 'limit', 'from', 'to', 'sort'],
      ],
    ];
    for (const [query, fields] of faulty) {
      expectFaults(await service.ask.get(`/sales?${query}`), ...fields);
    }
  });
});
