import { alertLink } from '../../app/wire/alert-link';
import { MONITOR_PASS_HEADER } from '../../app/wire/headers';
import { monitorPass } from '../../app/wire/monitor-pass';
import { ServiceProcess } from '../faults/service-process';
import { finding } from '../http/alerts/shortages';
import { type LedgerPlace, sqlitePlace } from '../stores';
import { answered, describeBrowser, useBrowser } from './browser';
import { eventually } from './eventually';
import { OtherSite } from './other-site';

const SECRET = 'a secret of the test';

/** A name of the shop that a browser does not trust as it does localhost: it sends no Sec-Fetch-Site there. */
const SHOP = 'shop.test';

/** What Chromium says of a header that it takes by HTTPS alone. */
const UNTRUSTED = /Cross-Origin-Opener-Policy header has been ignored/;

describeBrowser('pages of other sites', () => {
  const browser = useBrowser();
  let place: LedgerPlace;
  let service: ServiceProcess;
  let elsewhere: OtherSite;

  beforeEach(async () => {
    place = await sqlitePlace();
    service = await ServiceProcess.start({
      ...place.environment,
      ALLOWED_HOSTS: SHOP,
      LINK_SECRET: SECRET,
    });
    await service.count(1, 5);
    elsewhere = await OtherSite.start();
    browser.allowErrors(/^foreign host/, answered(403, 421), UNTRUSTED);
  });
  afterEach(async () => {
    elsewhere.stop();
    await ServiceProcess.killAll();
    await place.remove();
  });

  const open = (host: string) => browser.open(elsewhere.at(host));
  const stock = async () => (await service.get('/inventory')).body[0].availableQuantity;

  test.each([
    ['127.0.0.1', '127.0.0.1', 'another port of the same machine'],
    ['elsewhere.test', '127.0.0.1', 'another site'],
    ['elsewhere.test', SHOP, 'another site, and the browser says its Origin alone'],
    ['localhost', SHOP, 'this machine, and the browser says its Origin alone'],
  ])('at %s change nothing of the service at %s: %s', async (there, here) => {
    const url = `http://${here}:${service.port}`;
    elsewhere.html = `<form method="post" action="${url}/inventory" enctype="multipart/form-data"><input name="productID" value="1"><input name="availableQuantity" value="0"><button>Win</button></form>`;
    const page = await open(there);
    const sent = page.evaluate(
      `fetch('${url}/inventory', { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ productID: 1, availableQuantity: 0 }) })`,
    );
    await expect(sent).rejects.toThrow('Failed to fetch');
    const deleted = page.evaluate(`fetch('${url}/products/1', { method: 'DELETE' })`);
    await expect(deleted).rejects.toThrow('Failed to fetch');
    browser.allowErrors(/blocked by CORS policy/, /ERR_FAILED|ERR_BLOCKED_BY_RESPONSE/);
    await page.getByRole('button').click();
    await eventually(async () => {
      expect(await page.locator('body').textContent()).toContain('/problems/cross-site');
    });
    expect(await stock()).toBe(5);
    expect((await service.get('/readyz')).body.record).toBe(1);
  });

  test('reach nothing by a name of their own that resolves to this machine', async () => {
    const page = await browser.open(`http://rebound.test:${service.port}/inventory`);
    expect(await page.locator('body').textContent()).toContain('/problems/misdirected-request');
    const statuses = await page.evaluate(
      `Promise.all([fetch('/inventory'), fetch('/', { method: 'GET' }), fetch('/products/1', { method: 'DELETE' }), fetch('/inventory', { method: 'POST', body: new URLSearchParams({ productID: 1, availableQuantity: 0 }) })]).then((answers) => answers.map(({ status }) => status))`,
    );
    expect(statuses).toEqual([421, 421, 421, 421]);
    expect(await stock()).toBe(5);
  });

  test.each([SHOP, 'localhost'])(
    'while a link in a mail and its button work, at %s',
    async (host) => {
      const url = `http://${host}:${service.port}`;
      const found = await fetch(`http://127.0.0.1:${service.port}/alerts/findings`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          [MONITOR_PASS_HEADER]: monitorPass(SECRET, new Date()),
        },
        body: JSON.stringify({
          findings: [finding(1, { record: 1, revision: 0, availableQuantity: 5 })],
        }),
      });
      expect(found.status).toBe(200);
      const link = { alertID: 1, action: 'acknowledge', by: 'ann@shop.example' } as const;
      elsewhere.html = `<a href="${alertLink(url, SECRET, { ...link, expires: 4_102_444_800 }).replaceAll('&', '&amp;')}">I see to it</a>`;
      const page = await open('elsewhere.test');
      await page.getByRole('link').click();
      await page.getByRole('button').click();
      await page.getByText('ann@shop.example is on it.').waitFor();
    },
  );
});
