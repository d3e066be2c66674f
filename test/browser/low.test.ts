import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { DUE } from '../due';
import { handleElsewhere, report } from './alerts-page';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { addVan, sendJson } from './locations-shop';
import { faultOf, gridRows } from './parts';
import { inBrowser } from './shop';
import { expectAvailable, row } from './stock-page';

/** What is low in the dummy shop: name and SKU, available, reorder at, a day, days of cover, low in, to order. */
const LOW_NOW = [
  ['Cold Brew Bottle 750 ml BOT-0750', 'low 6', '6', '0.1', '56 days', 'now', '10'],
  ['Espresso Cup, white CUP-0001', 'low 9', '10', '0.5', '16 days', 'now', '36'],
  ['Hand Grinder GRI-0001', 'low 3', '3', '0.1', '42 days', 'now', '10'],
  ['Pour-over Dripper DRI-0001', 'low 5', '5', '0.1', '70 days', 'now', '12'],
];
const BEANS = [
  'House Espresso Beans 1 kg ESP-1000',
  '36',
  '14',
  '2.2',
  '16 days',
  '9.9 days',
  '48',
];
const DECAF = ['Decaf Beans 250 g DEC-0250', '14', '8', '0.5', '28 days', '12 days', '24'];

inBrowser(dummy, (shop) => {
  test('products that are low now or within a fortnight are listed and sorted by what to order', async () => {
    const page = await shop.open('/#/low');
    await expectLow(page, [...LOW_NOW, BEANS, DECAF], '6 products, 4 of them low now');
    await page.getByRole('link', { name: 'Low 4 products' }).waitFor();
    await page.getByRole('button', { name: 'To order' }).click();
    await eventually(async () => {
      const orders = (await gridRows(page)).map((cells) => cells.at(-1));
      expect(orders).toEqual(['48', '36', '24', '12', '10', '10']);
    });
    const header = page.getByRole('columnheader', { name: 'To order' });
    expect(await header.getAttribute('aria-sort')).toBe('descending');
  });

  test('within how many days is chosen, and kept', async () => {
    const page = await shop.open('/#/low');
    const within = page.getByLabel('Include what runs low in the next … days');
    await within.fill('0');
    await expectLow(page, LOW_NOW, '4 products, 4 of them low now');
    await within.fill('11');
    await expectLow(page, [...LOW_NOW, BEANS], '5 products, 4 of them low now');
    await within.fill('365');
    await eventually(async () => expect(await gridRows(page)).toHaveLength(12));
    const orders = (await gridRows(page)).map((cells) => Number(cells.at(-1)));
    // Whole reorder quantities, enough for a year: 2.21 × 365 + 14 − 36 and more for the beans.
    expect(orders).toContain(816);
    // Text that is not a number of days is reported, not kept, and changes nothing.
    for (const typed of ['', 'soon', '-1', '1.5', '366']) {
      await within.fill(typed);
      expect(await faultOf(page, within)).toBe(
        'Type a whole number of days, 365 at most. Until then it is 365.',
      );
      expect(page.url()).toMatch(/days=365$/);
      expect(await gridRows(page)).toHaveLength(12);
    }
    await page.reload();
    await eventually(async () => expect(await gridRows(page)).toHaveLength(12));
    expect(await within.inputValue()).toBe('365');
    // A link has the days, independent of what its reader has chosen before; also for a fortnight.
    await within.fill('14');
    await eventually(async () => expect(page.url()).toMatch(/#\/low\?days=14$/));
    const link = page.url();
    await within.fill('365');
    await page.goto(link);
    await expectLow(page, [...LOW_NOW, BEANS, DECAF], '6 products, 4 of them low now');
    await page.goto(`${shop.url}/#/low`);
    await eventually(async () => expect(await within.inputValue()).toBe('365'));
    expect(await faultOf(page, within)).toBeUndefined();
  });

  test('a product that sells out is low at once; one that was received or retired no longer is', async () => {
    const page = await shop.open('/#/low');
    await page.getByLabel('Include what runs low in the next … days').fill('0');
    await expectLow(page, LOW_NOW, '4 products, 4 of them low now');
    await shop.service.sell(6, 6);
    await shop.service.post('/inventory', { productID: 8, quantityChange: 36, reason: 'receipt' });
    await fetch(`${shop.url}/products/4`, { method: 'DELETE' });
    const [bottle, , , dripper] = LOW_NOW as [string[], string[], string[], string[]];
    const kettle = ['Gooseneck Kettle 1 l KET-1000', 'out 0', '3', '0', '0 days', 'now', '8'];
    await expectLow(page, [bottle, kettle, dripper], '3 products, 3 of them low now');
    for (const productID of [5, 6]) {
      await shop.service.post('/inventory', { productID, quantityChange: 90, reason: 'receipt' });
    }
    await expectLow(page, [bottle], '1 product, 1 of them low now');
    await shop.service.post('/inventory', { productID: 12, quantityChange: 90, reason: 'receipt' });
    await page.getByRole('heading', { name: 'Nothing is low' }).waitFor();
    expect(await page.getByRole('button', { name: 'Export CSV' }).isDisabled()).toBe(true);
  });

  test('ordered products are marked, come last, and are in the file, so that nobody orders them twice', async () => {
    const page = await shop.open('/#/low?days=0');
    await expectLow(page, LOW_NOW, '4 products, 4 of them low now');
    const [{ alertID }] = await report(shop, { productID: 4, kind: 'low', availableQuantity: 3 });
    const handling = { status: 'ordered', due: DUE, note: 'PO-1042, ten' };
    await handleElsewhere(shop, alertID, handling);
    await page.getByText('4 products, 4 of them low now, 1 ordered', { exact: true }).waitFor();
    const orders = async () => (await gridRows(page)).map((cells) => [cells[0], cells.at(-1)]);
    const grinder = ['Hand Grinder GRI-0001', expect.stringMatching(/^Ordered, due .*Dec/)];
    await eventually(async () => expect((await orders()).at(-1)).toEqual(grinder));
    const byOrder = page.getByRole('button', { name: 'To order' });
    for (const order of ['descending', 'ascending']) {
      await byOrder.click();
      const header = page.getByRole('columnheader', { name: 'To order' });
      await eventually(async () => expect(await header.getAttribute('aria-sort')).toBe(order));
      expect((await orders()).at(-1)).toEqual(grinder);
    }
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    const line = `4,Hand Grinder,GRI-0001,4006381333962,3,3,0.07,42,0,0,${DUE},"PO-1042, ten"`;
    expect(text.split('\r\n')).toContain(line);
    await page.getByRole('link', { name: 'Hand Grinder' }).click();
    await page.getByText(/^To order now, ordered, due .*Dec/).waitFor();
  });

  test('it is exported as CSV in the order of the screen, with no formula in it', async () => {
    await fetch(`${shop.url}/products/5`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: '=1+1, "größer"', barcode: '' }),
    });
    const page = await shop.open('/#/low');
    await page.getByLabel('Include what runs low in the next … days').fill('11');
    await eventually(async () => expect(await gridRows(page)).toHaveLength(5));
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const download = await downloading;
    const today = new Date().toISOString().slice(0, 10);
    expect(download.suggestedFilename()).toBe(`low-${today}.csv`);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')).toEqual([
      '\uFEFFproductID,name,sku,barcode,availableQuantity,reorderPoint,unitsPerDay,daysOfCover,daysUntilLow,toOrder,orderedDue,orderedNote',
      '4,Hand Grinder,GRI-0001,4006381333962,3,3,0.07,42,0,10,,',
      `5,"'=1+1, ""größer""",DRI-0001,,5,5,0.07,70,0,12,,`,
      '8,"Espresso Cup, white",CUP-0001,4006381334006,9,10,0.54,16.8,0,36,,',
      '12,Cold Brew Bottle 750 ml,BOT-0750,4006381334044,6,6,0.11,56,0,10,,',
      '1,House Espresso Beans 1 kg,ESP-1000,4006381333931,36,14,2.21,16.26,9.94,48,,',
      '',
    ]);
  });
});

inBrowser(dummy, (shop) => {
  const toVan = (quantity: number) =>
    sendJson(shop, 'POST', '/inventory/moves', {
      from: 1,
      to: 2,
      lines: [{ productID: 1, quantity }],
    });

  beforeEach(async () => {
    await addVan(shop);
    const point = { reorderPoint: 5, reorderQuantity: 24 };
    await sendJson(shop, 'PUT', '/products/1/locations/2', point);
  });

  test('what is low at a location is listed for it, by its reorder point there', async () => {
    const page = await shop.open('/#/low?location=2');
    const rows = (...expected: string[][]) =>
      eventually(async () => expect(await gridRows(page)).toEqual(expected));
    await rows(['House Espresso Beans 1 kg ESP-1000', 'low 5', '5', '24']);
    await page.getByText('1 product low at Van', { exact: true }).waitFor();
    await shop.service.post('/sales', { productID: 1, locationID: 2, quantity: 2 });
    await rows(['House Espresso Beans 1 kg ESP-1000', 'low 3', '5', '24']);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(text).toContain('1,House Espresso Beans 1 kg,ESP-1000,4006381333931,3,5,24,,,Van');
    await toVan(9);
    await page.getByRole('heading', { name: 'Nothing is low' }).waitFor();
    // The other location has no reorder point, and all together have the products' own ones.
    const choice = page.getByRole('combobox', { name: 'Low at' });
    await choice.selectOption('Main');
    await page.getByText('0 products low at Main', { exact: true }).waitFor();
    await page.goBack();
    await eventually(async () => expect(page.url()).toMatch(/location=2$/));
  });

  test('without a location the totals are judged, and a product that is low somewhere says where', async () => {
    const page = await shop.open('/#/low?days=0');
    await page
      .getByText('5 products, 4 of them low now, 1 low at a location', { exact: true })
      .waitFor();
    const [beans] = (await gridRows(page)).filter(([name]) => name?.startsWith('House'));
    expect(beans?.slice(0, 3)).toEqual([
      'House Espresso Beans 1 kg ESP-1000 · low at Van',
      '41',
      '14',
    ]);
    expect(beans?.at(-1)).toBe('0');
    await page.getByRole('link', { name: 'Low 5 products' }).waitFor();
    await toVan(1);
    await page.getByText('4 products, 4 of them low now', { exact: true }).waitFor();
  });

  test('the stock of a location is marked and filtered by its reorder points', async () => {
    const page = await shop.open('/');
    await row(page, 1).getByText('low at Van').waitFor();
    await page.getByRole('radio', { name: 'Low 5' }).check();
    await page.goto(`${shop.url}/#/?location=2&show=low`);
    await expectAvailable(page, 1, '5');
    await row(page, 1).getByText('low', { exact: true }).waitFor();
    await eventually(async () => expect(await page.locator('[data-row]').count()).toBe(1));
    await page.goto(`${shop.url}/#/?location=1&show=low`);
    await page.getByText('No product matches').waitFor();
  });
});

/** Waits until these are listed: those that are low now in any order, as are those that will be. */
async function expectLow(page: Page, expected: string[][], sum: string): Promise<void> {
  await eventually(async () => {
    const rows = await gridRows(page);
    expect(rows.toSorted(byName)).toEqual(expected.toSorted(byName));
    const due = rows.map((cells) => cells[5]);
    expect(due.lastIndexOf('now')).toBe(due.filter((each) => each === 'now').length - 1);
  });
  await page.getByText(sum, { exact: true }).waitFor();
}

function byName([a = '']: string[], [b = '']: string[]): number {
  return a < b ? -1 : 1;
}
