import type { Page } from 'playwright-core';
import { onOneDay } from '../whole-day';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { card, facts, faultOf, isDrawn, lines } from './parts';
import { inBrowser, type Shop } from './shop';

const DAY_MS = 86_400_000;

interface Sold {
  readonly unitsSold: number;
  readonly revenue?: number;
  readonly unitsPriced?: number;
}

onOneDay();

inBrowser(dummy, (shop) => {
  test.each([
    { span: 'Today', days: 1 },
    { span: '7 days', days: 7 },
    { span: '30 days', days: 30 },
    { span: '90 days', days: 90 },
  ])('products are ranked by units sold and by revenue: $span', async ({ span, days }) => {
    const page = await openSales(shop);
    await page.getByRole('radio', { name: span }).check();
    const [from, to] = [daysAgo(days - 1), daysAgo(0)];
    await expectSales(shop, page, { from, to });
    await page.getByRole('radio', { name: 'Revenue' }).check();
    await expectSales(shop, page, { from, to, by: 'revenue' });
    const name = `Revenue on each of ${days} days`;
    if (days > 1) await page.getByRole('img', { name }).waitFor();
    else await page.getByRole('heading', { name: 'Nothing was sold on these days' }).waitFor();
  });

  test('the days are drawn, the last 30 at first, and the best seller leads to its screen', async () => {
    const page = await openSales(shop);
    await page.getByRole('img', { name: 'Units sold on each of 30 days' }).waitFor();
    await eventually(async () => expect(await isDrawn(page)).toBe(true));
    expect((await lines(card(page, 'Top sellers')))[0]).toBe(
      '1\tHouse Espresso Beans 1 kg\t\t63\t1,190.70',
    );
    await page.getByRole('link', { name: 'House Espresso Beans 1 kg' }).click();
    await page.getByRole('heading', { level: 1, name: 'House Espresso Beans 1 kg' }).waitFor();
  });

  test('any days can be chosen; invalid days are reported', async () => {
    const page = await openSales(shop);
    await page.getByRole('radio', { name: 'From … to' }).check();
    const [from, to] = [
      page.getByLabel('From', { exact: true }),
      page.getByLabel('To', { exact: true }),
    ];
    expect([await from.inputValue(), await to.inputValue()]).toEqual([daysAgo(13), daysAgo(0)]);
    await expectSales(shop, page, { from: daysAgo(13), to: daysAgo(0) });
    await to.fill(daysAgo(60));
    const fault = 'Choose a day on or after the first one.';
    await eventually(async () => expect(await faultOf(page, to)).toBe(fault));
    expect(await card(page, 'Top sellers').count()).toBe(0);
    await from.fill(daysAgo(72));
    await expectSales(shop, page, { from: daysAgo(72), to: daysAgo(60) });
    expect(await faultOf(page, to)).toBeUndefined();
    await from.fill(daysAgo(60));
    await expectSales(shop, page, { from: daysAgo(60), to: daysAgo(60) });
    expect(await page.locator('main').getByRole('img').count()).toBe(0);
    await to.fill('');
    await eventually(async () => expect(await faultOf(page, to)).toBe(fault));
  });

  test('a day is typed by the keyboard', async () => {
    const page = await openSales(shop);
    await page.getByRole('radio', { name: 'From … to' }).check();
    const from = page.getByLabel('From', { exact: true });
    await from.focus();
    const [year, month, day] = daysAgo(72).split('-');
    // Its year is 0002 at first, then 0020, and 0202.
    await page.keyboard.type(`${month}${day}${year}`);
    expect(await from.inputValue()).toBe(daysAgo(72));
    await expectSales(shop, page, { from: daysAgo(72), to: daysAgo(0) });
  });

  test('new sales and returns show by themselves', async () => {
    const page = await openSales(shop);
    await page.getByRole('radio', { name: 'Today' }).check();
    await page.getByRole('heading', { name: 'Nothing was sold on these days' }).waitFor();
    const { body } = await shop.service.post('/sales', {
      productID: 6,
      quantity: 2,
      unitPrice: '79.00',
    });
    const sellers = card(page, 'Top sellers');
    const period = card(page, / to /);
    await eventually(async () => {
      expect(await lines(sellers)).toEqual(['1\tGooseneck Kettle 1 l\t\t2\t158.00']);
      expect(await facts(period)).toEqual(['2', '158.00']);
    });
    await shop.service.post('/inventory', {
      productID: 6,
      quantityChange: 1,
      reason: 'return',
      saleRecord: body.record,
    });
    await shop.service.post('/sales', { productID: 2, quantity: 3 });
    const days = { from: daysAgo(0), to: daysAgo(0) };
    await expectSales(shop, page, days);
    expect(await facts(period)).toEqual(['4', expect.any(String)]);
    expect(await lines(sellers)).toHaveLength(2);
  });
});

async function openSales(shop: Shop): Promise<Page> {
  const page = await shop.open('/#/sales');
  await eventually(async () => expect(await lines(card(page, 'Top sellers'))).not.toEqual([]));
  return page;
}

/** Waits until the screen shows what `GET /sales` says of these days. */
async function expectSales(
  shop: Shop,
  page: Page,
  { from, to, by = 'unitsSold' }: { from: string; to: string; by?: string },
): Promise<void> {
  const range = `from=${from}&to=${to}`;
  const { body: days } = await shop.service.get(`/sales?groupBy=day&${range}`);
  const { body: sellers } = await shop.service.get(`/sales?limit=50&by=${by}&${range}`);
  const { body: products } = await shop.service.get('/products');
  const names = new Map<number, string>(
    products.map(({ productID, name }: { productID: number; name: string }) => [productID, name]),
  );
  const total = (field: 'unitsSold' | 'revenue') =>
    days.reduce((all: number, sold: Sold) => all + (sold[field] ?? 0), 0);
  await eventually(async () => {
    expect(await facts(card(page, `${shownDay(from)} to ${shownDay(to)}`))).toEqual([
      total('unitsSold').toLocaleString('en-US'),
      shownSum(total('revenue')),
    ]);
    expect(await lines(card(page, 'Top sellers'))).toEqual(
      sellers.map(({ productID, ...sold }: Sold & { productID: number }, place: number) =>
        [place + 1, names.get(productID), '', sold.unitsSold, shownRevenue(sold)].join('\t'),
      ),
    );
  });
}

function shownRevenue({ revenue, unitsPriced }: Sold): string {
  if (revenue === undefined) return '–';
  return unitsPriced === undefined ? shownSum(revenue) : `${shownSum(revenue)} for ${unitsPriced}`;
}

function shownSum(sum: number): string {
  return sum.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function shownDay(day: string): string {
  const format = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Date(day).toLocaleDateString('en-US', format);
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}
