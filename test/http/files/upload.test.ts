import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { until } from '../../faults/until';
import { sqlitePlace } from '../../stores';
import { expectFaults, expectProblem } from '../problem-answer';
import { startService, useSharedService } from '../service';
import { json, MULTIPART, multipart, part, post, send } from '../wire';
import { csv, upload } from './files';

const LIMIT_BYTES = 4_096;
const PATH = '/imports/counts';
const FILE = csv('productID,availableQuantity', '1,55');

const service = useSharedService({
  IMPORT_LIMIT_BYTES: String(LIMIT_BYTES),
  ADDRESS_SHARE_PERCENT: '100',
});
afterEach(async () => {
  expect((await service.ask.get('/records')).body).toEqual([]);
});

/** A part with a file in it. */
function file(name: string, text = FILE, filename = 'a.csv'): string {
  return part([name, text], `; filename="${filename}"\r\nContent-Type: text/csv`);
}

test.each([
  ['no file', multipart(), ['file']],
  ['a file that nobody chose', multipart(file('file', '', '')), ['file']],
  ['two files', multipart(file('file'), file('file')), ['file']],
  ['a file under another name', multipart(file('counts')), ['counts']],
  ['a second file under another name', multipart(file('file'), file('counts')), ['counts']],
  ['text where the file is due', multipart(part(['file', FILE])), ['file']],
  ['a field before the file', multipart(part(['dryRun', 'true']), file('file')), ['dryRun']],
  ['a field after the file', multipart(file('file'), part(['dryRun', 'true'])), ['dryRun']],
])('%s is refused, and named', async (_name, body, fields) => {
  expectFaults(await post(service.port, PATH, body), ...fields);
});

test('a request without a body has no file', async () => {
  expectFaults(await send(service.port, { path: PATH }), 'file');
});

test.each([
  ['cut off in the file', multipart(file('file')).text.slice(0, -60)],
  ['cut off after the file', multipart(file('file')).text.slice(0, -8)],
  ['cut off in the headers of the file', multipart(file('file')).text.slice(0, 60)],
  ['with many fields', multipart(...Array(50).fill(part(['', 'x']))).text],
])('a form that is %s cannot be read', async (_name, text) => {
  expectProblem(await post(service.port, PATH, { type: MULTIPART, text }), 'malformed-body');
});

test('a form without a boundary cannot be read', async () => {
  const body = { type: 'multipart/form-data', text: multipart(file('file')).text };
  expectProblem(await post(service.port, PATH, body), 'malformed-body');
});

test('only a multipart form is accepted', async () => {
  const answer = await post(service.port, PATH, json('{"file":"productID"}'));
  expectProblem(answer, 'unsupported-media-type');
  expect(answer.headers['accept-post']).toBe('multipart/form-data');
});

describe('a body over IMPORT_LIMIT_BYTES', () => {
  const large = multipart(file('file', FILE.padEnd(LIMIT_BYTES, '\n')));

  test('is refused by its length alone', async () => {
    const headers = { 'Content-Type': MULTIPART, 'Content-Length': 1_000_000 };
    expectProblem(
      await send(service.port, { path: PATH, headers, unfinished: true }),
      'body-too-large',
    );
  });

  test('is refused as soon as it is over the limit, if it does not state its length', async () => {
    const headers = { 'Content-Type': MULTIPART };
    const text = large.text.slice(0, -10);
    const answer = await send(service.port, { path: PATH, headers, text, unfinished: true });
    expectProblem(answer, 'body-too-large');
    expect(answer.headers.connection).toBe('close');
  });

  test('is larger than that of other requests may be', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `${index + 1},5`);
    const text = csv('productID,availableQuantity', ...lines);
    const answer = await upload(service, `${PATH}?dryRun=true`, text);
    expect(answer.body).toMatchObject({ rows: 300, faults: [], faulty: 0 });
  });
});

test('an invalid Idempotency-Key is refused', async () => {
  expectFaults(await upload(service, PATH, FILE, { 'Idempotency-Key': 'a b' }), 'Idempotency-Key');
});

describe('a few files come at a time', () => {
  const dry = () => upload(service, `${PATH}?dryRun=true`, FILE);

  /** Begins an upload, sends what is given of it, and leaves it so. */
  async function begun(text: string, port = service.port, localAddress = '127.0.0.1') {
    const asked = request({
      host: '127.0.0.1',
      localAddress,
      port,
      path: PATH,
      method: 'POST',
      agent: false,
      headers: { 'Content-Type': MULTIPART, Expect: '100-continue' },
    });
    asked.on('error', () => {});
    const status = new Promise<number | undefined>((resolve) => {
      asked.on('response', (response) => resolve(response.resume().statusCode));
      asked.on('close', () => resolve(undefined));
    });
    asked.flushHeaders();
    // The service has its head once it asks for its body.
    await once(asked, 'continue');
    if (text !== '') asked.write(text);
    return { asked, status };
  }

  const four = (text: string) => Promise.all(Array.from({ length: 4 }, () => begun(text)));

  test('a client that is turned away may try again', async () => {
    const uploads = await four(multipart(file('file')).text.slice(0, -60));
    const answer = await until('none is left', async () => {
      const tried = await dry();
      return tried.status === 503 ? tried : undefined;
    });
    expectProblem(answer, 'overloaded');
    expect(answer.headers['retry-after']).toBe('1');
    for (const { asked } of uploads) asked.destroy();
    await until('a place', async () => ((await dry()).status === 200 ? true : undefined));
  });

  test('a client turned away in the middle of a large file sees the answer, and not a reset', async () => {
    const elsewhere = await sqlitePlace();
    const shop = await startService(elsewhere.environment, { ADDRESS_SHARE_PERCENT: '100' });
    const part = multipart(file('file', FILE)).text.slice(0, -60);
    const uploads = await Promise.all(Array.from({ length: 4 }, () => begun(part, shop.port)));
    await until('none is left', async () => {
      const { status } = await upload(shop, `${PATH}?dryRun=true`, FILE);
      return status === 503 ? true : undefined;
    });
    const large = multipart(file('file', FILE.padEnd(8_000_000, '\n'))).text;
    const head = `POST ${PATH}?dryRun=true HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${MULTIPART}\r\nContent-Length: ${large.length}\r\n\r\n`;
    const socket = connect(shop.port, '127.0.0.1');
    // Its sender reads nothing before it has sent all; a reset would break that off.
    socket.pause();
    await new Promise<void>((sent, broken) => {
      socket.once('error', broken);
      socket.write(head + large, () => sent());
    });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk)).resume();
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 503 .*\/problems\/overloaded/s);
    for (const { asked } of uploads) asked.destroy();
    await shop.close();
    await elsewhere.remove();
  });

  test('those that have sent nothing take no place', async () => {
    const uploads = await four('');
    expect((await dry()).status).toBe(200);
    for (const { asked } of uploads) asked.destroy();
  });

  test('one that sends no more gives its place to another, and is answered', async () => {
    const uploads = await four(multipart(file('file')).text.slice(0, -60));
    await until('a place', async () => ((await dry()).status === 200 ? true : undefined));
    expect(await Promise.race(uploads.map(({ status }) => status))).toBe(408);
    for (const { asked } of uploads) asked.destroy();
  });

  test('one address has only its share of the places, even if it sends fast, and others have theirs', async () => {
    const elsewhere = await sqlitePlace();
    const shop = await startService(elsewhere.environment);
    const [here, there] = ['127.0.0.1', '127.0.0.2'];
    const whole = multipart(file('file')).text;
    const uploads = await Promise.all(
      Array.from({ length: 2 }, () => begun(whole.slice(0, -60), shop.port, here)),
    );
    // They go on sending, so that they lose their places to nobody.
    const sending = setInterval(() => {
      for (const { asked } of uploads) asked.write('\n'.repeat(1_000));
    }, 100);
    const from = async (address: string) => {
      const { asked, status } = await begun('', shop.port, address);
      asked.end(whole);
      return status;
    };
    await until('the share to be taken', async () => (await from(here)) === 503);
    expect(await from(here)).toBe(503);
    expect(await from(there)).not.toBe(503);
    clearInterval(sending);
    for (const { asked } of uploads) asked.destroy();
    await until('a place', async () => ((await from(here)) === 503 ? undefined : true));
    await shop.close();
    await elsewhere.remove();
  });
});
