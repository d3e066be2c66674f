import { UTC } from '../../app/ledger/calendar';
import { RecentSalesReader, type SalesSource } from '../../app/ledger/recent-sales';
import type { LedgerRecord } from '../../app/ledger/record';
import { dailySales } from '../../app/ledger/sales';
import { record, sale } from './records';

const DAYS = 4;
const NONE = [0, 0, 0];

/** A ledger whose store counts its questions, and a clock that the test sets. */
class Shop implements SalesSource {
  now = '2026-11-23T12:00:00.000Z';
  records: LedgerRecord[] = [];
  /** The first day of each reading of past days. */
  readonly pastReadings: (string | undefined)[] = [];
  todayReadings = 0;
  /** Happens while past days are read. */
  meanwhile: () => void = () => {};
  readonly reader = new RecentSalesReader(
    this,
    async () => ({ calendar: UTC, ...UTC.boundsAt(new Date(this.now)) }),
    DAYS,
  );
  #stock: Awaited<ReturnType<SalesSource['stock']>> = this.#load();

  /** Appends a sale, or a return if the quantity is negative. */
  sell(recordedAt: string, productID: number, quantity: number): void {
    this.append(sale(this.#next, productID, quantity, { recordedAt: new Date(recordedAt) }));
  }

  count(recordedAt: string): void {
    this.append(record(this.#next, { recordedAt: new Date(recordedAt) }));
  }

  append(...records: LedgerRecord[]): void {
    this.records.push(...records);
  }

  /** Becomes another ledger, as after a backup is restored, so that memory loads it again. */
  restore(records: LedgerRecord[]): void {
    this.records = records;
    this.#stock = this.#load();
  }

  async sold(...productIDs: number[]) {
    const sales = await this.reader.current();
    return productIDs.map((productID) => sales.of(productID));
  }

  async stock() {
    return this.#stock;
  }

  async dailySales({ from = '', to = '', after, limit }: Parameters<SalesSource['dailySales']>[0]) {
    if (!after) this.pastReadings.push(from);
    const rows = dailySales(this.records, this.#dayOf).filter(
      ({ day, productID }) =>
        day >= from &&
        day <= to &&
        (!after || day > after.day || (day === after.day && productID > after.productID)),
    );
    this.meanwhile();
    return rows.slice(0, limit);
  }

  async cancelledSince(after: number) {
    return this.records
      .filter(({ record, reason }) => record > after && reason === 'cancellation')
      .map(({ saleRecord }) => this.#soldAt(saleRecord));
  }

  /** Cancels a sale. */
  cancel(recordedAt: string, saleRecord: number): void {
    const { productID, quantity } = this.records[saleRecord - 1] as LedgerRecord;
    this.append(
      sale(this.#next, productID, 0 - Number(quantity), {
        reason: 'cancellation',
        saleRecord,
        recordedAt: new Date(recordedAt),
      }),
    );
  }

  async unitsSold(today: string) {
    this.todayReadings += 1;
    const rows = dailySales(this.records, this.#dayOf).filter(({ day }) => day === today);
    return {
      asOf: this.records.at(-1)?.record ?? 0,
      productIDs: Float64Array.from(rows, ({ productID }) => productID),
      unitsSold: Float64Array.from(rows, ({ unitsSold }) => unitsSold),
    };
  }

  readonly #dayOf = ({ reason, saleRecord, recordedAt }: LedgerRecord) =>
    UTC.dayOf(reason === 'cancellation' ? this.#soldAt(saleRecord) : recordedAt);

  #soldAt(saleRecord: number | null): Date {
    return (this.records[(saleRecord ?? 0) - 1] as LedgerRecord).recordedAt;
  }

  get #next(): number {
    return this.records.length + 1;
  }

  #load() {
    const last = () => this.records.at(-1) ?? null;
    const lastCancellation = () =>
      this.records.findLast(({ reason }) => reason === 'cancellation')?.record ?? 0;
    return {
      get last() {
        return last();
      },
      get lastCancellation() {
        return lastCancellation();
      },
    };
  }
}

test('an empty ledger has sold nothing', async () => {
  const shop = new Shop();
  const sales = await shop.reader.current();
  expect(sales).toMatchObject({ asOf: 0, today: '2026-11-23' });
  expect(sales.of(1)).toEqual([]);
});

test('sales are given by day, today last, less what was returned', async () => {
  const shop = new Shop();
  shop.sell('2026-11-19T23:59:59.999Z', 1, 100);
  shop.sell('2026-11-20T00:00:00.000Z', 1, 5);
  shop.sell('2026-11-22T10:00:00.000Z', 1, 2);
  shop.sell('2026-11-22T11:00:00.000Z', 1, -3);
  shop.sell('2026-11-23T11:00:00.000Z', 1, 7);
  shop.sell('2026-11-23T11:30:00.000Z', 2, 1);
  const sales = await shop.reader.current();
  expect(sales).toMatchObject({ asOf: 6, today: '2026-11-23' });
  expect(sales.of(1)).toEqual([5, 0, -1, 7]);
  expect(sales.of(2)).toEqual([...NONE, 1]);
  expect(sales.of(3)).toEqual([]);
});

test('past days are read once, and today again after a new record', async () => {
  const shop = new Shop();
  shop.sell('2026-11-22T10:00:00.000Z', 1, 2);
  shop.count('2026-11-23T09:00:00.000Z');
  await shop.sold(1);
  await shop.sold(1);
  expect(shop).toMatchObject({ pastReadings: ['2026-11-20'], todayReadings: 1 });
  shop.sell('2026-11-23T10:00:00.000Z', 1, 4);
  expect(await shop.sold(1)).toEqual([[0, 0, 2, 4]]);
  expect(shop).toMatchObject({ pastReadings: ['2026-11-20'], todayReadings: 2 });
});

test('past days are read over any number of pages', async () => {
  const shop = new Shop();
  for (const day of ['20', '21', '22']) {
    for (let productID = 1; productID <= 4_000; productID += 1) {
      shop.sell(`2026-11-${day}T10:00:00.000Z`, productID, productID);
    }
  }
  expect(await shop.sold(1, 2_000, 2_001, 4_000)).toEqual([
    [1, 1, 1, 0],
    [2_000, 2_000, 2_000, 0],
    [2_001, 2_001, 2_001, 0],
    [4_000, 4_000, 4_000, 0],
  ]);
});

test('at midnight the days move on, and only the day that has ended is read', async () => {
  const shop = new Shop();
  shop.sell('2026-11-20T10:00:00.000Z', 1, 9);
  shop.sell('2026-11-21T10:00:00.000Z', 1, 3);
  shop.sell('2026-11-23T10:00:00.000Z', 1, 4);
  shop.sell('2026-11-23T11:00:00.000Z', 2, 6);
  expect(await shop.sold(1, 2)).toEqual([
    [9, 3, 0, 4],
    [...NONE, 6],
  ]);
  shop.now = '2026-11-24T00:00:00.000Z';
  const sales = await shop.reader.current();
  expect(sales).toMatchObject({ asOf: 4, today: '2026-11-24' });
  expect([sales.of(1), sales.of(2)]).toEqual([
    [3, 0, 4, 0],
    [0, 0, 6, 0],
  ]);
  expect(shop.pastReadings).toEqual(['2026-11-20', '2026-11-23']);
});

test('a sale of yesterday that is committed any time after midnight is included', async () => {
  const shop = new Shop();
  shop.count('2026-11-23T10:00:00.000Z');
  shop.now = '2026-11-24T00:00:00.100Z';
  expect(await shop.sold(1)).toEqual([[]]);
  shop.now = '2026-11-24T08:00:00.000Z';
  expect(await shop.sold(1)).toEqual([[]]);
  shop.sell('2026-11-23T23:59:59.999Z', 1, 2);
  expect(await shop.sold(1)).toEqual([[0, 0, 2, 0]]);
  // After the first record of today there can be no more of yesterday.
  shop.count('2026-11-24T08:00:00.100Z');
  expect(await shop.sold(1)).toEqual([[0, 0, 2, 0]]);
  const readings = shop.pastReadings.length;
  shop.sell('2026-11-24T08:00:00.200Z', 1, 1);
  expect(await shop.sold(1)).toEqual([[0, 0, 2, 1]]);
  expect(shop.pastReadings).toHaveLength(readings);
});

test('a sale between the reads of today and of yesterday is included from the next call on', async () => {
  const shop = new Shop();
  shop.sell('2026-11-23T10:00:00.000Z', 1, 1);
  shop.now = '2026-11-24T00:00:00.100Z';
  shop.meanwhile = () => {
    shop.meanwhile = () => {};
    shop.sell('2026-11-23T23:59:59.999Z', 1, 2);
  };
  const before = await shop.reader.current();
  expect(before.asOf).toBe(1);
  const sales = await shop.reader.current();
  expect(sales.asOf).toBe(2);
  expect(sales.of(1)).toEqual([0, 0, 3, 0]);
});

test('a clock that goes back over midnight has its own days again', async () => {
  const shop = new Shop();
  shop.sell('2026-11-20T10:00:00.000Z', 1, 9);
  shop.sell('2026-11-23T10:00:00.000Z', 1, 4);
  shop.now = '2026-11-24T00:00:00.100Z';
  expect(await shop.sold(1)).toEqual([[0, 0, 4, 0]]);
  shop.now = '2026-11-23T23:59:59.900Z';
  expect(await shop.sold(1)).toEqual([[9, 0, 0, 4]]);
});

describe('another ledger', () => {
  const earlier = () => {
    const shop = new Shop();
    shop.sell('2026-11-22T10:00:00.000Z', 1, 2);
    shop.count('2026-11-23T09:00:00.000Z');
    return shop;
  };
  const RESTORED = [
    sale(1, 1, 50, { recordedAt: new Date('2026-11-22T10:00:00.000Z') }),
    record(2, { recordedAt: new Date('2026-11-23T09:00:00.000Z') }),
  ];

  test('has nothing from the earlier ledger, even if it ends with the same record', async () => {
    const shop = earlier();
    expect(await shop.sold(1)).toEqual([[0, 0, 2, 0]]);
    shop.restore(RESTORED);
    expect(await shop.sold(1)).toEqual([[0, 0, 50, 0]]);
  });

  test('that appears while past days are read has none of them', async () => {
    const shop = earlier();
    shop.meanwhile = () => {
      shop.meanwhile = () => {};
      shop.restore(RESTORED);
    };
    await shop.sold(1);
    expect(await shop.sold(1)).toEqual([[0, 0, 50, 0]]);
  });
});

test('clients that ask at the same time share one read', async () => {
  const shop = new Shop();
  shop.sell('2026-11-22T10:00:00.000Z', 1, 2);
  await Promise.all(Array.from({ length: 50 }, () => shop.reader.current()));
  expect(shop).toMatchObject({ pastReadings: ['2026-11-20'], todayReadings: 1 });
});

test('a failed read fails for all who wait for it, and none of it is kept', async () => {
  const shop = new Shop();
  shop.sell('2026-11-22T10:00:00.000Z', 1, 2);
  shop.meanwhile = () => {
    throw new Error('lost');
  };
  await expect(shop.reader.current()).rejects.toThrow('lost');
  shop.meanwhile = () => {};
  expect(await shop.sold(1)).toEqual([[0, 0, 2, 0]]);
});

test('a cancellation changes a day that was final, which is then read again, and no day before it', async () => {
  const shop = new Shop();
  shop.sell('2026-11-21T10:00:00.000Z', 1, 4);
  shop.sell('2026-11-22T10:00:00.000Z', 1, 5);
  shop.sell('2026-11-23T10:00:00.000Z', 1, 1);
  expect(await shop.sold(1)).toEqual([[0, 4, 5, 1]]);
  const before = await shop.reader.current();
  shop.cancel('2026-11-23T11:00:00.000Z', 2);
  expect(await shop.sold(1)).toEqual([[0, 4, 0, 1]]);
  expect(shop.pastReadings).toEqual(['2026-11-20', '2026-11-22']);
  expect([...((await shop.reader.current()).changedSince(before) ?? [])]).toContain(1);
  // It is final again.
  shop.sell('2026-11-23T12:00:00.000Z', 1, 1);
  expect(await shop.sold(1)).toEqual([[0, 4, 0, 2]]);
  expect(shop.pastReadings).toHaveLength(2);
});

test('a cancellation of a sale of today lowers today', async () => {
  const shop = new Shop();
  shop.sell('2026-11-23T10:00:00.000Z', 1, 4);
  expect(await shop.sold(1)).toEqual([[...NONE, 4]]);
  shop.cancel('2026-11-23T11:00:00.000Z', 1);
  expect(await shop.sold(1)).toEqual([[...NONE, 0]]);
});
