import { connect } from 'node:net';
import { isCrossSite } from '../../../app/http/front/cross-site';
import { hostOf, isAllowedHost } from '../../../app/http/front/host';
import { targetOf } from '../../../app/http/front/target';
import { until } from '../../faults/until';
import { expectProblem } from '../problem-answer';
import { useSharedService } from '../service';
import { post, send, URLENCODED } from '../wire';
import { request, sendRaw } from './raw';

const service = useSharedService({
  PUBLIC_URL: 'https://Inventory.Shop.example/',
  ALLOWED_HOSTS: 'shop-pc',
});

/** The cases of Go's own test, and those that its documentation names. */
describe('a request counts as one of another site', () => {
  const HOST = 'shop.example:5000';
  test.each<[string, Record<string, string>, boolean]>([
    ['POST', {}, false],
    ['POST', { 'sec-fetch-site': 'same-origin' }, false],
    ['POST', { 'sec-fetch-site': 'none' }, false],
    ['POST', { 'sec-fetch-site': 'cross-site' }, true],
    ['POST', { 'sec-fetch-site': 'same-site' }, true],
    ['POST', { 'sec-fetch-site': 'SAME-ORIGIN' }, true],
    ['POST', { 'sec-fetch-site': 'same-origin, cross-site' }, true],
    ['POST', { 'sec-fetch-site': '' }, false],
    ['POST', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, false],
    ['POST', { 'sec-fetch-site': 'cross-site', origin: 'http://shop.example:5000' }, true],
    ['POST', { origin: 'http://shop.example:5000' }, false],
    ['POST', { origin: 'https://shop.example:5000' }, false],
    ['POST', { origin: 'HTTP://SHOP.example:5000' }, false],
    ['POST', { origin: 'http://shop.example:5001' }, true],
    ['POST', { origin: 'http://shop.example' }, true],
    ['POST', { origin: 'http://evil.example' }, true],
    ['POST', { origin: 'http://shop.example:5000.evil.example' }, true],
    ['POST', { origin: 'http://evil.example/shop.example:5000' }, true],
    ['POST', { origin: 'http://shop.example:5000, http://evil.example' }, true],
    ['POST', { origin: 'null' }, true],
    ['POST', { origin: 'shop.example:5000' }, true],
    ['POST', { origin: '' }, false],
    ['PUT', { origin: 'http://evil.example' }, true],
    ['PATCH', { 'sec-fetch-site': 'cross-site' }, true],
    ['DELETE', { 'sec-fetch-site': 'cross-site' }, true],
    ['PURGE', { 'sec-fetch-site': 'cross-site' }, true],
    ['GET', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }, false],
    ['HEAD', { 'sec-fetch-site': 'cross-site' }, false],
    ['OPTIONS', { 'sec-fetch-site': 'cross-site' }, false],
  ])('%s with %p: %p', (method, headers, expected) => {
    expect(isCrossSite(method, headers, HOST)).toBe(expected);
  });
});

test.each([
  ['POST', '/inventory'],
  ['POST', '/inventory/batch'],
  ['POST', '/sales'],
  ['POST', '/products'],
  ['PATCH', '/products/1'],
  ['DELETE', '/products/1'],
  ['DELETE', '/requests/k'],
  ['POST', '/imports/counts'],
  ['POST', '/imports/products?dryRun=true'],
  ['PATCH', '/alerts/1'],
  ['POST', '/alerts/1/act?do=acknowledge'],
  ['POST', '/alerts/findings'],
  ['POST', '/alerts/deliveries/claims'],
  ['POST', '/alerts/deliveries/outcomes'],
  ['POST', '/alerts/checkpoint'],
  ['POST', '/nothing'],
])('%s %s from another site is refused before anything of it is read', async (method, path) => {
  for (const headers of [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'http://evil.example' },
    { Origin: 'null' },
  ]) {
    const text = method === 'DELETE' ? '' : 'productID=1&availableQuantity=0';
    const answer = await send(service.port, {
      method,
      path,
      headers: { 'Content-Type': URLENCODED, ...headers },
      text,
    });
    expectProblem(answer, 'cross-site');
  }
  expect((await service.ask.get('/readyz')).body).toEqual({ status: 'ready', record: 0 });
});

test('links of other sites work: they ask by GET', async () => {
  const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
  expect((await send(service.port, { method: 'GET', path: '/inventory', headers })).status).toBe(
    200,
  );
});

describe('the host that a request names', () => {
  const get = (host: string, path = '/inventory') =>
    sendRaw(service.port, request(`GET ${path} HTTP/1.1`, `Host: ${host}`));

  test.each([
    'localhost',
    'localhost:5000',
    'LOCALHOST.:80',
    '127.0.0.1:5000',
    '10.1.2.3',
    '[::1]:5000',
    '[::ffff:127.0.0.1]',
    'inventory.shop.example',
    'shop-pc:8080',
  ])('may be %s', async (host) => expect((await get(host)).status).toBe(200));

  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil.localhost',
    'shop.example',
    'shop-pc.evil.example:5000',
    '127.0.0.1.evil.example',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    'app',
  ])('must not be %s, whatever the path', async (host) => {
    for (const path of ['/inventory', '/', '/docs', '/healthz', '/metrics', '/nothing']) {
      expectProblem(await get(host, path), 'misdirected-request');
    }
    const body = { type: URLENCODED, text: 'productID=1&availableQuantity=1' };
    const answer = await post(service.port, '/inventory', body, { Host: host });
    expectProblem(answer, 'misdirected-request');
  });

  test.each([
    '',
    'a b',
    'ann@localhost',
    'localhost:65536',
    'localhost:x',
    '[::1',
    '[::zz]x',
    'a/b',
    'schön',
  ])('is no host: %p', async (host) => expectProblem(await get(host), 'malformed-request'));

  test('must be named, and once', async () => {
    expectProblem(
      await sendRaw(service.port, request('GET /inventory HTTP/1.1')),
      'malformed-request',
    );
    for (const second of ['localhost', 'evil.example']) {
      const twice = request('GET /inventory HTTP/1.1', 'Host: localhost', `hOST: ${second}`);
      expectProblem(await sendRaw(service.port, twice), 'malformed-request');
    }
  });

  test('need not be named by HTTP/1.0, which probes speak', async () => {
    expect((await sendRaw(service.port, request('GET /readyz HTTP/1.0'))).status).toBe(200);
    const crossSite = request('DELETE /products/1 HTTP/1.0', 'Origin: http://evil.example');
    expectProblem(await sendRaw(service.port, crossSite), 'cross-site');
  });

  test('is compared without its port and the dot at its end', () => {
    expect(hostOf('Shop.Example.:5000')).toBe('shop.example');
    expect(isAllowedHost('[1.2.3.4]', new Set())).toBe(false);
    expect(isAllowedHost('::1', new Set())).toBe(false);
  });
});

describe('the target of a request line', () => {
  const ask = (target: string, method = 'GET') =>
    sendRaw(service.port, request(`${method} ${target} HTTP/1.1`, 'Host: localhost'));

  test.each([
    ['http://localhost/products?limit=1', 200],
    ['HTTP://127.0.0.1:5000/products?limit=1', 200],
    ['https://inventory.shop.example/inventory', 200],
    ['http://localhost', 200],
    ['http://localhost?x=/', 200],
  ])('may be a whole URL: %s', async (target, status) => {
    expect((await ask(target)).status).toBe(status);
  });

  test('a whole URL goes before the header Host', async () => {
    expectProblem(await ask('http://evil.example/products'), 'misdirected-request');
    const named = request('GET http://localhost/products HTTP/1.1', 'Host: evil.example');
    expect((await sendRaw(service.port, named)).status).toBe(200);
    const form = ['Host: evil.example', 'Origin: http://evil.example'];
    const sent = request('POST http://localhost/products HTTP/1.1', ...form, 'Content-Length: 0');
    expectProblem(await sendRaw(service.port, sent), 'cross-site');
  });

  test.each([
    'http://a:99999999/products?limit=1',
    'http:///products',
    'http://ann@localhost/products',
    'http://[::1/products',
    'http://local%68ost/',
    'ftp://localhost/',
    'products',
    '*',
    '?limit=1',
    'localhost:5000',
    'http:/products',
    '\\products',
  ])('must not be %s', async (target) => {
    expectProblem(await ask(target), 'malformed-request');
  });

  test.each([
    '//',
    '//evil.example/products',
    '/%00',
    '/inventory//1',
    '/;',
    '/%2F',
    '/inventory/..',
    '/?',
  ])('is a path as any other: %s', async (target) =>
    expect([200, 400, 404]).toContain((await ask(target)).status),
  );

  test('is taken apart', () => {
    expect(targetOf('http://a.example:1?q=http://b/')).toEqual({
      url: '/?q=http://b/',
      authority: 'a.example:1',
    });
  });

  test('has a limit, and so have the headers', async () => {
    expectProblem(await ask(`/products?q=${'x'.repeat(8_192)}`), 'url-too-long');
    expectProblem(await ask(`/products?q=${'x'.repeat(20_000)}`), 'headers-too-large');
    const many = Array.from({ length: 300 }, (_, index) => `X-${index}: ${'x'.repeat(60)}`);
    const sent = request('GET /products HTTP/1.1', 'Host: localhost', ...many);
    expectProblem(await sendRaw(service.port, sent), 'headers-too-large');
  });
});

test.each([
  ['no HTTP', 'hello\r\n\r\n'],
  ['a version of its own', request('GET / HTTP/9.9', 'Host: localhost')],
  ['a method of its own', request('BREW / HTTP/1.1', 'Host: localhost')],
  ['a header without a colon', request('GET / HTTP/1.1', 'Host: localhost', 'no colon')],
  ['a space before a colon', request('GET / HTTP/1.1', 'Host : localhost')],
  ['a control character', request('GET / HTTP/1.1', 'Host: localhost', 'X: a\0b')],
  ['a folded header', request('GET / HTTP/1.1', 'Host: localhost', 'X: a', ' b')],
  [
    'a byte beyond ASCII in its line',
    Buffer.from(request('GET /\xff HTTP/1.1', 'Host: localhost'), 'latin1'),
  ],
  [
    'two lengths',
    request('POST /sales HTTP/1.1', 'Host: localhost', 'Content-Length: 1', 'Content-Length: 2'),
  ],
  [
    'a length and chunks',
    request(
      'POST /sales HTTP/1.1',
      'Host: localhost',
      'Content-Length: 1',
      'Transfer-Encoding: chunked',
    ),
  ],
  ['a tunnel', request('CONNECT localhost:5000 HTTP/1.1', 'Host: localhost:5000')],
  ['bytes of TLS', Buffer.from('16030100a5010000a1030300', 'hex')],
])('a malformed request is answered with a problem: %s', async (_what, bytes) => {
  expectProblem(await sendRaw(service.port, bytes), 'malformed-request');
});

test('an unknown expectation is ignored', async () => {
  const sent = request('GET /inventory HTTP/1.1', 'Host: localhost', 'Expect: a-coffee');
  expect((await sendRaw(service.port, sent)).status).toBe(200);
});

test.each(['gzip, chunked', 'x-nobody, chunked', 'identity, chunked'])(
  'a body with the Transfer-Encoding %s is not taken as if it were not coded',
  async (coding) => {
    const head = request(
      'POST /inventory HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Transfer-Encoding: ${coding}`,
    );
    const body = '{"productID":1,"availableQuantity":5}';
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    expectProblem(await sendRaw(service.port, head + chunk), 'unsupported-transfer-coding');
    expect((await sendRaw(service.port, head.replace(coding, 'Chunked') + chunk)).status).toBe(201);
  },
);

test.each<[string, number, readonly string[]]>([
  ['another site', 403, ['Content-Length: 222000000', 'Origin: http://evil.example']],
  ['too large a body', 413, ['Content-Length: 222000000']],
  ['another name', 421, ['Content-Length: 5', 'Host: evil.example']],
  ['a coding', 501, ['Transfer-Encoding: gzip, chunked']],
  ['a type that is not taken', 415, ['Content-Length: 5', 'Content-Type: image/png']],
])(
  'a client refused for %s by its headers is not asked for the body',
  async (_what, status, headers) => {
    const host = headers.some((header) => header.startsWith('Host')) ? [] : ['Host: localhost'];
    const asking = ['Expect: 100-continue', ...host, ...headers];
    const head = ['POST /inventory HTTP/1.1', ...asking, '', ''].join('\r\n');
    // Its connection ends though it was to be kept.
    expect((await sendRaw(service.port, head)).status).toBe(status);
  },
);

test('a client that asks whether to send a body that is wanted is asked for it once, and keeps the connection', async () => {
  const body = '{"productID":1,"availableQuantity":5}';
  const asking = [
    'POST /inventory HTTP/1.1',
    'Host: localhost',
    'Expect: 100-continue',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  const socket = connect(service.port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  const answers = async (count: number) =>
    until(`${count} answers`, async () => received.match(/^HTTP\/1\.1 \d+/gm)?.length === count);
  for (const _ of [1, 2]) {
    received = '';
    socket.write([...asking, '', ''].join('\r\n'));
    await answers(1);
    expect(received).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(body);
    await answers(2);
    expect(received).toMatch(/^HTTP\/1\.1 201 /m);
  }
  socket.destroy();
});
