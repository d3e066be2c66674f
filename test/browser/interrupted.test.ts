import type { Page } from 'playwright-core';
import { answered } from './browser';
import { dummy } from './fillings';
import { inBrowserWithKeys, type KeysShop } from './shop';
import { openForm, row } from './stock-page';

const SIGNED_OUT = 'Nobody is signed in on this device';

/** Ends a person's sessions, and waits until their page has noticed. */
async function interrupt(shop: KeysShop, page: Page, name: string): Promise<void> {
  await shop.endSessions(name);
  await page.getByRole('heading', { name: SIGNED_OUT }).waitFor();
}

/** Signs in again, in another tab of the same browser. */
async function signInBeside(shop: KeysShop, page: Page, name: string): Promise<void> {
  const tab = await page.context().newPage();
  await tab.goto(shop.url + (await shop.invite(name)));
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await row(tab, 1).waitFor();
  await tab.close();
}

/** Signs in again in the tab itself. */
async function signInHere(shop: KeysShop, page: Page, link: string): Promise<void> {
  await page.goto(shop.url + link);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

inBrowserWithKeys(dummy, (shop) => {
  beforeEach(() => shop.browser.allowErrors(answered(401, 403)));

  test('a half-typed product is there again, in its dialog; meanwhile nothing of it is shown', async () => {
    const page = await shop.openAs('max', 'manager');
    await row(page, 1).waitFor();
    await page.getByRole('button', { name: 'New product' }).click();
    const dialog = page.getByRole('dialog', { name: 'New product' });
    await dialog.getByLabel('Name').fill('Green tea');
    await interrupt(shop, page, 'max');
    expect(await dialog.count()).toBe(0);
    // It can be pressed: the dialog does not hold the page.
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.keyboard.press('Escape');
    await signInBeside(shop, page, 'max');
    await dialog.waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Green tea');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a half-entered change is there again after signing in by a link in the same tab', async () => {
    const page = await shop.openAs('ann', 'clerk');
    await row(page, 1).waitFor();
    const form = await openForm(page, 1, 's');
    await form.getByLabel('Units sold').fill('7');
    await interrupt(shop, page, 'ann');
    await signInHere(shop, page, await shop.invite('ann'));
    await form.waitFor();
    expect(await form.getByLabel('Units sold').inputValue()).toBe('7');
    expect((await shop.back.get('/records?after=230')).body).toEqual([]);
  });

  test('a file that was looked through is there again, and is recorded', async () => {
    const page = await shop.openAs('max', 'manager');
    await row(page, 1).waitFor();
    await page.getByRole('link', { name: 'Import' }).click();
    await page.locator('input[type="file"]').setInputFiles({
      name: 'counts.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('productID,availableQuantity\n1,41\n'),
    });
    await page.getByRole('heading', { name: '1 line, no fault' }).waitFor();
    await interrupt(shop, page, 'max');
    await signInHere(shop, page, await shop.invite('max'));
    await page.getByRole('heading', { name: '1 line, no fault' }).waitFor();
    await page.getByText('counts.csv').waitFor();
    await page.getByRole('button', { name: /^Record/ }).click();
    await page.getByRole('button', { name: /Import another/ }).waitFor();
    expect((await shop.back.get('/records?after=230')).body).toMatchObject([
      { productID: 1, availableQuantity: 41, actor: 'person:max' },
    ]);
  });

  test('a half-written invitation is there again, after a reload too', async () => {
    const page = await shop.openAs('olga', 'owner');
    await page.getByRole('link', { name: 'People' }).click();
    const form = page.getByRole('form', { name: 'Invite a person' });
    await form.getByLabel('Name').fill('ann');
    await form.getByRole('radio', { name: 'Viewer' }).check();
    await interrupt(shop, page, 'olga');
    await page.reload();
    await page.getByRole('heading', { name: SIGNED_OUT }).waitFor();
    await signInBeside(shop, page, 'olga');
    await form.waitFor();
    expect(await form.getByLabel('Name').inputValue()).toBe('ann');
    expect(await form.getByRole('radio', { name: 'Viewer' }).isChecked()).toBe(true);
  });

  test('another person gets nothing of it; who typed it does, later', async () => {
    const page = await shop.openAs('ann', 'clerk');
    await row(page, 1).waitFor();
    const form = await openForm(page, 1, 's');
    await form.getByLabel('Units sold').fill('7');
    await interrupt(shop, page, 'ann');
    await signInHere(shop, page, await shop.invite('bob', 'clerk'));
    await page.getByText('bob clerk').waitFor();
    await row(page, 1).waitFor();
    expect(await form.count()).toBe(0);
    await openForm(page, 1, 's');
    expect(await form.getByLabel('Units sold').inputValue()).toBe('');
    // Over bob, without a signed-out screen between.
    await signInBeside(shop, page, 'ann');
    await page.getByText('ann clerk').waitFor();
    expect(await form.count()).toBe(0);
    await openForm(page, 1, 's');
    expect(await form.getByLabel('Units sold').inputValue()).toBe('7');
    // Who leaves on purpose leaves nothing open.
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: SIGNED_OUT }).waitFor();
    expect(await page.locator('[data-row]').count()).toBe(0);
  });
});
