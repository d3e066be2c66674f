import type { Page, Response } from 'playwright-core';
import { choose, handleElsewhere, report } from './alerts-page';
import { eventually } from './eventually';
import { empty, manyProducts } from './fillings';
import { BESIDE_THE_PAGE, inBrowser, type Shop } from './shop';
import { expectMessage, row } from './stock-page';

const PRODUCTS = 10_000;
const ALERTS = 4_556;

/** Of all answers about alerts while the page opens, as they come over the wire: once a megabyte and more. */
const BADGE_BYTES_MAX = 2_000;
const SCREEN_BYTES_MAX = 30_000;

/** Elements of the whole page: once 122,000. */
const NODES_MAX = 3_000;

inBrowser(empty, (shop) => {
  test('with 4,556 alerts every screen loads only their number, and the alerts screen those in sight', async () => {
    await manyProducts(shop.service, PRODUCTS);
    await findAll(shop);
    const page = await shop.open(BESIDE_THE_PAGE);
    const answers: Response[] = [];
    page.on('response', (answer) => {
      if (new URL(answer.url()).pathname.startsWith('/alerts')) answers.push(answer);
    });
    await page.goto(shop.url);
    await page.getByRole('link', { name: 'Alerts 4,556 open' }).waitFor();
    await row(page, 8).waitFor();
    expect(await bytesOf(answers)).toBeLessThan(BADGE_BYTES_MAX);

    await page.getByRole('link', { name: 'Alerts 4,556 open' }).click();
    await page.getByRole('link', { name: 'Filter 1', exact: true }).waitFor();
    expect(await page.locator('main ul[aria-label="Open alerts"] > li').count()).toBeLessThan(30);
    expect(await nodes(page)).toBeLessThan(NODES_MAX);
    expect(await bytesOf(answers)).toBeLessThan(SCREEN_BYTES_MAX);
    const encodings = await Promise.all(
      answers
        .filter((answer) => answer.url().includes('limit='))
        .map((answer) => answer.headerValue('content-encoding')),
    );
    expect(encodings).not.toContain(null);

    // The last one can be got to, and what somebody does to it shows at once.
    const list = page.locator('main ul[aria-label="Open alerts"]');
    const last = page.locator(`[data-alert="${ALERTS}"]`);
    // Heights that are measured on the way move the end.
    await eventually(async () => {
      await list.evaluate((element) => element.parentElement?.scrollTo(0, element.scrollHeight));
      expect(await last.getByRole('link').allInnerTexts()).toEqual([`Cup ${ALERTS}`]);
    });
    expect(await last.getAttribute('aria-posinset')).toBe(String(ALERTS));
    expect(await nodes(page)).toBeLessThan(NODES_MAX);
    await handleElsewhere(shop, ALERTS, { status: 'acknowledged', handledBy: 'bob' });
    await last.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Alerts 4,555 open' }).waitFor();
    const snoozed = page.locator(`[data-alert="${ALERTS - 1}"]`);
    await snoozed.getByRole('button', { name: 'Snooze' }).click();
    await snoozed.getByRole('radio', { name: '3 days' }).check();
    await snoozed.getByRole('button', { name: 'Snooze' }).click();
    await expectMessage(page, /^Snoozed: /);
    await choose(page, 'Handled 2');
    await eventually(async () => expect(await page.locator('main [data-alert]').count()).toBe(2));
    // A kind of its own, in the address.
    await choose(page, 'Runs out soon');
    await page.getByRole('heading', { name: 'No alert is being handled' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/alerts?show=handled&kind=cover');
  });
});

/** Reports that so many products are low, as the monitor does. */
async function findAll(shop: Shop): Promise<void> {
  const all = Array.from({ length: ALERTS }, (_, index) => ({
    productID: index + 1,
    kind: 'low' as const,
    availableQuantity: 4,
  }));
  for (let at = 0; at < ALERTS; at += 500) await report(shop, ...all.slice(at, at + 500));
}

async function bytesOf(answers: readonly Response[]): Promise<number> {
  const sizes = await Promise.all(answers.map((answer) => answer.request().sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}

function nodes(page: Page): Promise<number> {
  return page.evaluate<number>("document.querySelectorAll('*').length");
}
