import type { Locator, Page } from 'playwright-core';
import type { CellAnswer } from '../../app/wire/locations';
import type { Shop } from './shop';
import { row } from './stock-page';

/** Asks the service for something with JSON. @returns its answer, which is a success */
export async function sendJson(
  shop: Shop,
  method: string,
  path: string,
  json: object,
): Promise<unknown> {
  const answer = await fetch(shop.url + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(json),
  });
  expect(answer.status).toBeLessThan(300);
  return answer.json();
}

/** Adds a van as location 2, and 5 of product 1 to it. The shop itself, location 1, has 36 of product 1. */
export async function addVan(shop: Shop): Promise<void> {
  await sendJson(shop, 'PUT', '/locations/2', { name: 'Van' });
  await sendJson(shop, 'POST', '/inventory', { productID: 1, locationID: 2, availableQuantity: 5 });
}

/** Adds a store room as location 3, where nothing is sold. */
export async function addStoreRoom(shop: Shop): Promise<void> {
  await sendJson(shop, 'PUT', '/locations/3', { name: 'Store room', sellable: false });
}

/** What there is of a product at its locations, as the service says. */
export async function unitsAt(shop: Shop, productID: number): Promise<Record<number, number>> {
  const cells: CellAnswer[] = (await shop.service.get(`/inventory/${productID}/locations`)).body;
  return Object.fromEntries(cells.map((cell) => [cell.locationID, cell.availableQuantity]));
}

/** Waits until the row of a product has this text in it. */
export function expectInRow(page: Page, productID: number, text: string | RegExp): Promise<void> {
  return row(page, productID).getByText(text).filter({ visible: true }).first().waitFor();
}

/** The choice of a location in a part of the page. */
export function locationOf(part: Locator | Page): Locator {
  return part.getByRole('combobox', { name: 'Location', exact: true });
}
