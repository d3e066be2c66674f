import { describeMysql, type MysqlPlace, mysqlPlace } from '../stores';
import { keepZone } from './keep-zone';
import { FaultProxy } from './proxy';
import { ServiceProcess } from './service-process';
import { until } from './until';

describeMysql('a database that takes a statement and never answers', () => {
  let place: MysqlPlace;
  let proxy: FaultProxy;
  beforeEach(async () => {
    place = await mysqlPlace();
    await keepZone(place);
    proxy = await FaultProxy.start(place.address);
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await proxy.close();
    await place.remove();
  });

  const startBehindProxy = () =>
    ServiceProcess.start({
      ...place.environment,
      DB_PORT: String(proxy.port),
      READ_TIMEOUT_MS: '100',
      WRITE_TIMEOUT_MS: '100',
    });

  // What a new connection says first, and what every catch-up asks.
  test.each(['SET SESSION time_zone', 'SELECT record'])(
    'does not hang a read at %s: it is answered with 503, and the next one with 200',
    async (statement) => {
      const service = await startBehindProxy();
      await service.count(1, 55);
      proxy.cutAll();
      const seen = proxy.next(statement);
      const reading = service.get('/inventory');
      await seen;
      expect((await service.get('/healthz')).status).toBe(200);
      expect(await reading).toMatchObject({
        status: 503,
        body: { type: '/problems/store-unavailable' },
      });
      expect(await service.get('/inventory')).toMatchObject({
        status: 200,
        body: [{ productID: 1, availableQuantity: 55 }],
      });
    },
  );

  test('makes readiness say that no change can be recorded, while reads go on', async () => {
    const service = await startBehindProxy();
    await service.count(1, 55);
    // What readiness asks, a second after the last change.
    const seen = proxy.next(/AND 1 = 0/);
    const asked = until('readiness to be denied', async () => {
      const answer = await service.get('/readyz');
      return answer.status === 200 ? undefined : answer;
    });
    await seen;
    expect((await service.get('/inventory')).status).toBe(200);
    const { status, body } = await asked;
    expect(status).toBe(503);
    expect(body).toMatchObject({ type: '/problems/store-unavailable' });
    expect(body.detail).toContain('whether a change could be recorded');
    await until('readiness', async () => (await service.get('/readyz')).status === 200);
  });

  test.each(['UPDATE ledger_head', 'INSERT INTO sales_daily'])(
    'does not hang a sale at %s: it is answered with 503, and the next one with 201',
    async (statement) => {
      const service = await startBehindProxy();
      await service.count(1, 2);
      const seen = proxy.next(statement);
      const selling = service.sell(1, 1);
      await seen;
      expect(await selling).toMatchObject({
        status: 503,
        body: { type: '/problems/store-unavailable' },
      });
      // The one before may hold the turn until the server, too, has given it up.
      let next = await service.sell(1, 1);
      while (next.status === 503) next = await service.sell(1, 1);
      expect(next).toMatchObject({ status: 201, body: { record: 2, availableQuantity: 1 } });
    },
  );
});
