import type { Page } from 'playwright-core';
import { report } from './alerts-page';
import { dummy } from './fillings';
import { misfits } from './layout';
import { inBrowser, type Shop } from './shop';
import { row } from './stock-page';

const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
  .repeat(3)
  .slice(0, 200);

/** The largest that the service takes. */
const QUANTITY = 2_147_483_647;
const PRICE = '999999999.9999';

const LONG: readonly { path: string; reach(page: Page, shop: Shop): Promise<unknown> }[] = [
  { path: '/#/', reach: (page) => row(page, 21).waitFor() },
  {
    path: '/#/products/21',
    reach: (page) =>
      page
        .getByRole('cell', { name: 'x'.repeat(100) })
        .first()
        .waitFor(),
  },
  { path: '/#/alerts', reach: (page) => page.locator('[data-alert]').nth(1).waitFor() },
  {
    path: '/#/sales?days=1',
    reach: (page) => page.getByRole('heading', { name: 'Top sellers' }).waitFor(),
  },
  { path: '/#/low?days=365', reach: (page) => page.locator('[data-row="22"]').waitFor() },
  { path: '/#/time', reach: (page) => page.locator('[data-row="21"]').waitFor() },
  {
    path: '/#/scan',
    reach: async (page) => {
      await page.getByLabel('Barcode, SKU or number').fill('21');
      await page.keyboard.press('Enter');
      await page.getByRole('form', { name: 'Record the quantity' }).waitFor();
    },
  },
];

inBrowser(dummy, (shop) => {
  test('long words, and the largest numbers there can be, fit as well, and no number is cut off', async () => {
    await fill(shop);
    // All faults of all screens are reported, not only the first.
    const faults: string[] = [];
    for (const { path, reach } of LONG) {
      const page = await shop.open(path);
      await reach(page, shop);
      faults.push(...(await misfits(page)).map((fault) => `${path}, ${fault}`));
      await page.close();
    }
    expect(faults).toEqual([]);
  });

  test('a small phone at twice the font shows products, and any shows the undo of a record', async () => {
    const small = { width: 360, height: 740 };
    const stock = await shop.open('/#/', small);
    await stock.evaluate("document.documentElement.style.fontSize = '30px'");
    await row(stock, 1).scrollIntoViewIfNeeded();
    const { height } = (await stock.getByRole('grid').boundingBox()) ?? { height: 0 };
    expect(height).toBeGreaterThan(300);

    const product = await shop.open('/#/products/1', small);
    const undo = product.getByRole('button', { name: /^Undo record/ }).first();
    await undo.waitFor();
    const { x, width } = (await undo.boundingBox()) ?? { x: 999, width: 0 };
    expect(x + width).toBeLessThanOrEqual(small.width);
  });
});

async function fill(shop: Shop): Promise<void> {
  const { service } = shop;
  const sku = 'S'.repeat(60);
  const add = async (path: string, fields: Record<string, string | number>) => {
    const { status, body } = await service.post(path, fields);
    expect({ status, body }).toMatchObject({ status: 201 });
  };
  await add('/products', { productID: 21, name: WORD, sku, price: PRICE, reorderPoint: QUANTITY });
  await add('/products', {
    productID: 22,
    name: `${WORD.slice(0, 190)} 2`,
    reorderPoint: QUANTITY,
  });
  await add('/inventory', { productID: 21, availableQuantity: QUANTITY });
  await add('/inventory', { productID: 22, availableQuantity: 123_456_789 });
  await add('/sales', { productID: 21, quantity: 1_234, unitPrice: '999999.99' });
  await add('/sales', { productID: 22, quantity: 3, unitPrice: '422.10' });
  const reference = 'x'.repeat(100);
  await add('/inventory', { productID: 21, quantityChange: 1_234, reason: 'receipt', reference });
  await report(
    shop,
    { productID: 21, kind: 'low', availableQuantity: QUANTITY, threshold: QUANTITY },
    { productID: 22, kind: 'out', availableQuantity: 0 },
  );
}
