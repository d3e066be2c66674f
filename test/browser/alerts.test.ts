import type { Locator, Page } from 'playwright-core';
import { DUE, nextDay } from '../due';
import { ServiceProcess } from '../faults/service-process';
import {
  alertOf,
  choose,
  expectListed,
  expectSaid,
  handleElsewhere,
  press,
  report,
} from './alerts-page';
import { dummy } from './fillings';
import { addVan, sendJson } from './locations-shop';
import { inBrowser } from './shop';
import { expectMessage } from './stock-page';

const BEANS = 'House Espresso Beans 1 kg';
const CUP = 'Espresso Cup, white';
const GRINDER = 'Hand Grinder';

inBrowser(dummy, (shop) => {
  afterEach(() => ServiceProcess.killAll());

  const reported = () =>
    report(
      shop,
      { productID: 8, kind: 'low', availableQuantity: 9, threshold: 10, daysOfCover: 16 },
      { productID: 4, kind: 'cover', availableQuantity: 7, daysOfCover: 3.21 },
      { productID: 1, kind: 'out', availableQuantity: 0, threshold: 14 },
    );
  const openAlerts = async () => {
    const page = await shop.open('/#/alerts');
    await expectListed(page, [BEANS, CUP, GRINDER]);
    return page;
  };

  test('open alerts are listed, the loudest first, with kind, finding, stock now and time', async () => {
    const outcomes = await reported();
    const page = await openAlerts();
    const texts = await page.locator('[data-alert]').allInnerTexts();
    // The beans were counted after all, and the grinder has sold.
    expect(texts.map((text) => text.split(/\n+/).slice(0, 5))).toEqual([
      ['Out of stock', BEANS, 'opened now', '0 available, low at 14 · 36 now', NOBODY],
      ['Low', CUP, 'opened now', '9 available, low at 10, lasts 16 days · order 36', NOBODY],
      [
        'Runs out soon',
        GRINDER,
        'opened now',
        '7 available, low at 5, lasts 3.2 days · 3 now · order 10',
        NOBODY,
      ],
    ]);
    const opened = await alertOf(page, BEANS).locator('time').getAttribute('datetime');
    expect(outcomes[2]).toMatchObject({ openedAt: opened });
    await page.getByRole('link', { name: 'Alerts 3 open' }).waitFor();
    await shop.service.sell(8, 2);
    await expectSaid(alertOf(page, CUP), '7 now');
    await alertOf(page, CUP).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: CUP }).waitFor();
  });

  test('alerts about a location and about a transfer say so', async () => {
    await addVan(shop);
    await sendJson(shop, 'PUT', '/products/1/locations/2', { reorderPoint: 6 });
    const lines = [{ productID: 8, quantity: 1 }];
    const sent = { from: 1, to: 2, expectedAt: '2026-01-02T15:00:00Z', lines };
    const { transferID } = (await sendJson(shop, 'POST', '/transfers', sent)) as {
      transferID: number;
    };
    const { asOf, revision } = (await shop.service.get('/overview')).body;
    const as = { record: asOf, revision };
    const stock = { availableQuantity: 5, threshold: 6, daysOfCover: null };
    const findings = [
      { productID: 1, locationID: 2, kind: 'low', ...stock, ...as },
      { transferID, kind: 'overdue-transfer', ...as },
    ];
    await sendJson(shop, 'POST', '/alerts/findings', { findings });
    const page = await shop.open('/#/alerts');
    await expectListed(page, [`Transfer ${transferID}`, `${BEANS} at Van`]);
    await page
      .getByText(/^One for each product .* and for each transfer that is overdue\./)
      .waitFor();
    const transfer = alertOf(page, `Transfer ${transferID}`);
    await expectSaid(transfer, 'Overdue');
    await expectSaid(transfer, 'It had not arrived when it was expected');
    expect(await transfer.getByRole('button', { name: 'Ordered' }).count()).toBe(0);
    await expectSaid(alertOf(page, `${BEANS} at Van`), '5 available, low at 6');
    await page.getByRole('radio', { name: 'Overdue 1' }).check();
    await expectListed(page, [`Transfer ${transferID}`]);
    await transfer.getByRole('link').click();
    await page.getByRole('article', { name: `transfer ${transferID} from Main to Van` }).waitFor();
  });

  test('by mouse: acknowledged, ordered with the day it is due, snoozed, and open again', async () => {
    await reported();
    const page = await openAlerts();
    await press(page, BEANS, "I'm on it");
    await expectMessage(page, `You are on it: ${BEANS}`);
    await expectListed(page, [CUP, GRINDER]);

    await press(page, CUP, 'Ordered');
    await alertOf(page, CUP).getByLabel('Goods are due on').fill(DUE);
    await press(page, CUP, 'Mark as ordered');
    await expectMessage(page, `Marked as ordered: ${CUP}`);
    await expectListed(page, [GRINDER]);

    await press(page, GRINDER, 'Snooze');
    await alertOf(page, GRINDER).getByRole('radio', { name: '3 days' }).check();
    await press(page, GRINDER, 'Snooze');
    await expectMessage(page, `Snoozed: ${GRINDER}`);
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    await page.getByText('Every shortage is being handled.').waitFor();
    expect(await page.getByRole('link', { name: 'Alerts' }).innerText()).toBe('Alerts');

    await choose(page, 'Handled 3');
    await expectListed(page, [BEANS, CUP, GRINDER]);
    await expectSaid(alertOf(page, BEANS), 'Somebody is on it');
    await expectSaid(alertOf(page, CUP), 'Ordered, due Dec 1');
    const [snoozed] = (await shop.service.get('/alerts?status=snoozed')).body;
    const inThreeDays = Date.now() + 3 * 86_400_000;
    expect(Math.abs(Date.parse(snoozed.until) - inThreeDays)).toBeLessThan(60_000);
    await expectSaid(alertOf(page, GRINDER), /^Snoozed until /);

    await press(page, CUP, 'Due on another day');
    await alertOf(page, CUP).getByLabel('Goods are due on').fill(nextDay('12-24'));
    await press(page, CUP, 'Mark as ordered');
    await expectSaid(alertOf(page, CUP), 'Ordered, due Dec 24');
    await press(page, CUP, 'Open again');
    await expectMessage(page, `Open again: ${CUP}`);
    await expectListed(page, [BEANS, GRINDER]);
    await choose(page, 'Open 1');
    await expectListed(page, [CUP]);
    await expectSaid(alertOf(page, CUP), NOBODY);
  });

  test('by keyboard alone: a form that is left gives the focus back, and an alert that leaves the list hands it on', async () => {
    await reported();
    const page = await openAlerts();
    await alertOf(page, BEANS).getByRole('link').focus();
    await keys(page, 'Tab', 'Enter');
    await expectListed(page, [CUP, GRINDER]);
    await expectFocused(page, alertOf(page, CUP));

    await keys(page, 'Tab', 'Tab', 'Tab', 'Enter');
    await expectFocused(page, alertOf(page, CUP).getByLabel('Goods are due on'));
    await keys(page, 'Escape');
    await expectFocused(page, alertOf(page, CUP).getByRole('button', { name: 'Ordered' }));
    await keys(page, 'Enter');
    await page.keyboard.type(`1201${DUE.slice(0, 4)}`);
    await keys(page, 'Enter');
    await expectListed(page, [GRINDER]);
    await expectFocused(page, alertOf(page, GRINDER));

    await keys(page, 'Tab', 'Tab', 'Tab', 'Tab', 'Enter', 'ArrowRight', 'ArrowRight', 'Enter');
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    await keys(page, 'Shift+Tab', 'ArrowRight');
    await expectListed(page, [BEANS, CUP, GRINDER]);
    const handled = (await shop.service.get('/alerts')).body;
    expect(handled).toMatchObject([
      { status: 'acknowledged' },
      { status: 'ordered', due: DUE },
      { status: 'snoozed' },
    ]);
    const inAWeek = Date.now() + 7 * 86_400_000;
    expect(Math.abs(Date.parse(handled[2].until) - inAWeek)).toBeLessThan(60_000);
  });

  test('changes by the monitor and other people show without a reload; resolved alerts leave the open ones', async () => {
    const page = await shop.open('/#/alerts');
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    await ServiceProcess.startMonitor({ API_URL: shop.url });
    await alertOf(page, CUP).waitFor();
    await shop.service.sell(1, 36);
    await expectSaid(alertOf(page, BEANS), 'Out of stock');
    await shop.service.post('/inventory', { productID: 1, quantityChange: 99, reason: 'receipt' });
    await alertOf(page, BEANS).waitFor({ state: 'detached' });

    const [{ alertID }] = (await shop.service.get('/alerts?productID=8')).body;
    const seen = { status: 'ordered', due: DUE, handledBy: 'bob', note: 'The 36 of Monday' };
    await handleElsewhere(shop, alertID, seen);
    await alertOf(page, CUP).waitFor({ state: 'detached' });
    await choose(page, 'Handled 1');
    await expectSaid(alertOf(page, CUP), 'Ordered by bob, due Dec 1 · “The 36 of Monday”');
    await shop.service.post('/inventory', { productID: 8, quantityChange: 36, reason: 'receipt' });
    await page.getByRole('heading', { name: 'No alert is being handled' }).waitFor();
    await choose(page, 'Resolved');
    await expectListed(page, [CUP, BEANS]);
    await expectSaid(alertOf(page, CUP), /^Resolved by the stock /);
    expect(await page.locator('main [data-alert] button').count()).toBe(0);
  });
});

const NOBODY = 'Nobody is on it yet';

async function keys(page: Page, ...pressed: string[]): Promise<void> {
  for (const key of pressed) await page.keyboard.press(key);
}

/** Waits until an element has the focus. */
function expectFocused(page: Page, element: Locator): Promise<void> {
  return element.and(page.locator(':focus')).waitFor();
}
