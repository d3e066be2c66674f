import fc from 'fast-check';
import { pino } from 'pino';
import type { z } from 'zod';
import { createApp } from '../../app/http/app';
import { Ledger } from '../../app/ledger/ledger';
import type { LedgerRecord } from '../../app/ledger/record';
import type { LedgerStore } from '../../app/ledger/store';
import { overviewAnswer } from '../../app/wire/overview';
import { onEveryStore, STORES, sqlitePlace } from '../stores';
import { appendPast, pastSale } from './past';
import { expectFaults } from './problem-answer';
import { type Listening, listen, startService, type TestService, useService } from './service';

type Overview = z.infer<typeof overviewAnswer>;
type Product = Overview['products'][number];

const DAYS = 30;
const DAY_MS = 86_400_000;

async function overviewOf({ ask }: Pick<TestService, 'ask'>): Promise<Overview> {
  const { status, body } = await ask.get('/overview');
  expect(status).toBe(200);
  expect(overviewAnswer.parse(body)).toEqual(body);
  return body;
}

/** The days of an overview, today last. */
function daysOf({ today }: Overview): string[] {
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(Date.parse(today) + (index - DAYS + 1) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** What `/sales` says was sold of a product on each of those days; nothing where it says nothing. */
async function soldByDay({ ask }: TestService, overview: Overview, productID: number) {
  const days = daysOf(overview);
  const query = { groupBy: 'day', productID, from: days[0], to: overview.today };
  const { body } = await ask.get('/sales').query(query).expect(200);
  const units = new Map<string, number>(
    body.map((row: { day: string; unitsSold: number }) => [row.day, row.unitsSold]),
  );
  return units.size === 0 ? [] : days.map((day) => units.get(day) ?? 0);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Sales and returns of slightly more days than the overview has, up to now. */
const pasts = fc.array(
  fc.record({
    agoMs: fc.integer({ min: 0, max: (DAYS + 3) * DAY_MS }),
    productID: fc.integer({ min: 1, max: 4 }),
    quantity: fc.integer({ min: 1, max: 5 }),
    takesBack: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

type Past = typeof pasts extends fc.Arbitrary<infer T> ? T : never;

/** Records of a past: a return takes back the latest sale of its product, if there is one. */
function recordsOf(past: Past, now: number): Partial<LedgerRecord>[] {
  const records: Partial<LedgerRecord>[] = [];
  const sales = new Map<number, { record: number; quantity: number }>();
  for (const { agoMs, productID, quantity, takesBack } of past.toSorted(
    (a, b) => b.agoMs - a.agoMs,
  )) {
    const recordedAt = new Date(now - agoMs).toISOString();
    const sale = sales.get(productID);
    if (takesBack && sale) {
      const returned = Math.min(quantity, sale.quantity);
      sales.delete(productID);
      records.push({
        ...pastSale(recordedAt, productID, -returned),
        reason: 'return',
        quantityChange: returned,
        saleRecord: sale.record,
      });
    } else {
      records.push(pastSale(recordedAt, productID, quantity));
      sales.set(productID, { record: records.length, quantity });
    }
  }
  return records;
}

onEveryStore((place, name) => {
  const service = useService(place);

  const post = (path: string, body: object) => service.ask.post(path).send(body).expect(201);

  test('of an empty ledger has no products', async () => {
    const overview = await overviewOf(service);
    const today = expect.stringMatching(/^\d{4}-\d\d-\d\d$/);
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/);
    expect(overview).toEqual({
      asOf: 0,
      salesAsOf: 0,
      revision: 0,
      timeZone: 'UTC',
      today,
      todayBegins: moment,
      todayEnds: moment,
      products: [],
    });
    expect(Math.abs(Date.parse(overview.today) - Date.now())).toBeLessThan(2 * DAY_MS);
  });

  test('has all that has a record or is in the catalogue, by productID', async () => {
    const full = { sku: 'BOT-1', barcode: '4006381334044', reorderPoint: 6, reorderQuantity: 10 };
    const image = 'https://example.com/bottle.png';
    await post('/products', { productID: 20, name: 'Bottle', price: 12.5, image, ...full });
    await post('/products', { productID: 3, name: 'Never counted' });
    await post('/products', { productID: 4, name: 'Retired, with stock', price: 2 });
    await post('/products', { productID: 5, name: 'Retired, never counted' });
    await service.ask.delete('/products/4').expect(200);
    await service.ask.delete('/products/5').expect(200);
    for (const productID of [4, 20, 100]) {
      await post('/inventory', { productID, availableQuantity: productID });
    }
    const sale = (await post('/sales', { productID: 20, quantity: 3 })).body;

    const overview = await overviewOf(service);
    expect(overview).toMatchObject({ asOf: 4, salesAsOf: 4, revision: 6 });
    const nothing = {
      name: null,
      sku: null,
      barcode: null,
      price: null,
      reorderPoint: null,
      reorderQuantity: null,
      availableQuantity: null,
      record: null,
      mark: null,
      recordedAt: null,
      unitsSold: [],
    };
    const counted = (productID: number, record: number) => ({
      productID,
      availableQuantity: productID,
      record,
      mark: expect.any(String),
      recordedAt: expect.any(String),
    });
    expect(overview.products).toEqual([
      { ...nothing, productID: 3, name: 'Never counted' },
      { ...nothing, ...counted(4, 1), name: 'Retired, with stock', price: 2, retired: true },
      {
        productID: 20,
        name: 'Bottle',
        price: 12.5,
        ...full,
        availableQuantity: 17,
        record: 4,
        mark: expect.any(String),
        recordedAt: sale.recordedAt,
        unitsSold: [...Array(DAYS - 1).fill(0), 3],
      },
      { ...nothing, ...counted(100, 3) },
    ]);
  });

  test('says of each day what /sales says of it', async () => {
    const property = fc.asyncProperty(pasts, async (past) => {
      const own = await (STORES[name] as (typeof STORES)[string])();
      await appendPast(own, recordsOf(past, Date.now()));
      const shop = await startService(own.environment);
      const compare = async () => {
        const overview = await overviewOf(shop);
        for (const { productID, unitsSold } of overview.products) {
          expect([productID, unitsSold]).toEqual([
            productID,
            await soldByDay(shop, overview, productID),
          ]);
        }
        const [from] = daysOf(overview);
        const query = { from, to: overview.today, limit: 1_000 };
        const { body } = await shop.ask.get('/sales').query(query).expect(200);
        const sellers = overview.products.filter(({ unitsSold }) => unitsSold.length > 0);
        const summed = sellers.map(
          ({ productID, unitsSold }) => [productID, sum(unitsSold)] as const,
        );
        const sums = body.map((row: { productID: number; unitsSold: number }) => [
          row.productID,
          row.unitsSold,
        ]);
        expect(new Map(summed)).toEqual(new Map(sums));
      };
      try {
        await compare();
        // And again, with what the service has kept of the past days.
        await shop.ask.post('/inventory').send({ productID: 1, availableQuantity: 9 }).expect(201);
        const sold = await shop.ask.post('/sales').send({ productID: 1, quantity: 7 }).expect(201);
        await compare();
        const back = { productID: 1, quantityChange: 2, reason: 'return' };
        const saleRecord = sold.body.record;
        await shop.ask
          .post('/inventory')
          .send({ ...back, saleRecord })
          .expect(201);
        await compare();
      } finally {
        await shop.close();
        await own.remove();
      }
    });
    await fc.assert(property, { numRuns: 5 });
  });

  test('is exact as of its records while two services sell', async () => {
    const other = await startService(place().environment);
    const productIDs = [1, 2, 3];
    for (const productID of productIDs) {
      await post('/inventory', { productID, availableQuantity: 1_000 });
    }
    const overviews: Overview[] = [];
    const sell = async ({ ask }: TestService) => {
      for (let number = 0; number < 30; number += 1) {
        const productID = productIDs[number % productIDs.length];
        await ask.post('/sales').send({ productID, quantity: 1 }).expect(201);
      }
    };
    const look = async (at: TestService) => {
      for (let number = 0; number < 15; number += 1) overviews.push(await overviewOf(at));
    };
    await Promise.all([sell(service), sell(other), look(service), look(other)]);
    overviews.push(await overviewOf(service));
    await other.close();

    const records: { record: number; productID: number; quantity?: number }[] = (
      await service.ask.get('/records?limit=1000')
    ).body;
    expect(overviews.at(-1)).toMatchObject({ asOf: 63, salesAsOf: 63 });
    for (const { asOf, salesAsOf, products } of overviews) {
      expect(salesAsOf).toBeLessThanOrEqual(asOf);
      const expected = productIDs.map((productID) => {
        const own = records.filter((record) => record.productID === productID);
        const sales = own.filter(({ record }) => record <= salesAsOf);
        return {
          ...own.filter(({ record }) => record <= asOf).at(-1),
          unitsSold: sum(sales.map(({ quantity = 0 }) => quantity)),
        };
      });
      const summed = ({ unitsSold, ...product }: Product) => ({
        ...product,
        unitsSold: sum(unitsSold),
      });
      expect(products.map(summed)).toMatchObject(
        expected.map(({ productID, record, unitsSold }) => ({ productID, record, unitsSold })),
      );
    }
  });

  test('is 304 for a client that has it, until stock or catalogue change, on any service', async () => {
    await post('/products', { productID: 1, name: 'Something' });
    const other = await startService(place().environment);
    const changes = [
      () => post('/inventory', { productID: 1, availableQuantity: 5 }),
      () => post('/sales', { productID: 1, quantity: 1 }),
      () => other.ask.post('/sales').send({ productID: 1, quantity: 1 }).expect(201),
      () => service.ask.patch('/products/1').send({ price: 3 }).expect(200),
      () => other.ask.patch('/products/1').send({ price: 4 }).expect(200),
      () => service.ask.delete('/products/1').expect(200),
    ];
    const tags = new Set<string>();
    for (const change of [undefined, ...changes]) {
      await change?.();
      const answer = await service.ask.get('/overview').set('If-None-Match', [...tags].join(', '));
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-cache');
      const { etag } = answer.headers as { etag: string };
      expect(tags).not.toContain(etag);
      tags.add(etag);
      // Its forms share the tag, which is weak; a cache in between may have made it strong.
      expect(etag).toMatch(/^W\/"[^"]+"$/);
      for (const known of [etag, etag.slice('W/'.length), `"x", ${etag}`, '*']) {
        for (const { ask } of [service, other]) {
          const again = await ask.get('/overview').set('If-None-Match', known);
          expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
          expect(again.headers.etag).toBe(etag);
        }
      }
    }
    await other.close();
  });

  test('is compressed for a client that accepts that', async () => {
    const changes = Array.from({ length: 200 }, (_, index) => ({
      productID: index + 1,
      availableQuantity: 5,
    }));
    await service.ask.post('/inventory/batch').send({ changes }).expect(201);
    const ask = (encoding: string) => service.ask.get('/overview').set('Accept-Encoding', encoding);
    const plain = await ask('identity');
    const zipped = await ask('gzip');
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(zipped.headers).not.toHaveProperty('content-length');
    expect(zipped.body).toEqual(plain.body);
    expect(plain.body.products).toHaveLength(200);
    expect(zipped.headers.etag).toBe(plain.headers.etag);
    const again = await ask('gzip').set('If-None-Match', zipped.headers.etag as string);
    expect(again.status).toBe(304);
  });

  test('takes no query', async () => {
    expectFaults(await service.ask.get('/overview?asOf=1&limit=5'), 'asOf', 'limit');
  });
});

/** Serves a ledger in a store, by a clock. */
async function serve(store: LedgerStore, now: () => Date): Promise<Listening> {
  const surroundings = { now, drawTurnMark: () => 7, onRewound: () => {} };
  const ledger = new Ledger(store, surroundings, {
    writer: { queueLimit: 10, groupLimit: 10, timeoutMs: 1_000 },
    reads: { timeoutMs: 1_000, tries: 3 },
  });
  const allowedHosts = new Set(['localhost']);
  const limits = {
    allowedHosts,
    bodyLimitBytes: 10_000,
    batchLimitBytes: 10_000,
    importLimitBytes: 10_000,
  };
  const settings = { ...limits, pageFolder: '' };
  const app = createApp(ledger, pino({ level: 'silent' }), settings, new AbortController().signal);
  const listening = await listen(app);
  return {
    ...listening,
    close: async () => {
      await listening.close();
      await ledger.close();
      await store.close();
    },
  };
}

test('has the stock of a sale that comes while sales are read', async () => {
  const place = await sqlitePlace();
  const other = await startService(place.environment);
  await other.ask.post('/inventory').send({ productID: 1, availableQuantity: 5 }).expect(201);
  const store = place.open();
  const unitsSold = store.unitsSold.bind(store);
  store.unitsSold = async (query) => {
    await other.ask.post('/sales').send({ productID: 1, quantity: 1 }).expect(201);
    return unitsSold(query);
  };
  const service = await serve(store, () => new Date());
  const overview = await overviewOf(service);
  expect(overview).toMatchObject({ asOf: 2, salesAsOf: 2 });
  expect(overview.products).toMatchObject([{ record: 2, availableQuantity: 4 }]);
  expect(overview.products[0]?.unitsSold.at(-1)).toBe(1);
  await service.close();
  await other.close();
  await place.remove();
});

test('is another one on another day, though nothing was recorded', async () => {
  const place = await sqlitePlace();
  let now = new Date('2026-11-23T23:59:59.999Z');
  const service = await serve(place.open(), () => now);
  await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 5 }).expect(201);
  await service.ask.post('/sales').send({ productID: 1, quantity: 2 }).expect(201);
  const before = await service.ask.get('/overview');
  expect(before.body).toMatchObject({ asOf: 2, salesAsOf: 2, today: '2026-11-23' });
  expect(before.body.products[0].unitsSold).toEqual([...Array(DAYS - 1).fill(0), 2]);

  now = new Date('2026-11-24T00:00:00.000Z');
  const after = await service.ask.get('/overview').set('If-None-Match', `${before.headers.etag}`);
  expect(after.status).toBe(200);
  expect(after.body).toMatchObject({ asOf: 2, salesAsOf: 2, today: '2026-11-24' });
  expect(after.body.products[0].unitsSold).toEqual([...Array(DAYS - 2).fill(0), 2, 0]);
  await service.close();
  await place.remove();
});
