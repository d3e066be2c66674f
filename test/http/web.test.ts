import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LedgerPlace, sqlitePlace } from '../stores';
import { expectProblem } from './problem-answer';
import { startService, type TestService } from './service';
import { send } from './wire';

/** Long enough to be worth compressing. */
const PAGE = `<!DOCTYPE html><title>The page</title>${'<p>Something</p>'.repeat(200)}`;
const SCRIPT = `console.log('the page');${'// and more\n'.repeat(200)}`;
const HASHED = '/assets/index-BxK3v_9a.js';

let place: LedgerPlace;
let above: string;
let folder: string;
let service: TestService;

const write = (name: string, text: string) => {
  const file = path.join(above, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const start = (page: string) => startService(place.environment, {}, undefined, page);
const get = (at: string, headers: Record<string, string> = {}) =>
  send(service.port, { method: 'GET', path: at, headers });

beforeEach(async () => {
  place = await sqlitePlace();
  above = mkdtempSync(path.join(tmpdir(), 'page-test-'));
  folder = path.join(above, 'page');
  write('secret.txt', 'secret');
  write('page/index.html', PAGE);
  write('page/secret.txt', 'secret');
  write('page/assets/index-BxK3v_9a.js', SCRIPT);
  write('page/assets/icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  write('page/assets/.secret', 'secret');
  write('page/assets/.secret-BxK3v_9a.js', 'secret');
  write('page/assets/fonts/font.woff', 'secret');
  write('page/assets/fonts-BxK3v_9a.js/font.woff', 'secret');
  service = await start(folder);
});
afterEach(async () => {
  await service.close();
  await place.remove();
  rmSync(above, { recursive: true, force: true });
});

test('the page is what was built, and is requested again each time', async () => {
  const answer = await get('/');
  expect(answer).toMatchObject({ status: 200, text: PAGE });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
  });
  const later = new Date(Date.now() + 86_400_000).toUTCString();
  const older = PAGE.replace('The page', 'An older release, put back');
  write('page/index.html', older);
  const again = await get('/', { 'If-Modified-Since': later });
  expect(again).toMatchObject({ status: 200, text: older });
});

test('nothing that is written into the page runs, and pictures come from anywhere', async () => {
  const { headers } = await get('/');
  const policy = new Map(
    String(headers['content-security-policy'])
      .split(';')
      .map((directive) => directive.trim().split(/ +/))
      .map(([name = '', ...sources]) => [name, sources]),
  );
  expect(Object.fromEntries(policy)).toEqual({
    'default-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
    'img-src': ["'self'", 'data:', 'https:', 'http:'],
  });
  expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  // All else keeps the policy that it had.
  const script = await get(HASHED);
  expect(script.headers['content-security-policy']).not.toContain('img-src');
});

test.each([
  [HASHED, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/assets/icon.svg', 'image/svg+xml', 'public, max-age=3600'],
])('%s is %s, kept as %s', async (at, type, kept) => {
  const answer = await get(at);
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({ 'content-type': type, 'cache-control': kept });
  const since = { 'If-Modified-Since': String(answer.headers['last-modified']) };
  expect(await get(at, since)).toMatchObject({ status: 304, text: '' });
});

test.each(['/', HASHED])(
  '%s is compressed for a client that accepts that, and always whole',
  async (at) => {
    const text = at === '/' ? PAGE : SCRIPT;
    const zipped = await service.ask.get(at).set('Accept-Encoding', 'gzip').buffer();
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.text).toBe(text);
    const part = await get(at, { Range: 'bytes=0-3' });
    expect(part).toMatchObject({ status: 200, text });
    expect(part.headers).not.toHaveProperty('content-encoding');
  },
);

test.each(['/', HASHED])('%s has headers alone for HEAD', async (at) => {
  const answer = await send(service.port, { method: 'HEAD', path: at });
  expect(answer).toMatchObject({ status: 200, text: '' });
  expect(answer.headers['cache-control']).toBe((await get(at)).headers['cache-control']);
});

test.each([
  '/index.html',
  '/secret.txt',
  '/assets',
  '/assets/',
  '/assets/nothing.js',
  '/assets/.secret',
  '/assets/%2Esecret',
  '/assets/.secret-BxK3v_9a.js',
  '/assets/.',
  '/assets/..',
  '/assets/%2e%2e',
  '/assets/../secret.txt',
  '/assets/..%2Fsecret.txt',
  '/assets/..%2F..%2Fsecret.txt',
  '/assets/..%5Csecret.txt',
  '/assets/%2Fetc%2Fpasswd',
  '/assets/fonts',
  '/assets/fonts/',
  '/assets/fonts-BxK3v_9a.js',
  '/assets/fonts/font.woff',
  '/assets/fonts%2Ffont.woff',
  '/assets/icon.svg%00',
  '/assets/icon.svg%00.js',
  `/assets/${'x'.repeat(300)}.js`,
])('there is nothing at %s', async (at) => {
  const answer = await get(at);
  expectProblem(answer, 'unknown-path');
  expect(answer.text).not.toContain(above);
  // Nobody is to keep it: the next release may have it.
  expect(answer.headers['cache-control'] ?? '').not.toMatch(/max-age|immutable/);
});

test('a page that was not built says how to, and is there once it was', async () => {
  const unbuilt = path.join(above, 'unbuilt');
  await service.close();
  service = await start(unbuilt);
  const answer = await get('/');
  const detail = expect.stringContaining('npm run build');
  expectProblem(answer, 'unknown-path', { detail });
  expect(answer.text).not.toContain(above);
  expectProblem(await get(HASHED), 'unknown-path');
  expect(await get('/inventory')).toMatchObject({ status: 200, text: '[]' });

  // A build that has only begun.
  write('unbuilt/assets/icon.svg', '<svg/>');
  expectProblem(await get('/'), 'unknown-path', { detail });
  write('unbuilt/index.html', PAGE);
  expect(await get('/')).toMatchObject({ status: 200, text: PAGE });
});
