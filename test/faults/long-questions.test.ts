import mysql from 'mysql2/promise';
import { Ledger } from '../../app/ledger/ledger';
import { mysqlPlace } from '../stores';

const surroundings = { now: () => new Date(), drawTurnMark: () => 7, onRewound: () => {} };
const limits = {
  writer: { queueLimit: 10, groupLimit: 10, timeoutMs: 10_000 },
  reads: { timeoutMs: 1_000, tries: 1 },
};

test('on MySQL stock and keys are answered however many long questions are under way', async () => {
  const place = await mysqlPlace();
  const store = place.open();
  const ledger = new Ledger(store, surroundings, limits);
  await ledger.load();
  const { database, ...server } = place.address;
  const other = await mysql.createConnection({ ...server, database });
  try {
    await other.query('LOCK TABLES sales_daily WRITE');
    let answered = 0;
    const asked = Array.from({ length: 8 }, (_, index) =>
      ledger.ask
        .dailySales({ from: '2026-11-01', to: '2026-11-02', limit: index + 1 } as never)
        .finally(() => {
          answered += 1;
        }),
    );
    const settled = Promise.allSettled(asked);
    await ledger.stock();
    expect(await ledger.ask.request('none')).toBeUndefined();
    await ledger.stock();
    expect(answered).toBe(0);
    await other.query('UNLOCK TABLES');
    expect((await settled).map(({ status }) => status)).toEqual(asked.map(() => 'fulfilled'));
  } finally {
    await other.end();
    await ledger.close();
    await store.close();
    await place.remove();
  }
});
