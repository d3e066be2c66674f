import http from 'node:http';
import { readConfig } from '../../app/config';
import { Metrics } from '../../app/http/metrics/metrics';
import { StoreUnavailable } from '../../app/ledger/store-failure';
import { driftOf, verify } from '../../app/verify';
import { onEveryStore } from '../stores';
import { startService, type TestService, useService } from './service';

/** What a service measures, by name and labels as they stand in the text: `a_total{b="c"}`. prom-client writes Nan. */
async function metricsOf({ ask }: TestService): Promise<Map<string, number>> {
  const { status, headers, text } = await ask.get('/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name = '', value] =
        /^([a-z_]\w*(?:\{(?:\w+="[^"]*",?)+\})?) ([-+.\deE]+|Nan)$/.exec(line) ?? [];
      expect(line).toBe(`${name} ${value}`);
      return [name, Number(value)];
    }),
  );
}

onEveryStore((place) => {
  const service = useService(place);

  const count = (productID: number, availableQuantity: number) =>
    service.ask.post('/inventory').send({ productID, availableQuantity });

  test('requests are counted and timed by method, route and status', async () => {
    await count(1, 5);
    await count(1, 6);
    await count(0, 6);
    await service.ask.get('/inventory/1');
    await service.ask.get('/inventory/2');
    await service.ask.get('/nothing/here');
    const metrics = await metricsOf(service);
    const seen = (method: string, route: string, status: number) =>
      metrics.get(
        `http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`,
      );
    expect(seen('POST', '/inventory', 201)).toBe(2);
    expect(seen('POST', '/inventory', 400)).toBe(1);
    expect(seen('GET', '/inventory/{productID}', 200)).toBe(1);
    expect(seen('GET', '/inventory/{productID}', 404)).toBe(1);
    expect(seen('GET', 'none', 404)).toBe(1);
    const sum = 'http_request_duration_seconds_sum{method="POST",route="/inventory",status="201"}';
    expect(metrics.get(sum)).toBeGreaterThan(0);
  });

  test('commits are counted with what they answered, appended and took', async () => {
    const before = await metricsOf(service);
    expect(before.get('inventory_commit_seconds_count')).toBe(0);
    await count(1, 5);
    const changes = [1, 2, 3].map((productID) => ({ productID, availableQuantity: 1 }));
    await service.ask.post('/inventory/batch').send({ changes }).expect(201);
    const metrics = await metricsOf(service);
    expect(metrics.get('inventory_commit_seconds_count')).toBe(2);
    expect(metrics.get('inventory_commit_seconds_sum')).toBeGreaterThan(0);
    expect(metrics.get('inventory_commit_submissions_sum')).toBe(2);
    expect(metrics.get('inventory_commit_records_sum')).toBe(4);
    expect(metrics.get('inventory_records')).toBe(4);
    expect(metrics.get('inventory_queue_length')).toBe(0);
    expect(metrics.get('inventory_open_holds')).toBe(0);
  });

  test('a refusal is no commit', async () => {
    await service.ask.post('/sales').send({ productID: 9, quantity: 1 }).expect(404);
    expect((await metricsOf(service)).get('inventory_commit_seconds_count')).toBe(0);
  });

  test('catch-ups are counted with the records that others appended', async () => {
    await count(1, 5);
    const before = await metricsOf(service);
    const insert = 'INSERT INTO inventory (productID, availableQuantity) VALUES (5, 6)';
    for (const _ of [1, 2, 3]) await place().sql(insert);
    expect((await metricsOf(service)).get('inventory_records')).toBe(1);
    await service.ask.get('/inventory');
    const after = await metricsOf(service);
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(grown('inventory_catch_up_seconds_count')).toBe(1);
    expect(grown('inventory_catch_up_records_sum')).toBe(3);
    expect(after.get('inventory_records')).toBe(4);
  });

  test('the lag is absent until the stock is loaded, grows, and is cut by each catch-up', async () => {
    const lag = async () => (await metricsOf(service)).get('inventory_catch_up_lag_seconds');
    expect(await lag()).toBeUndefined();
    await service.ask.get('/inventory');
    const first = Number(await lag());
    expect(Number(await lag())).toBeGreaterThan(first);
    const begun = performance.now();
    await service.ask.get('/inventory');
    // However slow all is: the catch-up came after `begun`.
    const last = Number(await lag());
    expect(last).toBeLessThanOrEqual((performance.now() - begun) / 1_000);
  });

  test('open streams are counted while they are open, and never as requests', async () => {
    const headers = { Accept: 'text/event-stream' };
    const asked = http.get({ host: '127.0.0.1', port: service.port, path: '/records', headers });
    const stream = await new Promise<http.IncomingMessage>((resolve) => {
      asked.on('response', resolve);
    });
    expect((await metricsOf(service)).get('inventory_open_streams')).toBe(1);
    stream.destroy();
    const open = async () => (await metricsOf(service)).get('inventory_open_streams');
    for (let still = await open(); still !== 0; still = await open()) expect(still).toBe(1);
    const names = [...(await metricsOf(service)).keys()];
    expect(names.filter((name) => name.includes('route="/records"'))).toEqual([]);
  });

  test('a drift made by hand is found by verify, and shown until verify finds none', async () => {
    const drift = async () => (await metricsOf(service)).get('inventory_drift');
    await count(1, 5);
    await count(2, 5);
    await service.ask.post('/sales').send({ productID: 1, quantity: 2 }).expect(201);
    await service.ask.post('/sales').send({ productID: 2, quantity: 1 }).expect(201);
    expect(await drift()).toBeUndefined();

    const config = readConfig(place().environment);
    expect(await verify(config)).toEqual({
      drift: 0,
      conservation: 0,
      report: expect.stringContaining('answer what'),
    });
    expect(await drift()).toBe(0);

    await place().sql('UPDATE sales_daily SET unitsSold = unitsSold + 1 WHERE productID = 1');
    expect(await drift()).toBe(0);
    const found = await verify(config);
    expect(found.drift).toBe(2);
    // By product, and by day.
    expect(found.report).toContain('DIFFER from the plain ones for GET /sales in 1');
    expect(found.report).toContain('GET /sales?groupBy=day in 1');
    expect(await drift()).toBe(2);
    const verifiedAt = (await metricsOf(service)).get('inventory_verified_timestamp_seconds');
    expect(Math.abs(Number(verifiedAt) - Date.now() / 1_000)).toBeLessThan(60);

    await place().sql('UPDATE sales_daily SET unitsSold = unitsSold - 1 WHERE productID = 1');
    expect((await verify(config)).drift).toBe(0);
    expect(await drift()).toBe(0);
  });

  test('units that are not accounted for are found by verify, and shown until they are', async () => {
    const conservation = async () => (await metricsOf(service)).get('inventory_conservation');
    await count(1, 5);
    const config = readConfig(place().environment);
    expect(await conservation()).toBeUndefined();
    expect(await verify(config)).toMatchObject({ drift: 0, conservation: 0 });
    expect(await conservation()).toBe(0);
    const insert = (onHandQuantity: number, onHandChange: number) =>
      place().sql(
        `INSERT INTO inventory (productID, availableQuantity, onHandQuantity, onHandChange)
         VALUES (1, ${onHandQuantity}, ${onHandQuantity}, ${onHandChange})`,
      );
    await insert(8, 1);
    const found = await verify(config);
    expect(found).toMatchObject({ drift: 0, conservation: 2 });
    expect(found.report).toContain('NOT ACCOUNTED FOR: product 1 at location 1: +2.');
    expect(await conservation()).toBe(2);
    await insert(8, 2);
    expect(await verify(config)).toMatchObject({ drift: 0, conservation: 0 });
    expect(await conservation()).toBe(0);
  });

  test('one process does not measure another', async () => {
    const other = await startService(place().environment);
    await count(1, 5);
    expect((await metricsOf(other)).get('inventory_commit_seconds_count')).toBe(0);
    await other.close();
  });
});

test('while the last verification cannot be read, the one read before is shown', async () => {
  const metrics = new Metrics();
  const verification = { verifiedAt: new Date(0), records: 1, drift: 3, conservation: 4 };
  const readings = [verification, new StoreUnavailable('gone'), undefined];
  metrics.watch({
    queueLength: 0,
    lastKnownRecord: 0,
    checkWritable: async () => {},
    ask: {
      deadLetters: async () => 0,
      latestVerification: async () => {
        const reading = readings.shift();
        if (reading instanceof Error) throw reading;
        return reading;
      },
    },
  });
  expect(await metrics.registry.metrics()).toContain('\ninventory_drift 3\n');
  expect(await metrics.registry.metrics()).toContain('\ninventory_conservation 4\n');
  expect(await metrics.registry.metrics()).not.toContain('\ninventory_drift ');
  expect(readings).toEqual([]);
});

describe('drift', () => {
  const line = (productID: number, unitsSold: number) => ({ productID, unitsSold });
  const plain = [line(1, 9), line(2, 5), line(3, 5)];

  test.each([
    [0, 'is none where all is the same', plain],
    [1, 'has a line that differs', [line(1, 9), line(2, 4), line(3, 5)]],
    [1, 'has a line that is missing', [line(2, 5), line(3, 5)]],
    [1, 'has a line too many', [...plain, line(4, 1)]],
    [2, 'has lines in another order', [line(1, 9), line(3, 5), line(2, 5)]],
  ])('%i %s', (drift, _name, quick) => {
    expect(driftOf({ quick, plain })).toBe(drift);
  });
});
