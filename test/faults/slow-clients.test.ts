import { statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { MONITOR_PASS_HEADER } from '../../app/wire/headers';
import { monitorPass } from '../../app/wire/monitor-pass';
import { type LedgerPlace, sqlitePlace } from '../stores';
import { ServiceProcess } from './service-process';
import { until } from './until';

const SECRET = 'a secret of the test';
const [HERE, ELSEWHERE] = ['127.0.0.1', '127.0.0.2'];

/** Small, so that a test has them taken up soon: one address may have half of each. */
const CONNECTIONS = 40;
const STREAMS = 10;
const BODY_BYTES = 65_536;
const SETTINGS = {
  STALL_TIMEOUT_MS: '1000',
  CONNECTIONS_LIMIT: String(CONNECTIONS),
  STREAMS_LIMIT: String(STREAMS),
  BODY_LIMIT_BYTES: '2048',
  BATCH_LIMIT_BYTES: String(BODY_BYTES),
  IMPORT_LIMIT_BYTES: String(BODY_BYTES),
  BODIES_LIMIT_BYTES: String(2 * BODY_BYTES),
  LINK_SECRET: SECRET,
};

describe('slow and silent clients', () => {
  let place: LedgerPlace;
  let service: ServiceProcess;
  const sockets: Socket[] = [];
  const start = async (more: Record<string, string> = {}) => {
    service = await ServiceProcess.start({ ...place.environment, ...SETTINGS, ...more });
  };
  beforeEach(async () => {
    place = await sqlitePlace();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await ServiceProcess.killAll();
    await place.remove();
  });

  /** A connection that sends this, and reads what comes unless it is told not to. */
  const open = (text: string, from = HERE, { reads = true } = {}) => {
    const socket = connect({ host: HERE, port: service.port, localAddress: from });
    sockets.push(socket);
    const client = { socket, said: '', isClosed: false };
    socket.on('error', () => {});
    socket.on('close', () => {
      client.isClosed = true;
    });
    if (reads) {
      socket.on('data', (chunk) => {
        client.said += chunk;
      });
    } else socket.pause();
    socket.write(text);
    return client;
  };
  type Client = ReturnType<typeof open>;
  const status = async (client: Client): Promise<number> =>
    Number(
      await until(
        'an answer',
        () => /^HTTP\/1\.1 (\d+)/.exec(client.said)?.[1] ?? (client.isClosed && '0'),
      ),
    );
  const get = (path: string, ...headers: string[]) =>
    [`GET ${path} HTTP/1.1`, `Host: localhost`, ...headers, '', ''].join('\r\n');
  const stream = (...headers: string[]) => get('/records', 'Accept: text/event-stream', ...headers);
  const post = (path: string, bytes: number, sent: string) =>
    [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${bytes}`,
      '',
      sent,
    ].join('\r\n');
  /** Records 10,000 changes, which take about 6 MB on the disk. */
  const recordMuch = async () => {
    const change = { productID: 1, availableQuantity: 1, note: 'x'.repeat(500) };
    const body = JSON.stringify({ changes: Array.from({ length: 10_000 }, () => change) });
    const url = `http://${HERE}:${service.port}/inventory/batch`;
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body });
    expect(response.status).toBe(201);
    await response.text();
  };
  const pass = () => `${MONITOR_PASS_HEADER}: ${monitorPass(SECRET, new Date())}`;
  const ask = (text: string, from = HERE) => status(open(text, from));

  test('one address has half of the streams, others have theirs, and the monitor its own', async () => {
    await start();
    const first = Array.from({ length: STREAMS / 2 }, () => open(stream()));
    for (const client of first) expect(await status(client)).toBe(200);
    const refused = open(stream());
    expect(await status(refused)).toBe(503);
    expect(refused.said).toMatch(/Retry-After: 5/);
    await until('it is hung up on', () => refused.isClosed);
    expect(await ask(stream(`${MONITOR_PASS_HEADER}: 1.forged`))).toBe(503);
    expect(await ask(stream(), ELSEWHERE)).toBe(200);
    expect(await ask(stream(pass()))).toBe(200);
    expect(await ask(get('/readyz'))).toBe(200);
    first[0]?.socket.destroy();
    await until('room again', async () => (await ask(stream())) === 200);
  });

  test('connections that ask nothing give way to those that do', async () => {
    await start({ STALL_TIMEOUT_MS: '300000' });
    for (let count = 0; count < 2 * CONNECTIONS; count += 1) open('');
    expect(await ask(get('/readyz'))).toBe(200);
    const closed = () => sockets.filter(({ destroyed }) => destroyed).length;
    await until('the others are closed', () => closed() >= (3 * CONNECTIONS) / 2 - 1);
  });

  test('where an address has all its connections at work it gets 503, others and the monitor an answer', async () => {
    await start({ STALL_TIMEOUT_MS: '300000', STREAMS_LIMIT: '100' });
    const busy = Array.from({ length: CONNECTIONS / 2 }, () => open(stream()));
    for (const client of busy) expect(await status(client)).toBe(200);
    expect(await ask(get('/readyz'))).toBe(503);
    expect(await ask(get('/readyz'), ELSEWHERE)).toBe(200);
    expect(await ask(get('/readyz', pass()))).toBe(200);
    // Silent ones in the places beyond do not keep the monitor out.
    for (let count = 0; count < 50; count += 1) open('');
    expect(await ask(get('/readyz', pass()))).toBe(200);
  });

  test('a client that stops reading or sending loses the connection', async () => {
    await start({ BATCH_LIMIT_BYTES: '8388608', BODIES_LIMIT_BYTES: '67108864' });
    for (let count = 0; count < 3; count += 1) await recordMuch();
    open(stream('Last-Event-ID: 0'), HERE, { reads: false });
    open(get('/records.csv'), HERE, { reads: false });
    const silent = open(post('/inventory', 1_000, '{"productID":'));
    const quiet = open(stream('Last-Event-ID: 30000'));
    expect(await status(quiet)).toBe(200);
    const aborted = () =>
      service.log.filter(({ msg }) => msg === 'request aborted').map(({ url }) => url);
    await until('they are hung up on', () => aborted().length >= 3);
    expect(new Set(aborted())).toEqual(new Set(['/records', '/records.csv', '/inventory']));
    expect(await status(silent)).toBe(408);
    await until('its end', () => silent.isClosed);
    // A client that reads keeps a stream on which nothing is sent.
    expect(quiet.isClosed).toBe(false);
    await service.count(2, 5);
    await until('the record', () => quiet.said.includes('"productID":2'));
  });

  test('a slow reader does not keep the write-ahead log growing', async () => {
    await start({
      STALL_TIMEOUT_MS: '300000',
      BATCH_LIMIT_BYTES: '8388608',
      BODIES_LIMIT_BYTES: '67108864',
    });
    await recordMuch();
    const asked = ['/records.csv', '/sales.csv', '/inventory.csv'].map((path) => get(path));
    for (const text of [...asked, stream('Last-Event-ID: 0')]) {
      const client = open(text);
      expect(await status(client)).toBe(200);
      client.socket.pause();
    }
    const file = place.environment.SQLITE_FILE as string;
    const before = statSync(file).size;
    for (let count = 0; count < 5; count += 1) await recordMuch();
    const grownBy = statSync(file).size - before;
    expect(grownBy).toBeGreaterThan(20_000_000);
    // A reader that kept its view of the ledger would keep all of that in the log, until it has read to the end.
    expect(statSync(`${file}-wal`).size).toBeLessThan(grownBy / 2);
  });

  test('bodies under way have a bound, and forms go through all the same', async () => {
    await start({ STALL_TIMEOUT_MS: '300000' });
    const first = open(post('/inventory/batch', BODY_BYTES - 100, '{"changes":'));
    await until('it is there', async () => {
      return (await ask(post('/inventory/batch', BODY_BYTES - 100, '{}'))) === 503;
    });
    const chunks = open(
      [
        'POST /inventory/batch HTTP/1.1',
        'Host: localhost',
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
        '',
        `5000\r\n${' '.repeat(0x5000)}\r\n`,
      ].join('\r\n'),
    );
    expect(await status(chunks)).toBe(503);
    expect(chunks.said).toContain('/problems/overloaded');
    expect((await service.count(1, 5)).status).toBe(201);
    const whole = '{"changes":[{"productID":2,"availableQuantity":5}]}'.padEnd(BODY_BYTES - 100);
    const posted = post('/inventory/batch', whole.length, whole);
    expect(await ask(posted, ELSEWHERE)).toBe(201);
    // The monitor has its room beside that of all others.
    expect(await ask(posted.replace('\r\n', `\r\n${pass()}\r\n`))).toBe(201);
    first.socket.destroy();
    await until('room again', async () => {
      return (await ask(posted)) === 201;
    });
  });

  test('nothing of a body is recorded if it is refused while it arrives, even if much of it arrives at once', async () => {
    await start({ STALL_TIMEOUT_MS: '300000' });
    const first = open(post('/inventory/batch', BODY_BYTES - 100, '{"changes":'));
    await until('it is there', async () => {
      return (await ask(post('/inventory/batch', BODY_BYTES - 100, '{}'))) === 503;
    });
    // Whole and well-formed, in many chunks that come in few reads, and its end with the last of them.
    const change = (productID: number) =>
      JSON.stringify({ productID, availableQuantity: 5, note: 'x'.repeat(400) });
    const changes = Array.from({ length: 60 }, (_, index) => change(index + 1));
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const head = [
      'POST /inventory/batch HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      '',
      '',
    ].join('\r\n');
    const chunks = `{"changes":[${changes.join(',')}]}`.match(/.{1,1000}/gs) as string[];
    for (const more of [[], Array.from({ length: 9 }, () => ' '.repeat(2_000))]) {
      const sent = `${head}${[...chunks, ...more].map(chunk).join('')}${chunk('')}`;
      const refused = open(sent);
      expect(await status(refused)).toBe(503);
      expect(refused.said).toContain('Nothing was recorded');
      await until('its end', () => refused.isClosed);
    }
    // A turn later none of it was recorded, and the room of the refused is free.
    expect((await service.count(1_000, 5)).status).toBe(201);
    const records = await (await fetch(`http://${HERE}:${service.port}/records`)).json();
    expect(records).toMatchObject([{ productID: 1_000, record: 1 }]);
    first.socket.destroy();
    await until(
      'room again',
      async () => (await ask(head + chunks.map(chunk).join('') + chunk(''))) === 201,
    );
  });

  test('a request without fields is carried out and answered, with any body', async () => {
    await start({ STALL_TIMEOUT_MS: '300000' });
    open(post('/inventory/batch', BODY_BYTES - 100, '{"changes":'));
    await until('it is there', async () => {
      return (await ask(post('/inventory/batch', BODY_BYTES - 100, '{}'))) === 503;
    });
    const head =
      'DELETE /requests/k HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await ask(`${head}5000\r\n${' '.repeat(0x5000)}\r\n0\r\n\r\n`)).toBe(204);
  });
});
