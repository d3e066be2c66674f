import type { Locator, Page } from 'playwright-core';
import type { Overview } from '../../app/wire/overview';
import { eventually } from './eventually';
import type { Shop } from './shop';

/** How the monitor found a product; by default as of the end of the dummy shop. */
interface Found {
  readonly productID: number;
  readonly kind: 'none' | 'cover' | 'low' | 'out';
  readonly availableQuantity: number;
  readonly [member: string]: unknown;
}

interface Reported {
  readonly alertID: number;
  readonly openedAt: string;
}

/**
 * Reports how products were found, as the monitor does. Products that have another quantity are counted for it, and are
 * counted as they were again: found low, and well since. @returns the latest event of each
 */
export async function report<const F extends readonly Found[]>(
  shop: Shop,
  ...found: F
): Promise<{ [I in keyof F]: Reported }> {
  const { products } = await overview(shop);
  const had = new Map(products.map((product) => [product.productID, product.availableQuantity]));
  const others = found.filter((each) => had.get(each.productID) !== each.availableQuantity);
  await countAll(
    shop,
    others.map(({ productID, availableQuantity }) => [productID, availableQuantity]),
  );
  const { asOf, revision } = await overview(shop);
  const as = { record: asOf, revision, threshold: 5, daysOfCover: null };
  const findings = found.map((each) => ({ ...as, ...each }));
  const { outcomes } = await send(shop, 'POST', '/alerts/findings', { findings });
  await countAll(
    shop,
    others.map(({ productID }) => [productID, had.get(productID) ?? null]),
  );
  return outcomes;
}

async function overview(shop: Shop): Promise<Overview> {
  return (await (await fetch(`${shop.url}/overview`)).json()) as Overview;
}

/** Counts products; those that had never been counted stay as they are. */
async function countAll(
  shop: Shop,
  counts: readonly (readonly [productID: number, availableQuantity: number | null])[],
): Promise<void> {
  const changes = counts.flatMap(([productID, availableQuantity]) =>
    availableQuantity === null ? [] : [{ productID, availableQuantity }],
  );
  if (changes.length > 0) await send(shop, 'POST', '/inventory/batch', { changes });
}

/** Does something about an alert, as somebody else would. */
export function handleElsewhere(shop: Shop, alertID: number, handling: object): Promise<unknown> {
  return send(shop, 'PATCH', `/alerts/${alertID}`, handling);
}

/** Says what came of a delivery's only try, as the monitor does. */
export async function settle(shop: Shop, delivery: string, outcome: object): Promise<void> {
  const claim = { deliveries: [delivery], claim: delivery };
  const taken = { ...claim, messageID: delivery, leaseSeconds: 60 };
  await send(shop, 'POST', '/alerts/deliveries/claims', taken);
  await send(shop, 'POST', '/alerts/deliveries/outcomes', { ...claim, ...outcome });
}

/** Sends JSON to the service, which is to take it. */
async function send({ url }: Shop, method: string, path: string, body: object) {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** The row of a product's alert. */
export function alertOf(page: Page, title: string): Locator {
  return page.locator('[data-alert]').filter({ has: page.getByRole('link', { name: title }) });
}

/** Chooses which alerts are shown: `Open`, `Handled` or `Resolved`. */
export function choose(page: Page, name: string): Promise<void> {
  return page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
}

/** Presses a button of a product's alert. */
export function press(page: Page, title: string, name: string): Promise<void> {
  return alertOf(page, title).getByRole('button', { name, exact: true }).click();
}

/** Waits until exactly these products' alerts are listed, in this order. */
export function expectListed(page: Page, titles: readonly string[]): Promise<void> {
  return eventually(async () => {
    const listed = await page.locator('main [data-alert] a').allInnerTexts();
    expect(listed).toEqual(titles);
  });
}

/** Waits until an alert says so. */
export function expectSaid(alert: Locator, text: string | RegExp): Promise<void> {
  return alert.getByText(text).waitFor();
}
