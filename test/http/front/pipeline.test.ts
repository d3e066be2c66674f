import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { httpServer } from '../../../app/http/front/server';
import { onEveryStore } from '../../stores';
import { turnsDuring } from '../../turns';
import { useService } from '../service';

/** Sends these bytes at once, and returns the bodies of all answers. */
async function bodies(port: number, text: string): Promise<string[]> {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  const answers = Buffer.concat(chunks)
    .toString()
    .split(/(?=HTTP\/1\.1 )/);
  return answers.map((answer) => answer.slice(answer.indexOf('\r\n\r\n') + 4));
}

const request = (method: string, path: string, body = '', more = '') =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${more}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const LAST = 'Connection: close\r\n';

onEveryStore((place) => {
  const service = useService(place);

  test('each of many requests that are sent at once sees what those before it did, and no more', async () => {
    const rounds = Array.from({ length: 20 }, (_, round) => round + 1);
    const text = rounds.map((availableQuantity) => {
      const count = JSON.stringify({ productID: 1, availableQuantity });
      return request('POST', '/inventory', count) + request('GET', '/inventory/1');
    });
    const found = await bodies(
      service.port,
      `${text.join('')}${request('GET', '/inventory', '', LAST)}`,
    );
    const quantities = found.map((body) => JSON.parse(body).availableQuantity);
    expect(quantities.slice(0, -1)).toEqual(rounds.flatMap((round) => [round, round]));
    expect(JSON.parse(found.at(-1) as string)).toEqual([{ productID: 1, availableQuantity: 20 }]);
  });
});

describe('of requests that are sent at once', () => {
  let server: Server;
  /** What was begun and not answered yet, in order. */
  let begun: ServerResponse[];
  beforeEach(async () => {
    begun = [];
    server = httpServer((req, res) => {
      begun.push(res);
      req.resume();
      server.emit('begun');
    }, 10_000);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const port = () => (server.address() as AddressInfo).port;
  const urls = () => begun.map(({ req }) => req.url);
  /** Waits until so many are begun. */
  const atLeast = async (count: number) => {
    while (begun.length < count) await once(server, 'begun');
  };
  const answer = (index: number) => begun[index]?.end(begun[index]?.req.url);

  test('those that change nothing are answered side by side', async () => {
    const all = bodies(
      port(),
      ['/1', '/2'].map((path) => request('GET', path)).join('') + request('GET', '/3', '', LAST),
    );
    await atLeast(3);
    for (const index of [2, 1, 0]) answer(index);
    expect(await all).toEqual(['/1', '/2', '/3']);
  });

  test('one that changes something waits for all before it, and has all behind it wait', async () => {
    const paths = ['GET /1', 'GET /2', 'POST /3', 'GET /4', 'GET /5', 'PATCH /6', 'DELETE /7'];
    const text = paths.map((path) => request(...(path.split(' ') as [string, string]))).join('');
    const all = bodies(port(), text + request('GET', '/8', '', LAST));
    await atLeast(2);
    // A whole turn of another connection later nothing else has begun.
    const other = bodies(port(), request('GET', '/other', '', LAST));
    await atLeast(3);
    expect(urls()).toEqual(['/1', '/2', '/other']);
    for (const index of [2, 1, 0]) answer(index);
    await other;
    for (const [count, index] of [
      [4, 3],
      [6, 5],
      [6, 4],
      [7, 6],
      [8, 7],
      [9, 8],
    ] as const) {
      await atLeast(count);
      expect(begun).toHaveLength(count);
      answer(index);
    }
    expect(await all).toEqual(['/1', '/2', '/3', '/4', '/5', '/6', '/7', '/8']);
  });

  test('those behind an answer that never comes are over, too, when their connection is', async () => {
    const socket = connect(port(), '127.0.0.1');
    socket.write(['/1', '/2', '/3'].map((path) => request('GET', path)).join(''));
    await atLeast(3);
    // One of them is ready to be sent, and one is not.
    answer(1);
    const closes: string[] = [];
    for (const res of begun) res.on('close', () => closes.push(res.req.url as string));
    const over = Promise.all(begun.map((res) => once(res, 'close')));
    socket.destroy();
    await over;
    // By the time another connection is answered, Node has reported everything about this one.
    const other = bodies(port(), request('GET', '/other', '', LAST));
    await atLeast(4);
    answer(3);
    await other;
    expect(closes.sort()).toEqual(['/1', '/2', '/3']);
    expect(begun.slice(0, 3).every(({ destroyed }) => destroyed)).toBe(true);
  });

  test('requests behind the last answer of a connection are not begun', async () => {
    const all = bodies(port(), request('POST', '/1') + request('POST', '/2'));
    await atLeast(1);
    begun[0]?.setHeader('Connection', 'close');
    answer(0);
    expect(await all).toEqual(['/1']);
    expect(urls()).toEqual(['/1']);
  });
});

describe('of very many requests that are sent at once', () => {
  const COUNT = 6_000;
  /** What one read of a connection takes up. */
  const CHUNK_BYTES = 65_536;
  let server: Server;
  /** What was begun, and by which turn of the event loop. */
  let begun: ServerResponse[];
  let connection: Socket;
  let answersAtOnce: boolean;
  beforeEach(async () => {
    begun = [];
    server = httpServer((_req, res) => {
      begun.push(res);
      if (answersAtOnce) res.end('a');
    }, 10_000);
    server.on('connection', (socket) => {
      connection = socket;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const port = () => (server.address() as AddressInfo).port;
  const many = `${request('GET', '/a').repeat(COUNT - 1)}${request('GET', '/a', '', LAST)}`;

  test('a few are begun, and no more is read until they are answered', async () => {
    answersAtOnce = false;
    const all = bodies(port(), many);
    while (begun.length < 16) await setImmediate();
    // Whole requests and answers of another connection later, there are not more.
    for (let others = 1; others <= 5; others += 1) {
      const other = bodies(port(), request('GET', '/other', '', LAST));
      const first = connectionOf(begun);
      while (begun.length < 16 + others) await setImmediate();
      begun.at(-1)?.end();
      await other;
      expect(first.bytesRead).toBeLessThanOrEqual(2 * CHUNK_BYTES);
    }
    expect(begun.filter(({ req }) => req.url === '/a')).toHaveLength(16);
    answersAtOnce = true;
    for (const res of begun) if (!res.writableEnded) res.end('a');
    expect(await all).toEqual(Array(COUNT).fill('a'));
  });

  test('others have their turn after a few of them', async () => {
    answersAtOnce = true;
    const turns = await turnsDuring(async () => {
      expect(await bodies(port(), many)).toHaveLength(COUNT);
    });
    expect(turns).toBeGreaterThanOrEqual(COUNT / 32);
    expect(connection.destroyed).toBe(true);
  });
});

function connectionOf([first]: readonly ServerResponse[]): Socket {
  return (first as ServerResponse).req.socket;
}
