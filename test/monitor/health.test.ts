import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type HealthState, healthServer, MonitorHealth } from '../../app/monitor/monitor-health';
import { until } from '../faults/until';
import { request, sendRaw } from '../http/front/raw';
import { freePort } from '../servers/free-port';
import { sqlitePlace } from '../stores';
import { WEBHOOK_SECRET } from './receivers';
import { TestClock } from './test-clock';
import { MAIL_TO, TimedShop } from './timed-shop';

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

test('GET answers the health of a monitor to clients that use an address or localhost', async () => {
  const health = new MonitorHealth(new TestClock(new Date('2036-01-01T00:00:00Z')));
  const server = healthServer(health).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = (line: string, host: string) =>
    sendRaw(port, request(`${line} HTTP/1.1`, `Host: ${host}`));
  for (const host of ['localhost', `LOCALHOST:${port}`, `127.0.0.1:${port}`, '[::1]:1']) {
    expect([host, (await ask('GET /healthz', host)).status]).toEqual([host, 200]);
    expect((await ask('HEAD /healthz', host)).status).toBe(200);
  }
  for (const host of [
    'rebound.example',
    `shop:${port}`,
    '127.0.0.1.rebound.example',
    'localhost.x',
  ]) {
    const answer = await ask('GET /healthz', host);
    expect([host, answer.status, answer.text]).toEqual([
      host,
      421,
      expect.not.stringMatching(/status/),
    ]);
  }
  for (const method of ['POST', 'DELETE', 'OPTIONS']) {
    const answer = await ask(`${method} /healthz`, 'localhost');
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
  }
  server.closeAllConnections();
  server.close();
});

test('a monitor that reached nobody for ten minutes is not well and says why, until a message arrives', async () => {
  const place = await sqlitePlace();
  const port = await freePort();
  // Nothing listens there.
  const hook = `127.0.0.1:${await freePort()}`;
  const shop = await TimedShop.start(place, {
    MONITOR_PORT: String(port),
    WEBHOOK_URLS: `http://${hook}/a-secret`,
    WEBHOOK_SECRET,
    WEBHOOK_ALLOW_PRIVATE: 'true',
  });
  const health = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`);
    return { code: response.status, ...((await response.json()) as HealthState) };
  };
  const failures = (channel: string) =>
    until(`a failure of ${channel}`, async () =>
      (await shop.deliveries(1)).some((one) => one.channel === channel && one.error !== null),
    );
  try {
    shop.mailbox.fault = { at: 'MAIL', code: 451 };
    await shop.count(1, 0);
    await Promise.all([failures('mail'), failures('webhook')]);
    expect(await health()).toMatchObject({ code: 200, status: 'watching' });

    shop.clock.moveTo(shop.at('10:20'));
    const ill = await until('it to be ill', async () => {
      // A look at the service by this time comes first.
      const state = await health();
      return state.status === 'cannot-deliver' ? state : undefined;
    });
    expect(ill.code).toBe(503);
    expect(ill.failing).toEqual(
      expect.arrayContaining([
        { target: MAIL_TO, since: expect.any(String), reason: expect.stringContaining('451') },
        {
          target: expect.stringContaining(hook),
          since: expect.any(String),
          reason: expect.stringContaining('ECONNREFUSED'),
        },
      ]),
    );
    expect(JSON.stringify(ill)).not.toContain('a-secret');

    shop.mailbox.fault = undefined;
    shop.clock.moveTo(shop.at('12:00'));
    await shop.subjects(1);
    await until('the mail to be well', async () => (await health()).failing?.length === 1);
    expect((await health()).failing?.[0]?.target).toContain(hook);
  } finally {
    await shop.close();
    await place.remove();
  }
});
