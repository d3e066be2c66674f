import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectAccessible } from './axe';
import { answered, describeBrowser, useBrowser } from './browser';
import { eventually } from './eventually';
import { empty, manyProducts } from './fillings';
import { inBrowserMortal } from './shop';

const POLICY = "default-src 'self'; img-src *";

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
});

inBrowserMortal(empty, (shop) => {
  test('a killed service comes back as an open page left it, with 10,000 products', async () => {
    const page = await shop.open('/docs');
    await manyProducts(shop.service, 10_000);
    const stock = () => page.evaluate<unknown[]>("fetch('/inventory').then((a) => a.json())");
    expect(await stock()).toHaveLength(10_000);
    await shop.kill();
    await expect(stock()).rejects.toThrow('Failed to fetch');
    await shop.start();
    expect((await stock())[41]).toEqual({ productID: 42, availableQuantity: 42 });
  });
});
