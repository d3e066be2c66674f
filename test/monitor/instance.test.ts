import { createServer } from 'node:http';
import { ServiceProcess } from '../faults/service-process';
import { until } from '../faults/until';
import { freePort } from '../servers/free-port';
import { type LedgerPlace, sqlitePlace } from '../stores';

const OURS = 'our-shop-1';
/** What a monitor's log says of another service than its own. */
const OTHER = 'is not the one that this monitor watches';

describe('a monitor that was given an INSTANCE_ID', () => {
  const places: LedgerPlace[] = [];
  let port: number;
  beforeEach(async () => {
    port = await freePort();
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    for (const place of places.splice(0)) await place.remove();
  });

  /** A shop on the port, with a product that is out of stock. */
  const shop = async (settings: Record<string, string>) => {
    const place = await sqlitePlace();
    places.push(place);
    const service = await ServiceProcess.start({
      ...place.environment,
      ...settings,
      PORT: String(port),
    });
    await service.count(1, 0);
    return service;
  };
  const stop = async (service: ServiceProcess) => {
    service.kill('SIGKILL');
    await service.exited;
  };
  const watch = () =>
    ServiceProcess.startMonitor({ API_URL: `http://127.0.0.1:${port}`, INSTANCE_ID: OURS });
  const alertsOf = async (service: ServiceProcess) => (await service.get('/alerts')).body;
  const warnings = (monitor: ServiceProcess) =>
    monitor.log.filter(({ msg }) => msg.includes(OTHER));

  test.each([
    ['another', { INSTANCE_ID: 'their-shop' }],
    ['none', {}],
  ])(
    'waits where the service has %s, says so once, and begins with its own',
    async (_which, other) => {
      const theirs = await shop(other);
      const monitor = await watch();
      await until('a warning', () => warnings(monitor).length > 0);
      // It has tried again several times by then.
      await until('more looks', async () => (await refusedLooks(theirs)) >= 3);
      expect(await alertsOf(theirs)).toEqual([]);
      expect(warnings(monitor).length).toBe(1);
      await stop(theirs);
      const ours = await shop({ INSTANCE_ID: OURS });
      await until('the alert', async () => (await alertsOf(ours)).length === 1);
    },
  );

  test('changes nothing at a service that takes the place of its own', async () => {
    const ours = await shop({ INSTANCE_ID: OURS });
    const monitor = await watch();
    await until('the alert', async () => (await alertsOf(ours)).length === 1);
    await stop(ours);
    const theirs = await shop({ INSTANCE_ID: 'their-shop' });
    await theirs.count(2, 0);
    await until('a warning', () => warnings(monitor).length > 0);
    await until('more looks', async () => (await refusedLooks(theirs)) >= 3);
    expect(await alertsOf(theirs)).toEqual([]);
    expect((await theirs.get('/alerts/checkpoint')).body.record).toBeNull();
  });

  test('sends no change to a server that does not know the header', async () => {
    const methods: (string | undefined)[] = [];
    const server = createServer((req, res) => {
      methods.push(req.method);
      res.setHeader('Content-Type', 'application/json');
      res.end('{"record":null,"revision":0,"asOf":0,"products":[],"today":"2026-01-01"}');
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const monitor = await watch();
    await until('some looks', () => methods.length >= 4);
    expect(new Set(methods)).toEqual(new Set(['GET']));
    expect(warnings(monitor).length).toBe(1);
    server.closeAllConnections();
    server.close();
  });
});

/** How many requests a service has refused since they were for another. */
async function refusedLooks(service: ServiceProcess): Promise<number> {
  return service.log.filter(({ status }) => status === 421).length;
}
