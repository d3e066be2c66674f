import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Overloaded } from '../../app/ledger/gate';
import { Ledger } from '../../app/ledger/ledger';
import { stockAsOf } from '../../app/ledger/past-stock';
import type { PastStock } from '../../app/ledger/questions';
import type { LedgerStore } from '../../app/ledger/store';
import { StoreUnavailable } from '../../app/ledger/store-failure';
import { ScanThreads } from '../../app/store/sqlite/scan-threads';
import { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { all, counted, each, sold } from '../ledger/commands';
import { record } from '../ledger/records';
import { databaseFolder } from '../servers/folder';
import { onEveryStore } from '../stores';
import { turnsDuring } from '../turns';
import { allOf, loaded } from './loaded';
import { appendRecords } from './turn-entries';

/** More products than are read at a time. */
const PRODUCTS = 1_200;

function ledgerOn(store: LedgerStore): Ledger {
  const surroundings = { now: () => new Date(), drawTurnMark: () => 7, onRewound: () => {} };
  const writer = { queueLimit: 10, groupLimit: 10, timeoutMs: 1_000 };
  return new Ledger(store, surroundings, { writer, reads: { timeoutMs: 1_000, tries: 3 } });
}

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  const QUESTIONS: Record<string, () => Promise<unknown>> = {
    dailySales: () => store.dailySales({ limit: 10 }),
    deadLetters: () => store.deadLetters(),
    deliveriesOf: () => store.deliveriesOf([1]),
    explain: () => store.explain({ productID: 1, asOf: 9 }),
    history: () => store.history({ productID: 1, reason: 'waste', limit: 5 }),
    latestAsOf: () => store.latestAsOf(1, 0, 10),
    resolvedAlerts: () => store.resolvedAlerts({ limit: 10 }),
    salesByDay: () => store.salesByDay({}),
    topSellers: () => store.topSellers({ limit: 5, by: 'revenue' }),
    unfinishedDeliveries: () => store.unfinishedDeliveries(0, 10),
  };

  test.each(Object.keys(QUESTIONS))(
    '%s, which may read much, leaves the event loop to others meanwhile',
    async (name) => {
      await appendRecords(store, record(1));
      expect(await turnsDuring(QUESTIONS[name] as () => Promise<unknown>)).toBeGreaterThan(0);
    },
  );

  test('many products are loaded, and read of a past moment, part by part and none twice', async () => {
    const numbers = Array.from({ length: PRODUCTS }, (_, index) => index + 1);
    await appendRecords(store, ...numbers.map((n) => record(n, { productID: 2 * n })));
    const last = PRODUCTS + 1;
    await appendRecords(store, record(last, { productID: 4, availableQuantity: 9 }));
    const ledger = ledgerOn(store);
    const all = (await loaded(store.records)).map((read) => read.record);
    expect(all.toSorted((a, b) => a - b)).toEqual([1, ...numbers.slice(2), last]);
    let past: number[] = [];
    const turns = await turnsDuring(async () => {
      past = (await allOf(stockAsOf(ledger.ask, PRODUCTS))).map((read) => read.record);
    });
    expect(past).toEqual(numbers);
    expect(turns).toBeGreaterThan(1);
  });
});

onEveryStore((place) => {
  test('a large submission is seen whole or not at all, even by a read in the middle of it', async () => {
    const store = place().open();
    const elsewhere = place().open();
    const ledgers = [ledgerOn(store), ledgerOn(elsewhere)];
    const count = 12_000;
    const commands = Array.from({ length: count }, (_, index) =>
      counted(7, { productID: index + 1 }),
    );
    let isOver = false;
    const submitting = ledgers[0]?.submit(all(...commands)).finally(() => {
      isOver = true;
    });
    const seen = new Set<number>();
    while (!isOver) {
      // Each is looked at when it is given: it may grow again while another is waited for.
      const look = async (ledger: Ledger) => {
        const stock = await ledger.stock();
        seen.add(stock.last?.record ?? 0).add(stock.size);
      };
      await Promise.all(ledgers.map(look));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await submitting).toMatchObject({ answer: 'outcomes' });
    for (const number of seen) expect([0, count]).toContain(number);
    for (const ledger of ledgers) expect((await ledger.stock()).last?.record).toBe(count);
    expect(await ledgers[1]?.submit(all(sold(1)))).toMatchObject({
      outcomes: [{ record: count + 1, availableQuantity: 6 }],
    });
    await store.close();
    await elsewhere.close();
  });
});

onEveryStore((place) => {
  test('the copy of a large request is answered as the first was', async () => {
    const store = place().open();
    const ledger = ledgerOn(store);
    const commands = Array.from({ length: 2_500 }, (_, index) =>
      index % 7 === 0 ? sold(1, { productID: 9_999 }) : counted(7, { productID: index + 1 }),
    );
    const request = { key: 'k', fingerprint: '0'.repeat(64), resource: 'batch-each' };
    const submission = { ...each(...commands), request };
    const first = await ledger.submit(submission);
    const copy = await ledger.submit(submission);
    await store.close();
    expect(copy).toEqual({ ...first, replayed: true });
  });
});

test('only a limited number of long questions wait, of any kind', async () => {
  const folder = databaseFolder('inventory-questions-');
  const store = new SqliteStore(path.join(folder, 'ledger.sqlite'));
  const ledger = ledgerOn(store);
  const asked = Array.from({ length: 70 }, (_, place) =>
    place % 2 === 0 ? ledger.ask.dailySales({ limit: 10 }) : allOf(stockAsOf(ledger.ask, 9)),
  );
  const settled = await Promise.allSettled(asked);
  // Four are under way, and 60 wait.
  expect(settled.slice(0, 64).every(({ status }) => status === 'fulfilled')).toBe(true);
  const overloaded = { status: 'rejected', reason: expect.any(Overloaded) };
  expect(settled.slice(64)).toEqual(Array(6).fill(overloaded));
  await store.close();
  rmSync(folder, { recursive: true });
});

test('a past in which few products had a record is read in parts of bounded work', async () => {
  const folder = databaseFolder('inventory-past-');
  const store = new SqliteStore(path.join(folder, 'ledger.sqlite'));
  const many = 12_000;
  // The product with the largest number came first: to find it every other one is stepped over.
  const numbers = Array.from({ length: many }, (_, index) => index + 1);
  await appendRecords(store, ...numbers.map((n) => record(n, { productID: many + 1 - n })));
  const parts: PastStock[] = [];
  for (let next: number | undefined = 0; next !== undefined; next = parts.at(-1)?.next) {
    parts.push(await store.latestAsOf(1, next, 500));
  }
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.flatMap(({ records }) => records.map((found) => found.productID))).toEqual([many]);
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a thread that reads', () => {
  let folder: string;
  let file: string;
  let threads: ScanThreads;
  beforeEach(() => {
    folder = databaseFolder('inventory-threads-');
    file = path.join(folder, 'ledger.sqlite');
    threads = new ScanThreads(file);
  });
  afterEach(async () => {
    await threads.close();
    rmSync(folder, { recursive: true });
  });

  test('that dies makes its question fail as unavailable, and the next one is answered', async () => {
    mkdirSync(file);
    const asking = threads.ask('deadLetters');
    await expect(asking).rejects.toThrow(StoreUnavailable);
    rmdirSync(file);
    const store = new SqliteStore(file);
    expect(await threads.ask('deadLetters')).toBe(0);
    await store.close();
  });

  test('sees what was committed before it was asked, by any process', async () => {
    const store = new SqliteStore(file);
    for (let number = 1; number <= 20; number += 1) {
      await appendRecords(store, record(number));
      const asked = Array.from({ length: 5 }, () => threads.ask('latestAsOf', 99, 0, 1));
      for (const { records } of await Promise.all(asked)) expect(records[0]?.record).toBe(number);
    }
    await store.close();
  });

  test('takes so many questions, and turns further ones away at once', async () => {
    const store = new SqliteStore(file);
    const asked = Array.from({ length: 300 }, () => threads.ask('deadLetters').catch((e) => e));
    const answers = await Promise.all(asked);
    expect(answers.slice(0, 256)).toEqual(Array(256).fill(0));
    expect(answers.at(-1)).toBeInstanceOf(Overloaded);
    await store.close();
  });

  test('tells a fault from what may pass', async () => {
    const store = new SqliteStore(file);
    const asking = threads.ask('history', { productID: {} as number, limit: 1 });
    await expect(asking).rejects.toThrow(/^history: /);
    await expect(asking).rejects.not.toThrow(StoreUnavailable);
    await store.close();
    await threads.close();
    await expect(threads.ask('deadLetters')).rejects.toThrow(StoreUnavailable);
  });
});
