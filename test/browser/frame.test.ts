import type { Page } from 'playwright-core';
import { answered, type WindowOptions } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { BESIDE_THE_PAGE, inBrowser, inBrowserMortal, type Shop } from './shop';
import { expectAvailable, expectMark, openForm, recorded, row } from './stock-page';

/** What Chromium says of a request that a test has cut off. */
const CUT_OFF = /net::ERR_FAILED/;

const SALES_SCRIPT = /\/assets\/sales-screen-/;

inBrowser(dummy, (shop) => {
  test('a screen that cannot be loaded says so within the frame, and comes by itself, with its looks, when it can be', async () => {
    shop.browser.allowErrors(CUT_OFF);
    const page = await openStock(shop);
    await page.route(/\/assets\//, (route) => route.abort());
    await goToSales(page);
    await missing(page);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Sales');
    await expectMark(page, 'Live');
    // Other screens go on, and so does this one where it is come back to.
    await page.getByRole('link', { name: 'Stock' }).click();
    await expectAvailable(page, 1, '36');
    await goToSales(page);
    await missing(page);
    await page.unroute(/\/assets\//);
    await page.getByRole('heading', { name: 'Top sellers' }).waitFor();
    await page.getByRole('cell', { name: 'House Espresso Beans 1 kg' }).waitFor();
    // As its style sheet says.
    const first = `document.querySelector('[aria-label="Products that sold most"] td')`;
    expect(await page.evaluate(`getComputedStyle(${first}).textAlign`)).toBe('end');
  });

  test('it is tried again at once by a button', async () => {
    shop.browser.allowErrors(CUT_OFF);
    const page = await openStock(shop, { ownProfile: true });
    // From here on time stands still, so that nothing is tried by itself.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.route(SALES_SCRIPT, (route) => route.abort());
    await goToSales(page);
    await missing(page);
    await page.unroute(SALES_SCRIPT);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.clock.runFor(500);
    await page.getByRole('heading', { name: 'Top sellers' }).waitFor();
  });

  test('a screen that throws an error is caught: the frame stays, and it can be shown again', async () => {
    const DAYS = /\/sales\?groupBy=day/;
    shop.browser.allowErrors(/TypeError/);
    const page = await openStock(shop);
    await page.route(DAYS, (route) => route.fulfill({ json: {} }));
    await goToSales(page);
    await page.getByRole('heading', { name: 'This screen has failed' }).waitFor();
    await expectMark(page, 'Live');
    await page.unroute(DAYS);
    await page.getByRole('link', { name: 'Stock' }).click();
    await expectAvailable(page, 1, '36');
  });

  test('a page whose script does not come says so, and can be loaded again', async () => {
    shop.browser.allowErrors(answered(404));
    const page = await shop.open(BESIDE_THE_PAGE);
    await page.route(/\/assets\/.*\.js/, (route) => route.fulfill({ status: 404 }));
    await page.goto(shop.url);
    const again = page.getByRole('link', { name: 'reload the page' });
    await again.waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await again.click();
    await row(page, 1).waitFor();
    expect(await again.count()).toBe(0);
  });
});

inBrowserMortal(dummy, (shop) => {
  test('while the service is down the frame stays and the outbox continues; all recovers once it is back', async () => {
    const page = await openStock(shop);
    await shop.kill();
    const form = await openForm(page, 1, 's');
    await form.getByLabel('Units sold').fill('2');
    await page.keyboard.press('Enter');
    await form.getByRole('status').waitFor();
    await goToSales(page);
    await missing(page);
    await page.getByRole('button', { name: '1 to send' }).waitFor();
    await shop.start();
    await page.getByRole('heading', { name: 'Top sellers' }).waitFor();
    await expectMark(page, 'Live');
    await eventually(async () => expect(await recorded(shop)).toHaveLength(1));
  });

  test('a new build is noticed and offered; a reload asks for what is half typed, and never comes by itself', async () => {
    shop.browser.allowErrors(answered(404), CUT_OFF);
    const page = await openStock(shop);
    await page.evaluate('window.isTheSamePage = true');
    // As after a deployment: the page names other scripts, and those of before are gone.
    let isOld = true;
    await page.route(`${shop.url}/`, async (route) => {
      if (route.request().isNavigationRequest()) isOld = false;
      if (!isOld) return route.continue();
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/index-[\w-]{8}\.js/, 'index-NewBuild.js');
      await route.fulfill({ response: answer, body });
    });
    await page.route(/\/assets\//, (route) =>
      isOld ? route.fulfill({ status: 404 }) : route.continue(),
    );
    const reload = page.getByRole('button', { name: 'Reload', exact: true });
    const form = await openForm(page, 1, 's');
    await form.getByLabel('Units sold').fill('2');
    expect(await reload.count()).toBe(0);
    await shop.kill();
    await shop.start();
    await page.getByText('There is a new version of this page.').waitFor();
    await reload.click();
    await page.getByText('What you have typed is not recorded yet').waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await form.getByLabel('Units sold').inputValue()).toBe('2');

    await goToSales(page);
    await missing(page);
    await page.getByText('Reload the page to continue').waitFor();
    expect(await page.evaluate('window.isTheSamePage')).toBe(true);
    await page.getByRole('main').getByRole('button', { name: 'Reload', exact: true }).click();
    await page.getByRole('heading', { name: 'Top sellers' }).waitFor();
    expect(await page.evaluate('window.isTheSamePage')).toBe(undefined);
    expect(await page.getByText('There is a new version').count()).toBe(0);
  });
});

/** Waits until the page says that a screen's script has not come. */
function missing(page: Page): Promise<void> {
  return page.getByRole('heading', { name: 'This screen could not be loaded' }).waitFor();
}

function goToSales(page: Page): Promise<void> {
  return page.getByRole('link', { name: 'Sales' }).click({ noWaitAfter: true });
}

async function openStock(shop: Shop, options?: WindowOptions): Promise<Page> {
  const page = await shop.open('/', options);
  await row(page, 1).waitFor();
  return page;
}
