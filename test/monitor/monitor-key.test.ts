import { ServiceProcess } from '../faults/service-process';
import { until } from '../faults/until';
import { onEveryStore } from '../stores';

const KEY = '0123456789abcdef'.repeat(4);

onEveryStore((place) => {
  afterEach(() => ServiceProcess.killAll());

  test('with ACCESS=keys the monitor opens alerts by its key, which no log has', async () => {
    const { environment } = place();
    const keys = { ACCESS: 'keys', MONITOR_KEY: KEY };
    const [open, service] = await Promise.all([
      ServiceProcess.start(environment),
      ServiceProcess.start({ ...environment, ...keys }),
    ]);
    await open.count(7, 0);
    const API_URL = `http://127.0.0.1:${service.port}`;
    const monitor = await ServiceProcess.startMonitor({ ...keys, API_URL });
    const alert = await until('the alert', async () => (await open.get('/alerts')).body[0]);
    expect(alert).toMatchObject({ productID: 7, kind: 'out' });
    for (const { log } of [service, monitor]) expect(JSON.stringify(log)).not.toContain(KEY);
  });
});

test('with ACCESS=keys and without its key it says in one line what is missing', async () => {
  const { code, stdout, stderr } = await ServiceProcess.run({ ACCESS: 'keys' }, 'monitor');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^MONITOR_KEY is required with ACCESS=keys: .*\n$/);
});
