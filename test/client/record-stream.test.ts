import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { recordStream } from '../../app/client/record-stream';

const BUILT = path.join(__dirname, '..', '..', 'dist', 'client', 'record-stream.js');

/** Reads a stream, has what nothing holds collected, aborts, and says how the stream ended. */
const READER = `
const { recordStream } = require(${JSON.stringify(BUILT)});
const stopping = new AbortController();
// As the monitor asks.
const open = (path, init) => fetch(process.argv[1] + path, { ...init, redirect: 'error' });
async function read() {
  for await (const { revision } of recordStream(open, 0, stopping.signal)) console.log(revision);
}
async function main() {
  const reading = read().then(() => 'ended', ({ name }) => name);
  for (let times = 0; times < 10; times += 1) {
    await new Promise((later) => setTimeout(later, 20));
    global.gc();
    for (let made = 0, garbage = []; made < 100_000; made += 1) garbage.push({ made });
  }
  stopping.abort();
  console.log(await reading);
}
main();
`;

let server: Server;
let url: string;
beforeEach(async () => {
  server = createServer((_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.write('event: revision\ndata: {"revision":7}\n\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('a stream ends by its signal, though garbage was collected meanwhile', async () => {
  // Else it reads on for ever.
  const options = { timeout: 20_000 };
  const args = ['--expose-gc', '--eval', READER, url];
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  expect(stdout).toBe('7\nStreamBroken\n');
});

test('a stream that nobody reads is hung up', async () => {
  const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const open = (resource: string, init: RequestInit) => fetch(url + resource, init);
  for await (const _news of recordStream(open, 0, new AbortController().signal)) break;
  const [, response] = await asked;
  if (!response.closed) await once(response, 'close');
});
