import type { Page } from 'playwright-core';
import { press, report, settle } from './alerts-page';
import { addStoreRoom, addVan, sendJson } from './locations-shop';
import { card } from './parts';
import type { MortalShop, Shop } from './shop';
import { expectMark, openForm, row } from './stock-page';

/** One thing that the page shows, and how one gets there. */
export interface Shown<AnyShop extends Shop = Shop> {
  readonly name: string;
  readonly path: string;
  /** The heading of the screen. */
  readonly heading: string;
  /** What is done on the screen, until it shows what is meant. */
  reach(page: Page, shop: AnyShop): Promise<unknown>;
}

/** Two lines are faulty: one has no such quantity, the other no such column. */
const FAULTY_COUNTS = 'productID,availableQuantity\n1,40\n2,many\n3,12,and more\n4,7\n';

/** Every screen of the dummy shop, and what opens on it. */
export const SCREENS: readonly Shown[] = [
  { name: 'stock', path: '/#/', heading: 'Stock', reach: (page) => row(page, 1).waitFor() },
  {
    name: 'stock-change',
    path: '/#/',
    heading: 'Stock',
    reach: (page) => openForm(page, 1, 'c'),
  },
  {
    name: 'new-product',
    path: '/#/',
    heading: 'Stock',
    reach: async (page) => {
      await row(page, 1).waitFor();
      await page.getByRole('button', { name: 'New product' }).click();
      await page.getByRole('dialog', { name: 'New product' }).waitFor();
    },
  },
  {
    name: 'product',
    path: '/#/products/1',
    heading: 'House Espresso Beans 1 kg',
    reach: async (page, shop) => {
      await report(shop, { productID: 1, kind: 'cover', availableQuantity: 36, daysOfCover: 16 });
      await card(page, 'Alert').waitFor();
      await page.getByRole('cell', { name: 'Last count' }).waitFor();
      await page.getByRole('img', { name: /^Units available over/ }).waitFor();
    },
  },
  {
    name: 'alerts',
    path: '/#/alerts',
    heading: 'Alerts',
    reach: async (page, shop) => {
      const mail = {
        channel: 'mail',
        target: 'ann@shop.example',
        notBefore: '2026-01-01T00:00:00Z',
      };
      const hook = { ...mail, channel: 'webhook', target: 'hook.example#0123456789ab' };
      await report(
        shop,
        { productID: 6, kind: 'out', availableQuantity: 0, deliveries: [mail, hook] },
        { productID: 4, kind: 'low', availableQuantity: 3, daysOfCover: 42, deliveries: [mail] },
        { productID: 1, kind: 'cover', availableQuantity: 6, daysOfCover: 2.7 },
      );
      await settle(shop, '1.1', { status: 'delivered' });
      await settle(shop, '1.2', { status: 'dead', error: 'it answers 410' });
      await settle(shop, '2.1', { status: 'delivered' });
      await press(page, 'House Espresso Beans 1 kg', 'Ordered');
      await page.getByText('1 given up').waitFor();
    },
  },
  {
    name: 'sales',
    path: '/#/sales',
    heading: 'Sales',
    reach: async (page) => {
      await page.getByRole('img', { name: 'Units sold on each of 30 days' }).waitFor();
      await page.getByRole('cell', { name: 'House Espresso Beans 1 kg' }).waitFor();
    },
  },
  {
    name: 'low',
    path: '/#/low',
    heading: 'Low',
    reach: (page) => page.locator('[data-row]').first().waitFor(),
  },
  {
    name: 'scan',
    path: '/#/scan',
    heading: 'Scan',
    reach: async (page) => {
      await page.getByLabel('Barcode, SKU or number').fill('4006381333931');
      await page.keyboard.press('Enter');
      await page.getByRole('form', { name: 'Record the quantity' }).waitFor();
    },
  },
  {
    name: 'time',
    path: '/#/time',
    heading: 'Time',
    reach: (page) => page.locator('[data-row]').first().waitFor(),
  },
  {
    name: 'import-faults',
    path: '/#/import',
    heading: 'Import',
    reach: async (page) => {
      await page.locator('input[type="file"]').setInputFiles({
        name: 'counts.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(FAULTY_COUNTS),
      });
      await page.getByRole('heading', { name: '2 of 4 lines are faulty' }).waitFor();
    },
  },
  {
    name: 'stock-locations',
    path: '/#/',
    heading: 'Stock',
    reach: async (page, shop) => {
      await addVan(shop);
      await addStoreRoom(shop);
      await page.getByText('Main 36, Van 5').filter({ visible: true }).waitFor();
      await openForm(page, 1, 'c');
    },
  },
  {
    name: 'scan-location',
    path: '/#/scan',
    heading: 'Scan',
    reach: async (page, shop) => {
      await addVan(shop);
      await page.getByRole('combobox', { name: 'Where you are' }).selectOption('Van');
      await page.getByLabel('Barcode, SKU or number').fill('4006381333931');
      await page.keyboard.press('Enter');
      await page.getByText('5 at Van', { exact: true }).waitFor();
    },
  },
  {
    name: 'low-location',
    path: '/#/low?location=2',
    heading: 'Low',
    reach: async (page, shop) => {
      await addVan(shop);
      await sendJson(shop, 'PUT', '/products/1/locations/2', { reorderPoint: 5 });
      await page.getByText('1 product low at Van', { exact: true }).waitFor();
    },
  },
  {
    name: 'product-locations',
    path: '/#/products/1',
    heading: 'House Espresso Beans 1 kg',
    reach: async (page, shop) => {
      await addVan(shop);
      await sendJson(shop, 'PUT', '/products/1/locations/2', { reorderPoint: 5 });
      await page.getByRole('form', { name: 'Set a reorder point' }).waitFor();
      await page.getByText('Van: low at 5').waitFor();
    },
  },
  {
    name: 'transfers',
    path: '/#/transfers',
    heading: 'Transfers',
    reach: async (page, shop) => {
      await addVan(shop);
      const form = page.getByRole('form', { name: 'Move or send goods' });
      await form.getByRole('combobox', { name: 'To' }).selectOption('Van');
      await form.getByRole('radio', { name: 'They are on their way' }).check();
      await form.getByLabel('Barcode, SKU, number or name').fill('beans');
      await page.keyboard.press('Enter');
      await form.getByRole('list', { name: 'Which one?' }).getByRole('button').first().click();
      await form.getByRole('list', { name: 'What is sent' }).waitFor();
    },
  },
  {
    name: 'transfers-receive',
    path: '/#/transfers',
    heading: 'Transfers',
    reach: async (page, shop) => {
      await addVan(shop);
      await sendJson(shop, 'POST', '/transfers', {
        from: 1,
        to: 2,
        expectedAt: '2026-01-01T12:00:00Z',
        lines: [
          { productID: 1, quantity: 6 },
          { productID: 4, quantity: 1 },
        ],
        reference: 'VAN-17',
      });
      await page.getByText('overdue').waitFor();
      await page.getByRole('button', { name: /^Receive / }).click();
      await page.getByLabel('Barcode, SKU, number or name').fill('ESP-1000');
      await page.keyboard.press('Enter');
      await page.getByText('House Espresso Beans 1 kg: 1 received').waitFor();
    },
  },
  {
    name: 'holds',
    path: '/#/holds',
    heading: 'Holds',
    reach: async (page, shop) => {
      await addVan(shop);
      await sendJson(shop, 'PUT', '/holds/basket-1', {
        expiresIn: 900,
        lines: [
          { productID: 1, locationID: 2, quantity: 3 },
          { productID: 2, quantity: 1 },
        ],
        reference: 'ANN',
      });
      await page.getByRole('button', { name: 'Release: hold basket-1' }).click();
    },
  },
  {
    name: 'locations',
    path: '/#/locations',
    heading: 'Locations',
    reach: async (page, shop) => {
      await addVan(shop);
      await page.getByRole('button', { name: 'Edit: Van' }).click();
    },
  },
  {
    name: 'unknown',
    path: '/#/no-such-screen',
    heading: 'Nothing here',
    reach: (page) => page.getByRole('link', { name: 'Go to the stock' }).waitFor(),
  },
];

/** How the empty shop begins. */
export const EMPTY_STOCK: Shown = {
  name: 'empty',
  path: '/#/',
  heading: 'Stock',
  reach: (page) => page.getByRole('heading', { name: 'No product yet' }).waitFor(),
};

/** The stock while the service is down, and a sale that waits for it: the page says how old its numbers are. */
export const SERVICE_DOWN: Shown<MortalShop> = {
  name: 'service-down',
  path: '/#/',
  heading: 'Stock',
  reach: async (page, shop) => {
    await row(page, 1).waitFor();
    await shop.kill();
    const form = await openForm(page, 1, 's');
    await form.getByLabel('Units sold').fill('2');
    await page.keyboard.press('Enter');
    await form.getByRole('status').waitFor();
    await expectMark(page, 'As of');
  },
};

export const COLOURS = ['light', 'dark'] as const;

/** Colours an open page, and waits until it is drawn so. */
export async function colour(page: Page, colorScheme: (typeof COLOURS)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  // What is measured first is drawn in the frame after.
  await page.evaluate(
    'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn, 50))))',
  );
}
