import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ServiceProcess } from '../faults/service-process';
import { sqlitePlace, usePlace } from '../stores';
import { describeBrowser, useBrowser } from './browser';
import { eventually } from './eventually';
import { OtherSite } from './other-site';

const ATTACKS = readFileSync(path.join(__dirname, 'attacks.js'), 'utf8');

/** A name of the shop that a browser does not trust as it does localhost: it sends no Sec-Fetch-Site there. */
const SHOP = 'shop.test';

const ENCODINGS = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

describeBrowser('pages of other sites, in a browser in which the owner is signed in', () => {
  const browser = useBrowser();
  const place = usePlace(sqlitePlace);
  let service: ServiceProcess;
  let elsewhere: OtherSite;

  beforeEach(async () => {
    elsewhere = await OtherSite.start();
    service = await ServiceProcess.start({
      ...place().environment,
      ACCESS: 'keys',
      LINK_SECRET: 'a secret of the test',
      ALLOWED_HOSTS: SHOP,
    });
    // Nearly all that such a page tries is reported.
    browser.allowErrors(/./);
  });
  afterEach(async () => {
    elsewhere.stop();
    await ServiceProcess.killAll();
  });

  /** Opens the page of the service by this name of it, and signs in there. */
  const signIn = async (host: string) => {
    const { link } = await service.logged('nobody can sign in yet');
    const url = `http://${host}:${service.port}`;
    const page = await browser.open(`${url}/${new URL(link as string).hash}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('owner owner').waitFor();
    // Node does not resolve the names that the browser does.
    const ask = async (path: string, fields?: Readonly<Record<string, string>>) => {
      const [cookie] = await page.context().cookies(url);
      const headers = { Cookie: `${cookie?.name}=${cookie?.value}` };
      const body = fields && { method: 'POST', body: new URLSearchParams(fields) };
      const answer = await fetch(`http://127.0.0.1:${service.port}${path}`, { headers, ...body });
      return JSON.parse(await answer.text());
    };
    const counted = await ask('/inventory', { productID: '1', availableQuantity: '5' });
    expect(counted).toMatchObject({ record: 1 });
    return { page, url, ask };
  };

  /** Every row that the service has. */
  const recorded = async () => {
    const tables = await place().sql("SELECT name FROM sqlite_schema WHERE type = 'table'");
    const names = (tables as { name: string }[]).map(({ name }) => name);
    return Promise.all(
      names.map(async (name) => [name, await place().sql(`SELECT * FROM "${name}"`)]),
    );
  };

  test.each([
    ['127.0.0.1', '127.0.0.1', 'another port of the machine', true],
    [SHOP, SHOP, 'another port, and the browser says its Origin alone', true],
    [`evil.${SHOP}`, SHOP, 'another host of the site', true],
    ['elsewhere.test', 'localhost', 'another site', false],
    ['elsewhere.test', SHOP, 'another site, and the browser says its Origin alone', false],
  ])(
    'at %s change and read nothing of the service at %s: %s',
    async (there, here, _what, isSameSite) => {
      const { page: own, url, ask } = await signIn(here);
      // Of somebody who wants this browser to be theirs.
      const { link } = await ask('/invitations', { name: 'eve', role: 'clerk' });
      const invited = new URL(link).hash.split('/').at(-1) as string;
      const before = await recorded();
      elsewhere.html = `<script>${ATTACKS}</script>`;
      const page = await own.context().newPage();
      await page.goto(elsewhere.at(there));
      const asked = page.waitForRequest(
        (request) => request.isNavigationRequest() && request.url() === `${url}/me`,
      );
      const got = await page.evaluate(`attack('${url}', '${invited}')`);
      expect(Object.keys(got as object).length).toBeGreaterThan(80);
      expect([...new Set(Object.values(got as object))]).toEqual(['nothing']);
      // Of the same site, a request has the session: SameSite=Strict holds none of those back.
      const { cookie = '' } = await (await asked).allHeaders();
      expect(cookie.includes('inventory-session')).toBe(isSameSite);
      // All ports of a host have its cookies (docs/security.md).
      expect(elsewhere.cookies.join().includes('inventory-session')).toBe(there === here);

      for (const encoding of ENCODINGS) {
        elsewhere.html = `<form method="post" action="${url}/inventory" enctype="${encoding}"><input name="productID" value="1"><input name="availableQuantity" value="0"><button>Win</button></form>`;
        await page.goto(elsewhere.at(there));
        await page.getByRole('button').click();
        await eventually(async () => {
          expect(await page.locator('body').textContent()).toContain('/problems/cross-site');
        });
      }
      for (const [target, landed] of [
        ['/sign-in/provider/callback?code=c&state=s', '/#/not-signed-in/not-begun'],
        ['/alerts/1/act?do=acknowledge&by=ann&expires=4102444800&signature=s', undefined],
        [`/#/sign-in/${invited}`, undefined],
      ] as const) {
        elsewhere.html = `<a href="${(url + target).replaceAll('&', '&amp;')}">Win</a>`;
        await page.goto(elsewhere.at(there));
        await page.getByRole('link').click();
        await page.waitForURL(url + (landed ?? target));
      }
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();

      expect(await recorded()).toEqual(before);
      expect(await ask('/me')).toMatchObject({ actor: 'person:owner' });
    },
  );

  test('reach nothing by a name of their own that resolves to this machine', async () => {
    const { page: own } = await signIn('127.0.0.1');
    const before = await recorded();
    const page = await own.context().newPage();
    await page.goto(`http://rebound.test:${service.port}/#/people`);
    expect(await page.locator('body').textContent()).toContain('/problems/misdirected-request');
    const statuses = await page.evaluate(`Promise.all(
      ['/', '/me', '/inventory', '/sign-in', '/healthz', '/sign-in/provider/callback?state=s'].map((path) => fetch(path))
        .concat(['/sessions', '/inventory', '/alerts/1/act'].map((path) => fetch(path, { method: 'POST', body: new URLSearchParams({ invitation: 'x' }) })))
        .concat(fetch('/me', { headers: { 'X-Forwarded-Host': 'localhost', Forwarded: 'host=localhost' } })),
    ).then((answers) => answers.map(({ status }) => status))`);
    expect(statuses).toEqual(Array(10).fill(421));
    const opened = await page.evaluate(`Promise.all([
      new Promise((resolve) => { const events = new EventSource('/records'); events.onopen = () => resolve(true); events.onerror = () => resolve(events.close()); }),
      new Promise((resolve) => { const socket = new WebSocket('ws://' + location.host + '/records'); socket.onopen = () => resolve(true); socket.onclose = () => resolve(); }),
    ])`);
    expect(opened).toEqual([undefined, undefined]);
    expect(await recorded()).toEqual(before);
  });
});
