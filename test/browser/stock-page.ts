import type { Locator, Page } from 'playwright-core';
import type { LedgerRecord } from '../../app/ledger/record';
import { eventually } from './eventually';
import type { Shop } from './shop';

/** The records of the dummy shop. */
export const DUMMY_RECORDS = 230;

/** The row of a product in the stock. */
export function row(page: Page, productID: number): Locator {
  return page.locator(`[role="grid"][aria-label="Stock"] [data-row="${productID}"]`);
}

/** Waits until the page shows that so much of a product is available. */
export function expectAvailable(page: Page, productID: number, text: string): Promise<void> {
  return eventually(async () => {
    expect(await row(page, productID).locator('[aria-colindex="2"] strong').innerText()).toBe(text);
  });
}

/** The products that are shown, in their order. */
export async function shownIDs(page: Page): Promise<number[]> {
  const ids = await page
    .locator('[data-row]')
    .evaluateAll((rows) => rows.map((each) => Number(each.getAttribute('data-row'))));
  return ids;
}

/** The product whose row has the focus; undefined if none has. */
export function focusedRow(page: Page): Promise<string | undefined> {
  return page.evaluate<string | undefined>('document.activeElement?.dataset.row');
}

/** Waits until the row of a product has the focus. */
export function expectFocusedRow(page: Page, productID: number): Promise<void> {
  return eventually(async () => expect(await focusedRow(page)).toBe(String(productID)));
}

/** Opens the form of a product's row by a key of that row: `c` for a count. @returns the form */
export async function openForm(page: Page, productID: number, key: string): Promise<Locator> {
  await row(page, productID).focus();
  await page.keyboard.press(key);
  const form = page.getByRole('form', { name: /^Change the stock of / });
  await form.waitFor();
  return form;
}

/** What was recorded after the dummy shop, by the service. */
export async function recorded(shop: Shop): Promise<LedgerRecord[]> {
  return (await shop.service.get(`/records?after=${DUMMY_RECORDS}`)).body;
}

/** Waits until the mark in the page's corner begins so. */
export function expectMark(page: Page, beginning: string): Promise<void> {
  return eventually(async () => {
    const states = await page.getByRole('status').allInnerTexts();
    expect(states).toContainEqual(expect.stringMatching(new RegExp(`^${beginning}`)));
  });
}

/** Waits until the page has said something. */
export async function expectMessage(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole('log', { name: 'Messages' }).getByText(text).first().waitFor();
}
