import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe';
import { answered, describeBrowser, useBrowser } from './browser';
import { eventually } from './eventually';
import { empty, manyProducts } from './fillings';
import { BESIDE_THE_PAGE, inBrowserMortal } from './shop';

const POLICY = "default-src 'self'; img-src *";

/** Leaves something of each kind. */
const LEAVE = `(async () => {
  localStorage.setItem('seen', 'yes');
  document.cookie = 'seen=yes';
  await caches.open('seen');
})()`;

/** What a page finds that was left. */
async function left(page: Page, url: string): Promise<unknown[]> {
  await page.goto(url);
  return page.evaluate<unknown[]>(`Promise.all([
    localStorage.getItem('seen'),
    document.cookie,
    caches.keys(),
    navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state),
    fetch('/kept').then(({ status }) => status),
  ])`);
}

describeBrowser('what goes wrong in a page is noticed', () => {
  const browser = useBrowser();
  let server: Server;
  let url: string;
  let page: { script: string; body: string };
  beforeAll(async () => {
    server = createServer((req, res) => {
      const headers = { 'Content-Security-Policy': POLICY, 'Content-Type': 'text/html' };
      if (req.url === '/') {
        const head = '<title>Shop</title><script defer src="/script.js"></script>';
        const main = `<main><h1>Shop</h1>${page.body}</main>`;
        res.writeHead(200, headers).end(`<!DOCTYPE html><html lang="en">${head}${main}</html>`);
      } else if (req.url === '/script.js') {
        res.writeHead(200, { 'Content-Type': 'text/javascript' }).end(page.script);
      } else {
        res.writeHead(req.url === '/favicon.ico' ? 204 : 503).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  beforeEach(() => {
    page = { script: '', body: '' };
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.each([
    { what: 'an error on its console', script: "console.error('oh')", error: /^console: oh/ },
    { what: 'a fault', script: "throw new Error('oh')", error: /^thrown: Error: oh/ },
    {
      what: 'a promise that fails unheard',
      script: "Promise.reject(new Error('oh'))",
      error: /^thrown: Error: oh/,
    },
    { what: 'an answer that failed', script: "fetch('/gone')", error: answered(503) },
    {
      what: 'a style that its policy forbids',
      body: '<p style="color: red">red</p>',
      error: /violates .* Content Security Policy/,
    },
    {
      what: 'a script that its policy forbids',
      body: '<script>1</script>',
      error: /violates .* Content Security Policy/,
    },
    {
      what: 'a request to a foreign host',
      body: '<img alt="" src="https://elsewhere.example/1.png">',
      error: /^foreign host: https:\/\/elsewhere\.example\/1\.png/,
    },
  ])('$what', async ({ error, script = '', body = '' }) => {
    page = { script, body };
    await browser.open(url);
    await eventually(() => expect(browser.errors).toContainEqual(expect.stringMatching(error)));
    browser.allowErrors(/an error of another kind/);
    expect(browser.errors).not.toEqual([]);
    browser.allowErrors(error, /ERR_NAME_NOT_RESOLVED/);
    expect(browser.errors).toEqual([]);
  });

  test('an element that some cannot use fails, and is named', async () => {
    page.body = '<button id="pay"></button>';
    const failure = expectAccessible(await browser.open(url));
    await expect(failure).rejects.toThrow(/button-name \(critical\).*\n {2}#pay\n/);
    page.body = '<button id="pay">Pay</button>';
    await expectAccessible(await browser.open(url));
  });

  test('what a test allows is allowed in that test only, and windows share nothing', async () => {
    const first = await browser.open(url);
    await first.evaluate("localStorage.setItem('seen', 'yes')");
    const second = await browser.open(url, { colorScheme: 'dark', width: 320 });
    expect(await second.evaluate("localStorage.getItem('seen')")).toBeNull();
    expect(await second.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).toBe(true);
    expect(await second.evaluate('innerWidth')).toBe(320);
    browser.allowErrors(/a complaint/);
    await browser.endTest();
    page.script = "console.error('a complaint')";
    await browser.open(url);
    expect(await browser.endTest()).toEqual([expect.stringContaining('a complaint')]);
  });

  test('a later test finds nothing that an earlier one has left', async () => {
    const first = await browser.open(url);
    await first.context().grantPermissions(['geolocation']);
    await first.context().route('**/kept', (route) => route.fulfill({ body: 'routed' }));
    await first.evaluate(LEAVE);
    const tab = await first.context().newPage();
    expect(await left(tab, url)).toEqual(['yes', 'seen=yes', ['seen'], 'granted', 200]);
    await browser.endTest();

    const later = await browser.open(url);
    expect(later.context()).toBe(first.context());
    browser.allowErrors(answered(503));
    expect(await left(later, url)).toEqual([null, '', [], 'prompt', 503]);
    expect(
      later
        .context()
        .pages()
        .filter((each) => each.url() === url),
    ).toEqual([later]);
  });

  test('a page that crashes is noticed, and later tests have one that works', async () => {
    const page = await browser.open(url);
    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => {});
    await crashed;
    expect(await browser.endTest()).toEqual([expect.stringMatching(/^crashed: /)]);
    const later = await browser.open(url);
    expect(await later.title()).toBe('Shop');
  });

  test('what lasts as long as a profile is refused in one that later tests use', async () => {
    const page = await browser.open(url);
    expect(() => page.context().addInitScript('1')).toThrow('lasts as long as the profile');
    expect(() => page.clock.install()).toThrow('lasts as long as the profile');
    const own = await browser.open(url, { ownProfile: true });
    await own.clock.install();
    expect(own.context()).not.toBe(page.context());
  });
});

inBrowserMortal(empty, (shop) => {
  test('a killed service comes back as an open page left it, with 1,000 products', async () => {
    const page = await shop.open(BESIDE_THE_PAGE);
    await manyProducts(shop.service, 1_000);
    const stock = () => page.evaluate<unknown[]>("fetch('/inventory').then((a) => a.json())");
    expect(await stock()).toHaveLength(1_000);
    await shop.kill();
    await expect(stock()).rejects.toThrow('Failed to fetch');
    await shop.start();
    expect((await stock())[41]).toEqual({ productID: 42, availableQuantity: 42 });
  });
});
