import { METHODS } from 'node:http';
import { Metrics } from '../../app/http/metrics/metrics';
import { sqlitePlace, usePlace } from '../stores';
import { useService } from './service';
import { send } from './wire';

const service = useService(usePlace(sqlitePlace));

/** Methods, routes and statuses that are reported together. */
async function labels(): Promise<string[]> {
  const { text } = await service.ask.get('/metrics');
  const counts = text.matchAll(
    /^http_request_duration_seconds_count\{method="(.*?)",route="(.*?)",status="(.*?)"\}/gm,
  );
  return [...counts].map(([, ...label]) => label.join(' ')).sort();
}

test('labels name only supported methods', async () => {
  for (const method of METHODS) {
    if (method === 'CONNECT') continue;
    for (const path of ['/inventory', '/inventory/1', '/healthz', '/nothing']) {
      await send(service.port, { method, path });
    }
    await send(service.port, { method, path: '/inventory', headers: { Host: 'evil.example' } });
  }
  const routes = ['/healthz', '/inventory', '/inventory/{productID}'];
  const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'];
  expect(await labels()).toEqual(
    [
      ...routes.flatMap((route) => [`OPTIONS ${route} 204`, `other ${route} 405`]),
      ...['GET', 'HEAD'].flatMap((method) => [
        `${method} /healthz 200`,
        `${method} /inventory 200`,
        `${method} /inventory/{productID} 404`,
      ]),
      'POST /inventory 400',
      ...known.flatMap((method) => [`${method} none 404`, `${method} none 421`]),
    ].sort(),
  );
});

test('simultaneous questions share one answer', async () => {
  const metrics = new Metrics();
  let asked = 0;
  metrics.useSource(async () => `answer ${++asked}`);
  const answers = await Promise.all(Array.from({ length: 200 }, () => metrics.text()));
  expect(new Set(answers)).toEqual(new Set(['answer 1']));
  expect(await metrics.text()).toBe('answer 2');
});

test('a scrape that fails once can succeed later', async () => {
  const metrics = new Metrics();
  metrics.useSource(() => Promise.reject(new Error('stuck')));
  await expect(metrics.text()).rejects.toThrow('stuck');
  metrics.useSource(async () => 'answer');
  expect(await metrics.text()).toBe('answer');
});

test('all services in a process share one monitor of its event loop', () => {
  const [one, other] = [new Metrics(), new Metrics()].map(({ registry }) =>
    registry.getSingleMetric('nodejs_eventloop_lag_mean_seconds'),
  );
  expect(one).toBeDefined();
  expect(other).toBe(one);
});
