import type { Page } from 'playwright-core';
import { onOneDay } from '../whole-day';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { card, faultOf, lines } from './parts';
import { BESIDE_THE_PAGE, inBrowser } from './shop';
import { expectFocusedRow, row, shownIDs } from './stock-page';

const DAY_MS = 86_400_000;

/** The products of the dummy shop with "cup" or "espresso" in their names, by name. */
const ESPRESSO = [8, 1];

onOneDay();

inBrowser(dummy, (shop) => {
  test('search, filter and order of the stock are in the address: Back, a reload and a link keep them', async () => {
    const page = await shop.open();
    await row(page, 1).waitFor();
    await page.getByRole('searchbox').fill('espresso');
    await expectShown(page, ESPRESSO);
    await page.getByRole('columnheader', { name: 'Available' }).getByRole('button').click();
    await expectHash(page, '#/?q=espresso&sort=available');
    await row(page, 1).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'House Espresso Beans 1 kg' }).waitFor();
    await page.goBack();
    await expectShown(page, [8, 1]);
    expect(await page.getByRole('searchbox').inputValue()).toBe('espresso');
    await page.getByRole('radio', { name: /^Low/ }).check();
    await expectShown(page, [8]);
    await expectHash(page, '#/?q=espresso&show=low&sort=available');
    await page.reload();
    await expectShown(page, [8]);
    const link = await shop.open(`/${new URL(page.url()).hash}`);
    await expectShown(link, [8]);
    expect(await link.getByRole('searchbox').inputValue()).toBe('espresso');
    // What was chosen is taken back by Back, letter by letter what was typed is not.
    await page.goBack();
    await expectShown(page, [8, 1]);
    await page.goBack();
    await expectHash(page, '#/?q=espresso');
    await page.getByRole('link', { name: 'Stock' }).click();
    await expectHash(page, '#/');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  test('from the search, Down and Enter go to the first row that it found', async () => {
    const page = await shop.open();
    await row(page, 1).waitFor();
    for (const key of ['ArrowDown', 'Enter']) {
      await page.keyboard.press('/');
      await page.getByRole('searchbox').fill('');
      await page.keyboard.type('espresso');
      await page.keyboard.press(key);
      await expectFocusedRow(page, ESPRESSO[0] as number);
    }
    await page.keyboard.press('ArrowDown');
    await expectFocusedRow(page, ESPRESSO[1] as number);
  });

  test('the period of the sales, and what they are ranked by, are in the address', async () => {
    const [from, to] = [day(72), day(60)];
    const page = await shop.open(`/#/sales?days=chosen&from=${from}&to=${to}&by=revenue`);
    await page.getByRole('img', { name: 'Revenue on each of 13 days' }).waitFor();
    await page.getByRole('radio', { name: '7 days' }).check();
    await expectHash(page, '#/sales?days=7&by=revenue');
    await page.goBack();
    await page.getByRole('img', { name: 'Revenue on each of 13 days' }).waitFor();
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe(from);
  });

  test('the moment of the stock, the days of what is low and the reason of a history are in the address', async () => {
    const at = `${day(50)}T12:00:00.000Z`;
    const page = await shop.open(`/#/time?at=${at}&sort=-then`);
    expect(await page.getByLabel('Date and time').inputValue()).toBe(at.slice(0, 16));
    await page.getByRole('columnheader', { name: 'Available then' }).waitFor();
    await page.getByLabel('Date and time').fill(`${day(51)}T12:00`);
    await expectHash(
      page,
      `#/time?at=${encodeURIComponent(`${day(51)}T12:00:00.000Z`)}&sort=-then`,
    );
    await page.goto(`${shop.url}/#/low?days=0`);
    await page.getByText('4 products, 4 of them low now').waitFor();
    await page.goto(`${shop.url}/#/products/1?reason=count`);
    await eventually(async () => {
      const what = (await lines(card(page, 'History'))).map((line) => line.split('\t')[1]);
      expect(new Set(what)).toEqual(new Set(['Count']));
    });
    await page.getByRole('radio', { name: 'All', exact: true }).check();
    await expectHash(page, '#/products/1');
  });

  test('parts of an address that make no sense are ignored', async () => {
    const page = await shop.open('/#/?q=%&show=x&sort=-x&more=1');
    await page.getByRole('searchbox').waitFor();
    await page.goto(`${shop.url}/#/?show=%E0%A4%A&sort=`);
    await eventually(async () => expect(await shownIDs(page)).toHaveLength(12));
    expect(await page.getByRole('radio', { name: /^All/ }).isChecked()).toBe(true);
    await page.goto(`${shop.url}/#/sales?days=chosen&from=2026-02-31&to=x&by=`);
    await eventually(async () => {
      expect(await faultOf(page, page.getByLabel('To', { exact: true }))).toMatch(/^Choose a day/);
    });
    for (const path of ['time?at=never&sort=x', 'time?at=9999-99-99T00:00', 'low?days=-1&sort=x']) {
      await page.goto(`${shop.url}/#/${path}`);
      await page.locator('[data-row]').first().waitFor();
    }
    await page.goto(`${shop.url}/#/alerts?show=x&kind=x`);
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    await page.goto(`${shop.url}/#/products/1?reason=x`);
    await page.locator('input[type=radio]:checked').first().waitFor();
    expect(await page.getByRole('radio', { name: 'All', exact: true }).isChecked()).toBe(true);
  });

  test("a chart's axes are written as the language of the page has it", async () => {
    const page = await shop.open(BESIDE_THE_PAGE, { locale: 'de-DE' });
    await page.addInitScript(`
      window.written = [];
      const write = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        window.written.push(text);
        return write.call(this, text, ...place);
      };`);
    await page.goto(`${shop.url}/#/sales`);
    const written = () => page.evaluate<string[]>('window.written');
    await eventually(async () => expect((await written()).length).toBeGreaterThan(4));
    const days = (await written()).filter((text) => /[^0-9]/.test(text));
    expect(days.length).toBeGreaterThan(1);
    for (const text of days) expect(text).toMatch(/^\d{1,2}\. \p{L}+\.?$/u);
  });
});

/** Waits until these products are shown, in their order. */
function expectShown(page: Page, ids: readonly number[]): Promise<void> {
  return eventually(async () => expect(await shownIDs(page)).toEqual(ids));
}

/** Waits until the address says so, behind its #. */
function expectHash(page: Page, hash: string): Promise<void> {
  return eventually(async () => expect(new URL(page.url()).hash).toBe(hash));
}

/** A UTC day some days ago. */
function day(daysAgo: number): string {
  return new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
}
