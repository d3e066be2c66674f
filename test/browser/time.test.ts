import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { numberOf } from '../http/tags';
import { onOneDay } from '../whole-day';
import { eventually } from './eventually';
import { dummy, empty } from './fillings';
import { faultOf, gridRows } from './parts';
import { inBrowser, type Shop } from './shop';

const DAY_MS = 86_400_000;

interface StockLine {
  readonly productID: number;
  readonly availableQuantity: number;
}

onOneDay();

inBrowser(dummy, (shop) => {
  test('at first it is the stock as of now, with whole names on a phone, too', async () => {
    const page = await shop.open('/#/time', { width: 360, height: 740 });
    await expectStock(shop, page, undefined);
    const cutOff = await page
      .locator('[data-row] a')
      .evaluateAll((names) => names.filter((name) => name.scrollWidth > name.clientWidth).length);
    expect(cutOff).toBe(0);
    await page.getByText(/^As of .*, record 230$/).waitFor();
    expect((await gridRows(page))[0]).toEqual(['Cleaning Tablets, 10 pieces CLE-0010', '19', '0']);
  });

  test('a moment that is chosen has the stock of that moment, and what came since', async () => {
    const page = await shop.open('/#/time');
    await expectStock(shop, page, undefined);
    for (const time of [at(50, '12:00'), at(91, '08:04'), at(1, '16:30')]) {
      await page.getByLabel('Date and time').fill(time);
      await expectStock(shop, page, `${time}:00Z`);
    }
    expect(await gridRows(page)).toContainEqual(['Espresso Cup, white CUP-0001', '16', '-7']);
    await shop.service.post('/inventory', { productID: 8, quantityChange: 36, reason: 'receipt' });
    await eventually(async () => {
      expect(await gridRows(page)).toContainEqual(['Espresso Cup, white CUP-0001', '16', '+29']);
    });
  });

  test('the slider goes to the beginning, when there was nothing, and minute by minute', async () => {
    const page = await shop.open('/#/time');
    await expectStock(shop, page, undefined);
    const slider = page.getByRole('slider', { name: 'Moment' });
    await slider.press('Home');
    await page.getByRole('heading', { name: 'Nothing was recorded by then' }).waitFor();
    expect(await page.getByLabel('Date and time').inputValue()).toBe(at(91, '08:00'));
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/8:00:00\sAM$/);
    for (let minute = 1; minute <= 5; minute += 1) await slider.press('ArrowRight');
    await expectStock(shop, page, `${at(91, '08:05')}:00Z`);
    expect(await gridRows(page)).toHaveLength(7);
    await slider.press('End');
    await expectStock(shop, page, undefined);
  });

  test('a time can be typed; one that is out of range is reported', async () => {
    const page = await shop.open('/#/time');
    await expectStock(shop, page, undefined);
    const input = page.getByLabel('Date and time');
    const [date, time] = at(50, '12:34').split('T') as [string, string];
    const [year, month, day] = date.split('-');
    await input.focus();
    // Its month is January and its year 0002 at first.
    await page.keyboard.type(`${month}${day}${year}`);
    await page.keyboard.type(`${time.replace(':', '')}PM`);
    expect(await input.inputValue()).toBe(at(50, '12:34'));
    await expectStock(shop, page, `${at(50, '12:34')}:00Z`);
    await input.fill(at(200, '12:00'));
    await eventually(async () => expect(await faultOf(page, input)).toMatch(/^Choose a moment /));
    await page.getByRole('slider', { name: 'Moment' }).focus();
    expect(await faultOf(page, input)).toBeUndefined();
    expect(await input.inputValue()).toBe(at(50, '12:34'));
  });

  test('the stock of the moment is exported as CSV', async () => {
    const page = await shop.open('/#/time');
    await page.getByLabel('Date and time').fill(at(50, '12:00'));
    await expectStock(shop, page, `${at(50, '12:00')}:00Z`);
    const link = page.getByRole('link', { name: 'Export CSV' });
    const asOf = `${at(50, '12:00')}:00.000Z`;
    expect(await link.getAttribute('href')).toBe(`/inventory.csv?asOf=${asOf}`);
    const downloading = page.waitForEvent('download');
    await link.click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    const { body } = await shop.service.get(`/inventory?asOf=${asOf}`);
    const [head, ...rows] = text.trim().split('\r\n');
    const columns = head?.replace('\uFEFF', '').split(',') ?? [];
    const column = columns.indexOf('availableQuantity');
    expect(rows.map((row) => row.match(/^(\d+),/)?.[1])).toEqual(
      body.map(({ productID }: StockLine) => String(productID)),
    );
    expect(column).toBeGreaterThan(0);
    expect(await page.title()).toBe('Time · Inventory');
  });
});

inBrowser(empty, (shop) => {
  test('without records there is nothing to look at, until one is made', async () => {
    const page = await shop.open('/#/time');
    await page.getByRole('heading', { name: 'Nothing has been recorded yet' }).waitFor();
    await shop.service.count(1, 5);
    await page.getByRole('slider', { name: 'Moment' }).waitFor();
  });
});

/** Waits until the screen shows what `GET /inventory` says of a moment; undefined for now. */
async function expectStock(shop: Shop, page: Page, asOf: string | undefined): Promise<void> {
  const { body: now } = await shop.service.get('/inventory');
  const then = asOf ? await shop.service.get(`/inventory?asOf=${asOf}`) : undefined;
  const left = new Map<number, number>(
    now.map(({ productID, availableQuantity }: StockLine) => [productID, availableQuantity]),
  );
  const expected = (then?.body ?? now).map(({ productID, availableQuantity }: StockLine) => {
    const difference = (left.get(productID) ?? 0) - availableQuantity;
    return [String(productID), String(availableQuantity), shownChange(difference)];
  });
  await eventually(async () => {
    const ids = await page
      .locator('[data-row]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')));
    const shown = (await gridRows(page)).map((cells, index) => [ids[index], ...cells.slice(1)]);
    expect(shown.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(expected);
  });
  if (!then) return;
  const record = numberOf(then.headers.get('ETag'));
  await page.getByText(new RegExp(`^As of .*, record ${record}$`)).waitFor();
}

function shownChange(units: number): string {
  return units > 0 ? `+${units}` : String(units);
}

/** A time of a day some days ago, as an input has it. */
function at(daysAgo: number, time: string): string {
  return `${new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10)}T${time}`;
}
