import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bodies } from '../../../app/http/front/bodies';
import type { Problem } from '../../../app/http/problems/problem';

const LARGEST_BYTES = 1_000;
const LIMITS = {
  limit: LARGEST_BYTES,
  sharePercent: 100,
  freeBytes: 0,
  largestBytes: LARGEST_BYTES,
  isMonitor: () => false,
};

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

test('a body that goes on after its answer leaves no room taken', async () => {
  const bodies = new Bodies(LIMITS);
  const refusals: (Problem | undefined)[] = [];
  const read: Promise<unknown>[] = [];
  server = createServer((req, res) => {
    refusals.push(bodies.begin(req, res, (problem) => refusals.push(problem)));
    read.push(once(req, 'end'));
    // Answered by what comes first, as a request is that was refused.
    if (req.headers['transfer-encoding']) req.once('data', () => res.end());
    else req.resume().once('end', () => res.end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const post = (headers: Readonly<Record<string, string>> = {}) =>
    request({ port, host: '127.0.0.1', method: 'POST', headers });

  const chunked = post();
  chunked.write(Buffer.alloc(600));
  const [answer] = await once(chunked, 'response');
  await once(answer.resume(), 'close');
  chunked.end(Buffer.alloc(600));
  await read[0];

  const whole = post({ 'Content-Length': String(LARGEST_BYTES) });
  whole.end(Buffer.alloc(LARGEST_BYTES));
  await once((await once(whole, 'response'))[0].resume(), 'end');
  expect(refusals).toEqual([undefined, undefined]);
});
