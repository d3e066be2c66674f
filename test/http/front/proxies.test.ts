import type { IncomingMessage } from 'node:http';
import { Proxies } from '../../../app/http/front/proxies';
import { sqlitePlace } from '../../stores';
import { startService } from '../service';

const PROXIES = new Proxies(['127.0.0.1', '::1', '10.0.0.0/8']);

const from = (remoteAddress: string, forwarded?: string) =>
  PROXIES.addressOf({
    socket: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage);

test.each([
  ['127.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['::ffff:127.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['::1', '2001:db8::7', '2001:db8::7'],
  // What the client made up stands first.
  ['127.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['127.0.0.1', '198.51.100.1, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
  ['127.0.0.1', '10.9.9.9, 203.0.113.7,10.1.2.3 ', '203.0.113.7'],
  ['127.0.0.1', '10.1.2.3', '10.1.2.3'],
  ['127.0.0.1', undefined, '127.0.0.1'],
  ['127.0.0.1', '', '127.0.0.1'],
  ['127.0.0.1', '203.0.113.7, unknown', '127.0.0.1'],
  ['192.0.2.9', '203.0.113.7', '192.0.2.9'],
])('a request from %s for %p is that of %s', (remote, forwarded, client) => {
  expect(from(remote, forwarded)).toBe(client);
});

test.each([
  ['127.0.0.1,::1', 200],
  ['192.0.2.9', 503],
])(
  'with TRUST_PROXY=%s the stream of another client behind one proxy is answered %i',
  async (trusted, status) => {
    const place = await sqlitePlace();
    const settings = { STREAMS_LIMIT: '4', ADDRESS_SHARE_PERCENT: '25', TRUST_PROXY: trusted };
    const service = await startService(place.environment, settings);
    const ending = new AbortController();
    const stream = (client: string) =>
      fetch(`http://127.0.0.1:${service.port}/records`, {
        headers: { Accept: 'text/event-stream', 'X-Forwarded-For': client },
        signal: ending.signal,
      }).then((answer) => answer.status);
    expect(await stream('203.0.113.7')).toBe(200);
    expect(await stream('203.0.113.8')).toBe(status);
    expect(await stream('203.0.113.7')).toBe(503);
    ending.abort();
    await service.close();
    await place.remove();
  },
);
