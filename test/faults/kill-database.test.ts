import { tagOf } from '../http/tags';
import { startServer, type TestServer } from '../servers/server';
import { describeMysql, type MysqlPlace, mysqlPlace } from '../stores';
import { readRows, violations } from './ledger-rows';
import { MarkedClients } from './marked-clients';
import { ServiceProcess } from './service-process';
import { until } from './until';

const CLIENTS = 40;
const KILLS = 3;
const ACKNOWLEDGED_BETWEEN = 300;

/** Short, so that an outage is answered soon. */
const TIMEOUTS = { READ_TIMEOUT_MS: '200', WRITE_TIMEOUT_MS: '1000' };

/** A server takes seconds to be made, and to come up again. */
const TIMEOUT_MS = 180_000;

describeMysql('a database that is killed', () => {
  let server: TestServer;
  let place: MysqlPlace;
  let clients: MarkedClients | undefined;
  beforeAll(async () => {
    server = await startServer();
  }, TIMEOUT_MS);
  afterAll(() => server.remove());
  beforeEach(async () => {
    place = await mysqlPlace(server.url);
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await clients?.stop();
    await place.remove();
  });

  const start = () => ServiceProcess.start({ ...place.environment, ...TIMEOUTS });

  test(
    `under load of two processes, ${KILLS} times: what was acknowledged is there once, what was refused is not, and nobody restarts anything`,
    async () => {
      const services = await Promise.all([start(), start()]);
      clients = new MarkedClients(
        CLIENTS,
        (client) => services[client % services.length] as ServiceProcess,
      );
      for (let kill = 0; kill < KILLS; kill++) {
        await clients.more(ACKNOWLEDGED_BETWEEN);
        await server.kill();
        await server.restart();
      }
      await clients.more(ACKNOWLEDGED_BETWEEN);
      await clients.stop();
      const rows = await readRows(place);
      expect(clients.contradictions(rows)).toEqual([]);
      expect(clients.surprises).toEqual([]);
      expect(violations(rows)).toEqual([]);
      for (const service of services) {
        const { headers } = await service.get('/inventory');
        expect(headers.get('etag')).toEqual(tagOf(rows.length));
      }
      const verified = await ServiceProcess.run(place.environment, 'verify');
      expect(verified).toMatchObject({ code: 0 });
    },
    TIMEOUT_MS,
  );

  test(
    'makes a service unready, not dead: its reads and writes are 503 until the database is back',
    async () => {
      const service = await start();
      // It has taken two turns, and would take the next in one packet.
      for (const units of [54, 55]) await service.count(1, units);
      await server.kill();
      const unavailable = {
        status: 503,
        body: { type: '/problems/store-unavailable', status: 503 },
      };
      for (const resource of ['/inventory', '/inventory/1', '/sales', '/readyz']) {
        const answer = await service.get(resource);
        expect(answer).toMatchObject(unavailable);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(await service.count(1, 56)).toMatchObject(unavailable);
      expect(await service.get('/healthz')).toMatchObject({ status: 200 });
      await server.restart();
      expect(await service.get('/readyz')).toMatchObject({ status: 200, body: { record: 2 } });
      expect((await service.get('/inventory')).body).toEqual([
        { productID: 1, availableQuantity: 55 },
      ]);
      expect(await service.sell(1, 5)).toMatchObject({ status: 201, body: { record: 3 } });
    },
    TIMEOUT_MS,
  );

  test(
    'lets a service start that becomes ready by itself once the database is up',
    async () => {
      await server.kill();
      const service = await ServiceProcess.startUnready({ ...place.environment, ...TIMEOUTS });
      const waiting = await service.logged('the database at');
      expect(waiting.msg).toContain('does not answer');
      expect(await service.get('/readyz')).toMatchObject({ status: 503 });
      expect(await service.get('/healthz')).toMatchObject({ status: 200 });
      await server.restart();
      await service.logged('ready');
      await until('ready', async () => (await service.get('/readyz')).status === 200);
      expect(await service.count(1, 55)).toMatchObject({ status: 201, body: { record: 1 } });
    },
    TIMEOUT_MS,
  );
});
