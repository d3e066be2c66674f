import { createHash } from 'node:crypto';
import { type AlertLink, alertLink } from '../../../app/wire/alert-link';
import { type LedgerPlace, sqlitePlace } from '../../stores';
import { expectFaults, expectProblem } from '../problem-answer';
import { startService, type TestService } from '../service';
import { finding, report } from './shortages';

const SECRET = 'a secret of the test';
const MARKUP = `<script>alert("1")</script> & 'Söhne' </h1>`;
const ESCAPED =
  '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Söhne&#39; &lt;/h1&gt;';

let place: LedgerPlace;
let service: TestService;
let unsigned: TestService;
beforeAll(async () => {
  place = await sqlitePlace();
  service = await startService(place.environment, { LINK_SECRET: SECRET });
  unsigned = await startService(place.environment);
  await service.ask.post('/products').send({ productID: 1, name: MARKUP }).expect(201);
  await report(service, finding(1), finding(2));
});
afterAll(async () => {
  await service.close();
  await unsigned.close();
  await place.remove();
});

const link = (changes: Partial<AlertLink> = {}, secret = SECRET) =>
  alertLink('', secret, {
    alertID: 1,
    action: 'acknowledge',
    by: 'ann@shop.example',
    expires: 4_102_444_800,
    ...changes,
  });
const GOOD = link();
const events = async () => (await place.sql('SELECT * FROM alerts')).length;

/** Expects a link to be refused to all who follow it, and nothing to come of it. */
async function expectRefused(path: string, { ask }: TestService = service): Promise<void> {
  const before = await events();
  expectProblem(await ask.get(path), 'bad-link');
  expectProblem(await ask.post(path), 'bad-link');
  expect((await ask.head(path)).status).toBe(403);
  expect(await events()).toBe(before);
}

test.each([
  ['another alert', GOOD.replace('/alerts/1/', '/alerts/2/')],
  ['an alert that is not there', GOOD.replace('/alerts/1/', '/alerts/99/')],
  ['another action', GOOD.replace('do=acknowledge', 'do=order')],
  ['another person', GOOD.replace('ann', 'eve')],
  ['a later end', GOOD.replace('expires=4102444800', 'expires=4102444801')],
  ['no signature to speak of', GOOD.replace(/signature=.*/, 'signature=x')],
  ['a signature cut short', GOOD.slice(0, -1)],
  ['a signature that goes on', `${GOOD}A`],
  [
    'a signature in capitals',
    GOOD.replace(/signature=.*/, (text) => `signature=${text.slice(10).toUpperCase()}`),
  ],
  ['a signature of as many characters, not bytes', GOOD.replace(/.$/, '%C3%A9')],
  ['another secret', link({}, 'another secret of the test')],
  ['an empty secret', link({}, '')],
])('a link with %s is forged', async (_what, path) => {
  await expectRefused(path);
});

test('a link is good until its end', async () => {
  const now = Math.floor(Date.now() / 1_000);
  await expectRefused(link({ expires: 0 }));
  await expectRefused(link({ expires: now - 1 }));
  expect((await service.ask.get(link({ expires: now + 60 }))).status).toBe(200);
});

test('a service without a secret takes no link, not even one signed with nothing', async () => {
  await expectRefused(GOOD, unsigned);
  await expectRefused(link({}, ''), unsigned);
  await expectRefused(link({}, 'undefined'), unsigned);
});

test('a query that no link has is refused before its signature is checked', async () => {
  expectFaults(await service.ask.get('/alerts/1/act'), 'do', 'by', 'expires', 'signature');
  expectFaults(await service.ask.post('/alerts/1/act'), 'do', 'by', 'expires', 'signature');
  expectFaults(await service.ask.get(GOOD.replace('acknowledge', 'resolve')), 'do');
  expectFaults(await service.ask.get(`${GOOD}&do=order`), 'do');
  expectFaults(await service.ask.get(`${GOOD}&next=x`), 'next');
  expectFaults(await service.ask.get(GOOD.replace('4102444800', '-1')), 'expires');
});

test('a link to an alert that was never there, though signed, leads nowhere', async () => {
  expectProblem(await service.ask.get(link({ alertID: 99 })), 'unknown-alert');
  expectProblem(await service.ask.post(link({ alertID: 99 })), 'unknown-alert');
});

test('the page is not cached, framed or passed on in referrers, and runs no script', async () => {
  for (const asked of [
    service.ask.get(GOOD),
    service.ask.head(GOOD),
    service.ask.post(link({ alertID: 2 })),
  ]) {
    const { headers, text } = await asked;
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    const policy = headers['content-security-policy'] as string;
    const style = /<style>(.*?)<\/style>/s.exec(text ?? '')?.[1];
    const directives = new Map(
      policy.split('; ').map((one) => one.split(/ (.*)/) as [string, string]),
    );
    expect(directives.get('default-src')).toBe("'none'");
    expect(directives.get('form-action')).toBe("'self'");
    expect(directives.get('base-uri')).toBe("'none'");
    expect(directives.get('frame-ancestors')).toBe("'none'");
    expect(directives.has('script-src')).toBe(false);
    if (style === undefined) continue;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(directives.get('style-src')).toBe(`'sha256-${hash}'`);
    expect(text).not.toMatch(/<script|\son\w+=|javascript:/i);
  }
});

test('names with markup are text on the page', async () => {
  const by = '<img src=x onerror=alert(1)>"\'&';
  const shown = await service.ask.get(link({ by }));
  const pressed = await service.ask.post(link({ by }));
  for (const { status, text } of [shown, pressed]) {
    expect(status).toBe(200);
    expect(text).toContain(`<h1>${ESCAPED}</h1>`);
    expect(text).toContain(`<title>${ESCAPED}</title>`);
    expect(text).not.toMatch(/<script|<img/);
  }
  expect(pressed.text).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp; is on it.');
  expect((await service.ask.get(link({ alertID: 2 }))).text).toContain('<h1>Product 2</h1>');
});
