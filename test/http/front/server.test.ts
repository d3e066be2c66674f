import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpServer } from '../../../app/http/front/server';
import { expectProblem } from '../problem-answer';
import { sendRaw } from './raw';

/** The least that REQUEST_TIMEOUT_MS may be. */
const TIMEOUT_MS = 1_000;

let server: Server;
beforeAll(async () => {
  // It waits for a body, as all do that read one.
  server = httpServer((req, res) => void req.resume().on('end', () => res.end('read')), TIMEOUT_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const send = (text: string) => sendRaw((server.address() as AddressInfo).port, text);

test.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: local'],
  ['a body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab'],
  ['a chunk', 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'],
])(
  'a client that does not send the rest of %s in time is answered with a problem',
  async (_what, text) => {
    expectProblem(await send(text), 'request-timeout');
  },
);

test('a malformed chunk within a body is answered with a problem', async () => {
  const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n';
  expectProblem(await send(`${head}zz\r\nab`), 'malformed-request');
});

test('bytes after a request that was answered do not change its answer', async () => {
  const first = 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n';
  const { status, text } = await send(`${first}no request\r\n\r\n`);
  expect(status).toBe(200);
  expect(text).toContain('read');
});
