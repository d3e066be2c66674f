import { sale } from '../ledger/records';
import { sqlitePlace } from '../stores';
import { appendRecords } from './turn-entries';

const MAX = 2n ** 63n - 1n;

test('a row that was full before there was a carry is read, and goes on', async () => {
  const place = await sqlitePlace();
  const store = place.open();
  try {
    await appendRecords(store, sale(1, 1, 1, { unitPrice: 1 }), sale(2, 2, 1, { unitPrice: 1 }));
    await place.sql(`UPDATE sales_daily SET revenue = ${MAX}`);
    const revenues = async () =>
      (await store.dailySales({ limit: 5 })).map(({ revenue }) => revenue);
    expect(await revenues()).toEqual([MAX, MAX]);
    expect((await store.salesByDay({})).rows).toMatchObject([{ revenue: 2n * MAX }]);
    await appendRecords(store, sale(3, 1, 1, { unitPrice: 5 }));
    await appendRecords(store, sale(4, 1, -1, { unitPrice: 2 }));
    expect(await revenues()).toEqual([MAX + 3n, MAX]);
  } finally {
    await store.close();
    await place.remove();
  }
});
