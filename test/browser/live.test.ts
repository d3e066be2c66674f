import type { Page } from 'playwright-core';
import { ServiceProcess } from '../faults/service-process';
import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { inBrowser, inBrowserMortal, type Shop } from './shop';
import {
  expectAvailable,
  expectMark,
  expectMessage,
  openForm,
  recorded,
  row,
  shownIDs,
} from './stock-page';

/** What Chromium says of a request that a test has cut off. */
const CUT_OFF = /net::ERR_FAILED/;

inBrowser(dummy, (shop) => {
  afterEach(() => ServiceProcess.killAll());

  test('changes by a window, an application or another process show in every window at once', async () => {
    const retired = { productID: 13, name: 'Tamper 58 mm', sku: 'TAM-0058' };
    expect((await shop.service.post('/products', retired)).status).toBe(201);
    await inCatalogue(shop, 'DELETE', '/products/13');
    const [one, other] = await Promise.all([shop.open(), shop.open()]);
    const both = (holds: (page: Page) => Promise<void>) => Promise.all([holds(one), holds(other)]);
    await both((page) => expectMark(page, 'Live'));
    // Live means by the stream: nothing is loaded again for it.
    const loads: string[] = [];
    for (const page of [one, other]) {
      page.on('request', (asked) => {
        if (/\/(overview|inventory)(\?|$)/.test(asked.url()) && asked.method() === 'GET')
          loads.push(asked.url());
      });
    }
    await change(one, 1, 'c', '50');
    await both((page) => expectAvailable(page, 1, '50'));
    await change(other, 1, 's', '2');
    await both((page) => expectAvailable(page, 1, '48'));
    await both((page) => eventually(async () => expect(await sold7(page)).toBe('20')));
    expect(await recorded(shop)).toHaveLength(2);

    await shop.service.sell(1, 3);
    await both((page) => expectAvailable(page, 1, '45'));
    expect(await sold7(one)).toBe('23');
    expect(loads).toEqual([]);
    // One that no one knows, and one that the catalogue alone knows.
    await shop.service.count(777, 5);
    await expectAvailable(one, 777, '5');
    expect(await row(one, 777).innerText()).toMatch(/^Product 777/);
    await shop.service.count(13, 6);
    await expectAvailable(one, 13, '6');
    await row(one, 13).getByText('Tamper 58 mm').waitFor();

    const process = await ServiceProcess.start(shop.place().environment);
    await process.sell(1, 3);
    await both((page) => expectAvailable(page, 1, '42'));

    await inCatalogue(shop, 'PATCH', '/products/8', {
      name: 'Espresso Cup, blue',
      reorderPoint: 2,
    });
    await eventually(async () => {
      const text = await row(one, 8).innerText();
      expect(text).toMatch(/^Espresso Cup, blue/);
      expect(text).not.toMatch(/low/);
    });
    await one.getByRole('searchbox').fill('cup blue');
    await eventually(async () => expect(await shownIDs(one)).toEqual([8]));
  });

  test('a change that waits is kept over a reload, cancelled, and recorded once though answers are lost', async () => {
    shop.browser.allowErrors(CUT_OFF);
    const page = await shop.open();
    const tray = page.getByRole('button', { name: '1 to send' });
    await page.route('**/sales', (route) => route.abort());
    await change(page, 1, 's', '2');
    await tray.waitFor();
    await page.reload();
    await tray.waitFor();
    expect(await recorded(shop)).toEqual([]);
    await page.unroute('**/sales');
    await expectAvailable(page, 1, '34');
    await tray.waitFor({ state: 'detached' });

    await page.route('**/sales', (route) => route.abort());
    await change(page, 1, 's', '5');
    await tray.click();
    await page.getByRole('button', { name: 'Cancel change' }).click();
    await expectMessage(page, 'Cancelled: Sale of 5 × House Espresso Beans 1 kg');
    await tray.waitFor({ state: 'detached' });
    await page.unroute('**/sales');
    expect(await keptBy(page)).toEqual([]);

    let losses = 2;
    await page.route('**/sales', async (route) => {
      if (losses === 0) return route.fallback();
      losses -= 1;
      expect((await route.fetch()).status()).toBe(201);
      return route.abort();
    });
    // It may be put anew.
    await page.getByRole('form').getByLabel('Units sold').fill('3');
    await page.keyboard.press('Enter');
    await expectMessage(page, '31 available now');
    expect(losses).toBe(0);
    await expectOnlyRecords(
      shop,
      page,
      { reason: 'sale', quantity: 2 },
      { reason: 'sale', quantity: 3 },
    );
  });
});

inBrowserMortal(dummy, (shop) => {
  test('a killed service is reported, and each time it is back, nothing is missing', async () => {
    const page = await shop.open();
    await expectMark(page, 'Live');
    await shop.service.sell(1, 1);
    await expectAvailable(page, 1, '35');
    await shop.kill();
    await expectMark(page, 'Reconnecting');
    // What was known stays in sight, and says how old it is.
    await expectMark(page, 'As of \\d');
    await expectAvailable(page, 1, '35');
    const other = await ServiceProcess.start(shop.place().environment);
    for (const quantity of [1, 2, 3]) await other.sell(1, quantity);
    await other.count(4, 12);
    await other.count(778, 7);
    await shop.start();
    await expectMark(page, 'Live');
    await expectAvailable(page, 1, '29');
    await expectAvailable(page, 4, '12');
    await expectAvailable(page, 778, '7');
    expect(await sold7(page)).toBe('25');
    for (const [left, sold] of [
      ['28', '26'],
      ['27', '27'],
    ] as const) {
      await shop.kill();
      await expectMark(page, 'Reconnecting');
      await shop.start();
      await expectMark(page, 'Live');
      await shop.service.sell(1, 1);
      await expectAvailable(page, 1, left);
      await eventually(async () => expect(await sold7(page)).toBe(sold));
    }
  });

  test('a change made while the service is away cannot be cancelled, and is recorded once when it is back', async () => {
    const page = await shop.open();
    await expectMark(page, 'Live');
    await shop.kill();
    await change(page, 1, 'r', '24');
    const form = page.getByRole('form');
    await form.getByText(/The service does not answer yet/).waitFor();
    expect(await row(page, 1).innerText()).toMatch(/sending/);
    // It may have been recorded.
    await page.getByRole('button', { name: '1 to send' }).click();
    await page.getByRole('button', { name: 'Cancel change' }).click();
    await expectMessage(page, /^It can no longer be cancelled/);
    await shop.start();
    await expectAvailable(page, 1, '60');
    await form.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /to send/ }).waitFor({ state: 'detached' });
    await expectOnlyRecords(shop, page, { reason: 'receipt', quantityChange: 24 });
  });

  test('changes made while the service is away outlive the page, in order; a refused one is shown until dismissed', async () => {
    shop.browser.allowErrors(/status of 409 /);
    const page = await shop.open();
    await expectMark(page, 'Live');
    await shop.kill();
    await change(page, 4, 's', '3');
    await page.getByRole('button', { name: '1 to send' }).waitFor();
    await page.keyboard.press('Escape');
    const other = await ServiceProcess.start(shop.place().environment);
    await other.sell(4, 1);
    await shop.start();
    await page.getByRole('button', { name: '1 refused' }).waitFor();

    await shop.kill();
    await change(page, 1, 'r', '24');
    await page.getByRole('button', { name: '1 to send' }).waitFor();
    await page.keyboard.press('Escape');
    await change(page, 1, 'w', '4');
    await page.getByRole('button', { name: '2 to send' }).waitFor();
    await page.close();
    await shop.start();
    const later = await page.context().newPage();
    await later.goto(shop.url);
    await expectAvailable(later, 1, '56');
    const tray = later.getByRole('button', { name: '1 refused' });
    await tray.click();
    await later.getByText(/Product 4 has 2 available/).waitFor();
    await later.getByRole('button', { name: 'Dismiss' }).click();
    await tray.waitFor({ state: 'detached' });
    expect(await keptBy(later)).toEqual([]);
    await later.reload();
    await expectAvailable(later, 1, '56');
    await expectOnlyRecords(
      shop,
      later,
      { productID: 4, quantity: 1 },
      { reason: 'receipt', availableQuantity: 60 },
      { reason: 'waste', availableQuantity: 56 },
    );
  });

  test('two tabs send what waits once, and one that could not is done with what the other has sent', async () => {
    shop.browser.allowErrors(CUT_OFF);
    const [page, tab] = await twoTabs(shop);
    await shop.kill();
    await change(page, 1, 's', '2');
    const trays = [page, tab].map((each) => each.getByRole('button', { name: '1 to send' }));
    await Promise.all(trays.map((tray) => tray.waitFor()));
    await shop.start();
    await Promise.all([expectAvailable(page, 1, '34'), expectAvailable(tab, 1, '34')]);
    await Promise.all(trays.map((tray) => tray.waitFor({ state: 'detached' })));

    await Promise.all([page, tab].map((each) => each.route('**/sales', (sale) => sale.abort())));
    // The form of a sale that the other tab has sent may still be there, and would take the keys of this one.
    await page.reload();
    await row(page, 1).waitFor();
    await change(page, 1, 's', '3');
    await tab.getByRole('button', { name: '1 to send' }).waitFor();
    await tab.locator('header button[aria-expanded] svg.lucide-cloud-off').waitFor();
    await page.unroute('**/sales');
    await expectAvailable(tab, 1, '31');
    await tab.locator('header button[aria-expanded]').waitFor({ state: 'detached' });
    await expectOnlyRecords(
      shop,
      page,
      { reason: 'sale', quantity: 2 },
      { reason: 'sale', quantity: 3 },
    );
  });

  test('a ledger restored from a backup is shown as it was, under a running service or a killed one', async () => {
    const page = await shop.open();
    await expectMark(page, 'Live');
    await shop.place().sql('DROP TRIGGER IF EXISTS inventory_is_never_deleted');
    const restore = () => shop.place().sql('DELETE FROM inventory WHERE record = 231');
    await shop.service.count(1, 99);
    await expectAvailable(page, 1, '99');
    await restore();
    await expectAvailable(page, 1, '36');
    await shop.service.count(1, 98);
    await expectAvailable(page, 1, '98');
    await shop.kill();
    await restore();
    await shop.start();
    await expectMark(page, 'Live');
    await expectAvailable(page, 1, '36');
    await shop.service.sell(1, 1);
    await expectAvailable(page, 1, '35');
  });

  test('a change begun on one ledger is refused by another one, even with the same numbers', async () => {
    shop.browser.allowErrors(answered(412));
    const begin = async (availableQuantity: number) => {
      await shop.service.count(1, availableQuantity);
      await inCatalogue(shop, 'PATCH', '/products/1', { price: '17' });
    };
    await begin(99);
    const scan = await shop.open('/#/scan');
    await scan.getByLabel('Barcode, SKU or number').fill('4');
    await scan.keyboard.press('Enter');
    await scan.keyboard.type('1');
    await scan.keyboard.press('Enter');
    const scanned = scan.getByRole('region', { name: 'Scanned' }).getByRole('listitem');
    await scanned.filter({ hasText: 'Recorded' }).waitFor();
    const stock = await shop.open();
    await expectAvailable(stock, 1, '99');
    const form = await openForm(stock, 1, 'c');
    await stock.keyboard.type('30');
    const product = await shop.open('/#/products/1');
    await product.getByRole('button', { name: 'Edit', exact: true }).click();
    const dialog = product.getByRole('dialog');
    await dialog.getByLabel('Name').fill('House Beans');

    await shop.kill();
    for (const table of ['inventory', 'products']) {
      await shop.place().sql(`DROP TRIGGER ${table}_is_never_deleted`);
    }
    await shop.place().sql('DELETE FROM inventory WHERE record > 230');
    await shop.place().sql('DELETE FROM products WHERE revision > 12');
    await shop.start();
    await begin(98);
    await shop.service.sell(4, 1);
    for (const page of [scan, stock, product]) await expectMark(page, 'Live');
    await expectAvailable(stock, 1, '98');

    await stock.keyboard.press('Enter');
    await form.getByText('Somebody else changed it first.').waitFor();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByText('Somebody else changed it first.').waitFor();
    await scanned.getByRole('button', { name: 'Undo' }).click();
    await expectMessage(scan, /is not undone\. The records have been replaced/);
    expect(await recorded(shop)).toMatchObject([
      { productID: 1, availableQuantity: 98 },
      { productID: 4, reason: 'sale' },
    ]);
    // Once decided again, they hold.
    await dialog.getByRole('button', { name: 'Save mine anyway' }).click();
    await expectMessage(product, 'Saved: House Beans');
    await form.getByRole('button', { name: 'Set to 30 anyway' }).click();
    await expectAvailable(stock, 1, '30');
  });
});

/** Two tabs of one browser, which keep what waits together. */
async function twoTabs(shop: Shop): Promise<[Page, Page]> {
  const page = await shop.open();
  const tab = await page.context().newPage();
  await tab.goto(shop.url);
  await Promise.all([expectMark(page, 'Live'), expectMark(tab, 'Live')]);
  return [page, tab];
}

/** Records a change by keyboard, from a product's row. */
async function change(page: Page, productID: number, key: string, quantity: string): Promise<void> {
  await openForm(page, productID, key);
  await page.keyboard.type(quantity);
  await page.keyboard.press('Enter');
}

/** What the browser keeps for the page until it is sent or seen. */
function keptBy(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    "Object.keys(localStorage).filter((name) => name.startsWith('inventory.outbox.'))",
  );
}

/** What the page says was sold of product 1 in seven days: 18 in the dummy shop. */
function sold7(page: Page): Promise<string> {
  return row(page, 1).locator('[aria-colindex="5"]').innerText();
}

/** Holds that this alone was recorded after the dummy shop, also after what might still be on its way. */
async function expectOnlyRecords(shop: Shop, page: Page, ...expected: object[]): Promise<void> {
  await shop.service.count(2, 1);
  await expectAvailable(page, 2, '1');
  expect(await recorded(shop)).toMatchObject([...expected, { productID: 2, reason: 'count' }]);
}

async function inCatalogue(shop: Shop, method: string, resource: string, fields?: object) {
  const { status } = await fetch(`${shop.url}${resource}`, {
    method,
    ...(fields && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(fields),
    }),
  });
  expect(status).toBe(200);
}
