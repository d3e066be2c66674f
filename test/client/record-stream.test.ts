import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { recordStream, StreamBroken } from '../../app/client/record-stream';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let server: Server;
beforeEach(async () => {
  server = createServer((_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.write('event: revision\ndata: {"revision":7}\n\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const open = (path: string, init: RequestInit) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);

test('a stream ends by its signal, and hangs up, though garbage was collected meanwhile', async () => {
  const stopping = new AbortController();
  const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const stream = recordStream(open, 0, stopping.signal);
  expect((await stream.next()).value).toEqual({ records: [], revision: 7 });
  const [, response] = await asked;
  const hungUp = once(response, 'close');
  const next = stream.next();
  // What nothing holds is gone after the first, and what only that held after the second.
  for (let times = 0; times < 2; times++) {
    collectGarbage();
    await new Promise((later) => setImmediate(later));
  }
  stopping.abort();
  await expect(next).rejects.toThrow(StreamBroken);
  await hungUp;
});

test('a stream that nobody reads on hangs up', async () => {
  const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  for await (const _news of recordStream(open, 0, new AbortController().signal)) break;
  const [, response] = await asked;
  if (!response.closed) await once(response, 'close');
});
