import { type LedgerPlace, sqlitePlace } from '../stores';
import { expectFaults, expectProblem } from './problem-answer';
import { startService, type TestService } from './service';
import { send } from './wire';

const PATHS = {
  '/inventory': ['GET', 'HEAD', 'POST', 'OPTIONS'],
  '/inventory/1': ['GET', 'HEAD', 'OPTIONS'],
  '/sales': ['GET', 'HEAD', 'POST', 'OPTIONS'],
  '/healthz': ['GET', 'HEAD', 'OPTIONS'],
  '/readyz': ['GET', 'HEAD', 'OPTIONS'],
  '/': ['GET', 'HEAD', 'OPTIONS'],
};
const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY', 'PURGE'];

let place: LedgerPlace;
let service: TestService;
beforeAll(async () => {
  place = await sqlitePlace();
  service = await startService(place.environment);
});
afterAll(async () => {
  expect((await service.ask.get('/readyz')).body).toEqual({ status: 'ready', record: 0 });
  await service.close();
  await place.remove();
});

const get = (path: string) => send(service.port, { method: 'GET', path });

describe.each(Object.entries(PATHS))('%s', (path, allowed) => {
  test.each(METHODS.filter((method) => !allowed.includes(method)))(
    'does not take %s, and says what it takes',
    async (method) => {
      const answer = await send(service.port, { method, path });
      expectProblem(answer, 'method-not-allowed');
      expect(answer.headers.allow).toBe(allowed.join(', '));
    },
  );
});

test.each([
  '/nothing',
  '/Inventory',
  '/SALES',
  '/inventory/1/2',
  '/inventory.json',
  '/sales/1',
  '/health',
  '/favicon.ico',
  '/.env',
  '/../etc/passwd',
  '/%2e%2e/app/main.ts',
  '/__proto__',
  '/%zz',
])('there is nothing at %s, with any method', async (path) => {
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
    expectProblem(await send(service.port, { method, path }), 'unknown-path');
  }
});

test.each(['/inventory/%', '/inventory/%zz', '/inventory/%E0%A4%A', '/inventory/%ff'])(
  'the broken escape in %s cannot be read',
  async (path) => expectProblem(await get(path), 'malformed-url'),
);

test.each([
  ['zero', '0'],
  ['over its range', '4294967296'],
  ['negative', '-1'],
  ['signed', '+1'],
  ['fractional', '1.0'],
  ['exponent', '1e0'],
  ['hexadecimal', '0x1'],
  ['leading zero', '01'],
  ['Arabic-Indic digit', '%D9%A1'],
  ['with a space', '%201'],
  ['with a slash', '1%2F2'],
  ['NaN', 'NaN'],
  ['a word', 'first'],
  ['a name of JavaScript', '__proto__'],
  ['very long', '1'.repeat(8_000)],
])('a productID in the path that is %s is faulty', async (_fault, productID) => {
  expectFaults(await get(`/inventory/${productID}`), 'productID');
});

describe.each(['limit', 'from', 'to'])('%s in the query of /sales', (name) => {
  const numbers = '0 -1 +1 %2B1 1.0 1e1 0x1 01 1001 NaN %D9%A1 %201 1%20 five [1] %zz'.split(' ');
  const days =
    '2026-1-1 2026-02-30 2026-13-01 2026-00-10 2025-02-29 20261123 2026-11-23T00:00:00Z today 0000-01-01 0999-12-31 10000-01-01 %2B2026-11-23 2026-11-23%20 1764000000 %D9%A2%D9%A0%D9%A2%D9%A6-11-23'.split(
      ' ',
    );

  test.each(['', ...(name === 'limit' ? numbers : days)])('must not be %p', async (value) => {
    expectFaults(await get(`/sales?${name}=${value}`), name);
  });

  test('must be given once', async () => {
    const value = name === 'limit' ? '1' : '2026-11-23';
    expectFaults(await get(`/sales?${name}=${value}&${name}=${value}`), name);
    expectFaults(await get(`/sales?${name}[]=${value}`), `${name}[]`);
  });
});

test('a query of /sales gets every fault at once', async () => {
  const answer = await get('/sales?limit=0&from=2026-02-30&to=x&page=2&__proto__=1');
  expectFaults(answer, 'limit', 'from', 'to', 'page', '__proto__');
});

test('the days of /sales must not end before they begin', async () => {
  expectFaults(await get('/sales?from=2026-11-24&to=2026-11-23'), 'to');
});

test.each(['/inventory', '/inventory/1'])('%s takes no query', async (path) => {
  expectFaults(await get(`${path}?productID=1&limit=5`), 'productID', 'limit');
  expectFaults(await get(`${path}?__proto__=1`), '__proto__');
});
