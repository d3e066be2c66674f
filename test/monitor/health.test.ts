import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { healthServer, MonitorHealth } from '../../app/monitor/health';
import { TestClock } from './test-clock';

test('a monitor is well while the service does as it asks, and not when that was a minute ago', async () => {
  const clock = new TestClock(new Date('2036-01-01T00:00:00Z'));
  const health = new MonitorHealth(clock);
  const server = healthServer(health).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const status = async () => (await fetch(`${url}/healthz`)).status;
  expect(await status()).toBe(200);
  clock.moveTo(new Date('2036-01-01T00:02:00Z'));
  expect(await status()).toBe(503);
  health.succeeded();
  expect(await status()).toBe(200);
  expect((await fetch(`${url}/`)).status).toBe(404);
  server.closeAllConnections();
  server.close();
});
