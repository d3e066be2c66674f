import type { Page } from 'playwright-core';
import { eventually } from './eventually';
import { held } from './held';
import type { KeysShop } from './shop';
import { openForm, row } from './stock-page';

/** @returns a page whose session ended while a sale of ann's was on its way: nobody is signed in, and the sale waits */
export async function withChangeOfAnn(shop: KeysShop): Promise<Page> {
  const page = await shop.openAs('ann', 'clerk');
  await row(page, 1).waitFor();
  const form = await openForm(page, 1, 's');
  const sales = await held(page, /\/sales$/);
  await form.getByLabel('Units sold').fill('2');
  await page.keyboard.press('Enter');
  await sales.asked;
  await shop.endSessions('ann');
  await eventually(async () => {
    expect((await page.request.get(`${shop.url}/me`)).status()).toBe(401);
  });
  await sales.release();
  await page.getByRole('heading', { name: 'Nobody is signed in on this device' }).waitFor();
  return page;
}
