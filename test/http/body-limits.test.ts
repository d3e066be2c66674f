import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expectProblem } from './problem-answer';
import { useSharedService } from './service';
import { ENCODINGS, type Field, post, send } from './wire';

const LIMIT_BYTES = 2_048;
const FIELDS: Field[] = [
  ['productID', '1'],
  ['availableQuantity', '5'],
];

const service = useSharedService({ BODY_LIMIT_BYTES: String(LIMIT_BYTES) });
describe.each(Object.entries(ENCODINGS))('%s', (_name, encode) => {
  const { type, text } = encode(FIELDS);
  const tooMuch = encode([...FIELDS, ['colour', 'x'.repeat(LIMIT_BYTES)]]).text;
  /** Faulty to every parser, besides being longer than it may be. */
  const noise = 'x'.repeat(LIMIT_BYTES + 1);

  test('is too large by its Content-Length', async () => {
    expectProblem(
      await post(service.port, '/inventory', { type, text: tooMuch }),
      'body-too-large',
    );
  });

  test('is too large by its Content-Length before any of it has come', async () => {
    const headers = { 'Content-Type': type, 'Content-Length': LIMIT_BYTES + 1 };
    const answer = await send(service.port, { headers, unfinished: true });
    expectProblem(answer, 'body-too-large');
  });

  test('is too large in chunks', async () => {
    const headers = { 'Content-Type': type, 'Transfer-Encoding': 'chunked' };
    expectProblem(await send(service.port, { headers, text: tooMuch }), 'body-too-large');
    expectProblem(await send(service.port, { headers, text: noise }), 'body-too-large');
  });

  test('is too large in chunks that never end', async () => {
    const headers = { 'Content-Type': type, 'Transfer-Encoding': 'chunked' };
    for (const text of [tooMuch, noise]) {
      const answer = await send(service.port, { headers, text, unfinished: true });
      expectProblem(answer, 'body-too-large');
    }
  });

  test('is refused as too large if the client first asks whether to send it', async () => {
    const headers = { 'Content-Type': type, 'Content-Length': 1_000_000, Expect: '100-continue' };
    const answer = await send(service.port, { headers, unfinished: true });
    expectProblem(answer, 'body-too-large');
  });

  test('must not be compressed', async () => {
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'x-nobody', 'gzip, identity']) {
      const headers = { 'Content-Encoding': encoding };
      const answer = await post(service.port, '/inventory', { type, text }, headers);
      expectProblem(answer, 'unsupported-media-type');
    }
    const text64 = gzipSync(text).toString('latin1');
    const compressed = { 'Content-Encoding': 'gzip' };
    const answer = await post(service.port, '/inventory', { type, text: text64 }, compressed);
    expectProblem(answer, 'unsupported-media-type');
  });

  test('must not be in a charset that is unknown', async () => {
    // One whose quotation mark is not closed cannot be read.
    for (const charset of ['x-nobody', '"latin1', '"utf-8']) {
      const strange = { type: `${type}; charset=${charset}`, text };
      expectProblem(await post(service.port, '/inventory', strange), 'unsupported-media-type');
    }
  });

  test('may break off, and harms nobody', async () => {
    const socket = connect(service.port, '127.0.0.1');
    const head = `POST /inventory HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\n`;
    socket.end(`${head}Content-Length: ${text.length + 9}\r\n\r\n${text}`);
    socket.resume();
    await once(socket, 'close');
  });
});

test.each([
  'text/plain',
  'text/html',
  'application/xml',
  'application/octet-stream',
  'application/vnd.api+json',
  'application/json-seq',
  'multipart/mixed; boundary=x',
  'multipart/related; boundary=x',
  'form',
  '*/*',
  '',
])('a body of type %p is refused', async (type) => {
  const answer = await post(service.port, '/inventory', { type, text: 'productID=1' });
  expectProblem(answer, 'unsupported-media-type');
  expect(answer.headers['accept-post']).toBe(
    'multipart/form-data, application/x-www-form-urlencoded, application/json',
  );
});

test('a body without a type is refused', async () => {
  const headers = { 'Content-Length': 11 };
  const answer = await send(service.port, { headers, text: 'productID=1' });
  expectProblem(answer, 'unsupported-media-type');
});

test('after all of it nothing was recorded, and the service answers as ever', async () => {
  expect((await service.ask.get('/readyz')).body).toEqual({ status: 'ready', record: 0 });
});
