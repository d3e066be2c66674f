import type { Page } from 'playwright-core';
import { DUE } from '../due';
import {
  alertOf,
  choose,
  expectListed,
  expectSaid,
  handleElsewhere,
  press,
  report,
  settle,
} from './alerts-page';
import { answered } from './browser';
import { dummy } from './fillings';
import { card } from './parts';
import { inBrowser, inBrowserMortal } from './shop';
import { expectMark, expectMessage } from './stock-page';

const BEANS = 'House Espresso Beans 1 kg';
const CUP = 'Espresso Cup, white';

const OUT = { productID: 1, kind: 'out', availableQuantity: 0 } as const;
const LOW = { productID: 8, kind: 'low', availableQuantity: 9 } as const;
const WELL = { kind: 'none', availableQuantity: 99 } as const;

inBrowser(dummy, (shop) => {
  test('an alert that has changed meanwhile is not changed again: the page says so, and what it is now', async () => {
    shop.browser.allowErrors(answered(409, 412));
    const [beans, cup] = await report(shop, OUT, LOW);
    const page = await shop.open('/#/alerts');
    await expectListed(page, [BEANS, CUP]);
    const goOn = await holdAlerts(page);
    await handleElsewhere(shop, beans.alertID, { status: 'ordered', due: DUE, handledBy: 'bob' });
    await report(shop, { ...WELL, productID: 8 });

    await press(page, BEANS, "I'm on it");
    const moved = 'Nothing was changed, because the alert has changed in the meantime.';
    await expectMessage(page, `${BEANS}: ${moved} Ordered by bob, due Dec 1.`);
    await press(page, CUP, "I'm on it");
    await expectMessage(page, new RegExp(`^${CUP}: ${moved} Resolved by the stock `));
    goOn();
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    await choose(page, 'Handled 1');
    await expectSaid(alertOf(page, BEANS), 'Ordered by bob, due Dec 1');
    const { life } = (await shop.service.get(`/alerts/${beans.alertID}`)).body;
    expect(life).toHaveLength(2);
    expect((await shop.service.get(`/alerts/${cup.alertID}`)).body.life).toHaveLength(2);
  });

  test('a form stays open though its alert leaves what is shown, and is sent knowing the newer state', async () => {
    const [beans] = await report(shop, OUT);
    const page = await shop.open('/#/alerts');
    await press(page, BEANS, 'Ordered');
    await alertOf(page, BEANS).getByLabel('Goods are due on').fill(DUE);
    await handleElsewhere(shop, beans.alertID, { status: 'acknowledged', handledBy: 'bob' });
    await page.getByText('Open 0', { exact: true }).waitFor();
    await expectSaid(alertOf(page, BEANS), 'bob is on it');
    await press(page, BEANS, 'Mark as ordered');
    await expectMessage(page, `Marked as ordered: ${BEANS}`);
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    expect((await shop.service.get('/alerts')).body).toMatchObject([
      { status: 'ordered', due: DUE },
    ]);
  });

  test('an alert shows how many messages were delivered, and those given up are visible at once', async () => {
    const notBefore = '2026-01-01T00:00:00Z';
    const mail = { channel: 'mail', target: 'ann@shop.example', notBefore };
    const hook = { channel: 'webhook', target: 'hook.example#0123456789ab', notBefore };
    await report(shop, { ...OUT, deliveries: [mail, hook] }, { ...LOW, deliveries: [mail] });
    await settle(shop, '1.1', { status: 'delivered' });
    await settle(shop, '1.2', { status: 'dead', error: 'it answers 410' });
    await settle(shop, '2.1', {
      status: 'failed',
      error: 'no route',
      retryAt: '2036-01-01T00:00:00Z',
    });
    const page = await shop.open('/#/alerts');
    const beans = alertOf(page, BEANS);
    await expectSaid(beans, '1 of 2 messages delivered · 1 given up');
    await expectSaid(beans, 'Mail to ann@shop.example: delivered');
    await expectSaid(
      beans,
      'Webhook to hook.example#0123456789ab: not delivered, given up after 1 try (it answers 410)',
    );
    const cup = alertOf(page, CUP);
    const failed = cup.getByText('Mail to ann@shop.example: failed, to be tried again (no route)');
    await cup.getByText('0 of 1 messages delivered').waitFor();
    expect(await failed.isVisible()).toBe(false);
    await cup.locator('summary').click();
    await failed.waitFor();
  });

  test("a product's screen shows its alert while there is one, and it is seen to there", async () => {
    const page = await shop.open('/#/products/1');
    await page.getByRole('heading', { level: 1, name: BEANS }).waitFor();
    expect(await card(page, 'Alert').count()).toBe(0);
    await report(shop, OUT, LOW);
    const alert = card(page, 'Alert');
    await alert.getByText('Out of stock').waitFor();
    await alert.getByRole('button', { name: "I'm on it" }).focus();
    await page.keyboard.press('Enter');
    await expectMessage(page, `You are on it: ${BEANS}`);
    await alert.getByText('Somebody is on it', { exact: true }).waitFor();
    // The button that was pressed has gone; the next one is there for the next key.
    const ordered = alert.getByRole('button', { name: 'Ordered' });
    await ordered.and(page.locator(':focus')).waitFor();
    await page.getByRole('link', { name: 'Alerts 1 open' }).waitFor();
    await report(shop, { ...WELL, productID: 1 });
    await alert.waitFor({ state: 'detached' });
  });

  test('without alerts, every list says what it would show', async () => {
    const page = await shop.open('/#/alerts');
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    await page
      .getByText('An alert opens once a product is at or below its reorder point')
      .waitFor();
    await choose(page, 'Handled 0');
    await page.getByRole('heading', { name: 'No alert is being handled' }).waitFor();
    await choose(page, 'Resolved');
    await page.getByRole('heading', { name: 'No alert has been resolved yet' }).waitFor();
  });
});

inBrowserMortal(dummy, (shop) => {
  test('while the service is down alerts stay visible and nothing is reported as done; all continues once it is back', async () => {
    await report(shop, OUT);
    const page = await shop.open('/#/alerts');
    await alertOf(page, BEANS).waitFor();
    await shop.kill();
    await press(page, BEANS, "I'm on it");
    await expectMessage(page, `${BEANS}: The service does not answer, so this may not have been`);
    await expectMark(page, 'As of');
    await alertOf(page, BEANS).waitFor();
    await shop.start();
    await expectMark(page, 'Live');
    await press(page, BEANS, "I'm on it");
    await expectMessage(page, `You are on it: ${BEANS}`);
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
  });
});

/** Holds what the page asks of all alerts, until it is to go on. */
async function holdAlerts(page: Page): Promise<() => void> {
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(/\/alerts\?/, async (route) => {
    await held;
    await route.continue();
  });
  return goOn;
}
