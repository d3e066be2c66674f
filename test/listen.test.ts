import { createServer } from 'node:http';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Listening, listen } from '../app/listen';

const hasIPv6 = Object.values(networkInterfaces())
  .flat()
  .some((address) => address?.address === '::1');
const onIPv6 = hasIPv6 ? test : test.skip;

let listening: Listening | undefined;
afterEach(async () => {
  await listening?.close();
  listening = undefined;
});

const answering = () => createServer((_req, res) => res.end('here'));
const text = async (host: string, port: number) =>
  (await fetch(`http://${host}:${port}/`, { headers: { Connection: 'close' } })).text();

test('on 127.0.0.1 a server answers, no matter what localhost means', async () => {
  listening = await listen(answering(), '127.0.0.1', 0);
  const { port } = listening;
  expect(await text('127.0.0.1', port)).toBe('here');
  expect(await text('localhost', port)).toBe('here');
  await listening.close();
  await expect(text('127.0.0.1', port)).rejects.toThrow('fetch failed');
});

onIPv6('on 127.0.0.1 it answers to ::1 too, which localhost may mean', async () => {
  listening = await listen(answering(), '127.0.0.1', 0);
  const { port } = listening;
  expect(await text('[::1]', port)).toBe('here');
  await listening.close();
  await expect(text('[::1]', port)).rejects.toThrow('fetch failed');
});

onIPv6('it does not begin where another answers to localhost already', async () => {
  const other = net.createServer();
  await new Promise<void>((resolve) => other.listen(0, '::1', resolve));
  const { port } = other.address() as net.AddressInfo;
  const server = answering();
  await expect(listen(server, '127.0.0.1', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  server.close();
  await new Promise((resolve) => other.close(resolve));
});

(hasIPv6 ? test : test.skip)('a connection to ::1 is as one to 127.0.0.1', async () => {
  const server = answering();
  const halfOpen: boolean[] = [];
  server.on('connection', ({ allowHalfOpen }) => halfOpen.push(allowHalfOpen));
  listening = await listen(server, '127.0.0.1', 0);
  for (const host of ['127.0.0.1', '[::1]']) await text(host, listening.port);
  expect(halfOpen).toEqual([true, true]);
});
