import type { Locator, Page } from 'playwright-core';
import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { inBrowserOnEveryStore } from './shop';
import { expectAvailable, recorded } from './stock-page';

inBrowserOnEveryStore(dummy, (shop) => {
  test.each([
    ['barcode', '4006381333931'],
    ['SKU', 'esp-1000'],
    ['number', '1'],
    ['number, as lists write it', '#1'],
  ])('a %s, Enter, a quantity, Enter, and the next one', async (_what, code) => {
    const page = await openScan();
    await expectFocus(codeField(page));
    await scan(page, code, '2');
    await expectScanned(page, [
      /^Sale of 2 × House Espresso Beans 1 kg\nBooked\. 34 available now/,
    ]);
    await expectFocus(codeField(page));
    expect(await codeField(page).inputValue()).toBe('');
    await scan(page, code, '3');
    await expectScanned(page, [/^Sale of 3 × .*\nBooked\. 31 /, /^Sale of 2 × .*\nBooked\. 34 /]);
    expect(await recorded(shop)).toMatchObject([
      { productID: 1, reason: 'sale', quantity: 2, unitPrice: 18.9, availableQuantity: 34 },
      { productID: 1, reason: 'sale', quantity: 3, unitPrice: 18.9, availableQuantity: 31 },
    ]);
  });

  test('no key is lost of a hand that types on without a look', async () => {
    const page = await openScan();
    await expectFocus(codeField(page));
    for (const keys of [
      [...'4', 'Enter', ...'2', 'Enter'],
      [...'ESP-1000', 'Enter', ...'12', 'Enter'],
    ]) {
      // All of them are under way before the page has had a moment for any.
      await Promise.all(keys.map((key) => page.keyboard.press(key)));
    }
    await expectScanned(page, [/^Sale of 12 × House Espresso/, /^Sale of 2 × /]);
    await eventually(async () => expect(await recorded(shop)).toHaveLength(2));
    expect(await recorded(shop)).toMatchObject([
      { productID: 4, quantity: 2 },
      { productID: 1, quantity: 12 },
    ]);
  });

  test.each([
    { kind: 'Count', quantity: '30', change: -6, left: 30 },
    { kind: 'Receipt', quantity: '24', change: 24, left: 60 },
    { kind: 'Return', quantity: '1', change: 1, left: 37 },
    { kind: 'Waste', quantity: '5', change: -5, left: 31 },
  ])('a $kind is scanned in the same way', async ({ kind, quantity, change, left }) => {
    const page = await openScan();
    await page.getByRole('radio', { name: kind }).check();
    await expectFocus(codeField(page));
    await scan(page, 'ESP-1000', quantity);
    await expectScanned(page, [new RegExp(`^${kind} of .*\nBooked\\. ${left} available now`)]);
    expect(await recorded(shop)).toMatchObject([
      { reason: kind.toLowerCase(), quantityChange: change, availableQuantity: left },
    ]);
  });

  test('an unknown code is said, and the next one takes its place', async () => {
    const page = await openScan();
    await type(page, 'NO-SUCH-1');
    await page.getByText('No product has the code “NO-SUCH-1”.').waitFor();
    expect(await codeField(page).getAttribute('aria-invalid')).toBe('true');
    await expectFocus(codeField(page));
    // The wrong one is selected, so that a scanner writes over it.
    await scan(page, 'ESP-1000', '2');
    await expectScanned(page, [/\nBooked\. 34 /]);
    expect(await page.getByText(/No product has the code/).count()).toBe(0);
    expect(await recorded(shop)).toHaveLength(1);
  });

  test('a product that has left the catalogue is not found', async () => {
    const page = await openScan();
    const { status } = await fetch(`${shop.url}/products/1`, { method: 'DELETE' });
    expect(status).toBe(200);
    await eventually(async () => {
      await codeField(page).fill('ESP-1000');
      await page.keyboard.press('Enter');
      expect(await page.getByText('No product has the code “ESP-1000”.').count()).toBe(1);
    });
    expect(await recorded(shop)).toEqual([]);
  });

  test('a quantity that is none is said, and recorded once it is mended', async () => {
    const page = await openScan();
    await type(page, 'ESP-1000');
    const quantity = page.getByLabel('Units sold');
    for (const wrong of ['0', '-1', '1.5', '4006381333931', '']) {
      await quantity.fill(wrong);
      await page.keyboard.press('Enter');
      await page.getByText(/^Type a (whole )?number/).waitFor();
      expect(await quantity.getAttribute('aria-invalid')).toBe('true');
      await quantity.fill('3');
      expect(await quantity.getAttribute('aria-invalid')).toBeNull();
    }
    await page.keyboard.press('Enter');
    await expectScanned(page, [/^Sale of 3 .*\nBooked/]);
    expect(await recorded(shop)).toHaveLength(1);
  });

  test('Escape leaves a product, and records nothing', async () => {
    const page = await openScan();
    await type(page, 'ESP-1000');
    await expectFocus(page.getByLabel('Units sold'));
    await page.keyboard.press('Escape');
    await expectFocus(codeField(page));
    await scan(page, '4', '1');
    await expectScanned(page, [/\nBooked/]);
    expect(await recorded(shop)).toMatchObject([{ productID: 4 }]);
  });

  test('a sale of more than there is is shown as refused, and the next one is booked', async () => {
    shop.browser.allowErrors(answered(409));
    const page = await openScan();
    await scan(page, 'ESP-1000', '37');
    await expectScanned(page, [/\nRefused\. Product 1 has 36 available; nothing was recorded\./]);
    await expectFocus(codeField(page));
    await scan(page, 'ESP-1000', '36');
    await expectScanned(page, [/\nBooked\. 0 available now/, /\nRefused\. /]);
    expect(await recorded(shop)).toMatchObject([{ quantity: 36, availableQuantity: 0 }]);
  });

  test('what is scanned while the service is away waits, and is booked once, in order', async () => {
    const page = await openScan();
    await shop.kill();
    await scanThree(page);
    await page.getByText('3 waiting to be sent').waitFor();
    await page.getByRole('button', { name: '3 to send' }).click();
    const tray = page.getByRole('listitem').filter({ hasText: 'Take back' });
    expect(await tray.allInnerTexts()).toEqual(LABELS.map((label) => expect.stringMatching(label)));
    await shop.start();
    await expectScanned(page, [/\nBooked\. 35 /, /\nBooked\. 1 /, /\nBooked\. 34 /]);
    await page.getByRole('button', { name: /to send/ }).waitFor({ state: 'detached' });
    await expectThreeRecords();
    await codeField(page).focus();
    await scan(page, '1', '1');
    await expectScanned(page, [/^Receipt of 1 .*\nBooked\. 36 /, /^Receipt/, /^Sale/, /^Sale/]);
    expect(await recorded(shop)).toHaveLength(4);
  });

  test('what was scanned while the service was away outlives the page, and is booked once, in order', async () => {
    const page = await openScan();
    await shop.kill();
    await scanThree(page);
    await page.close();
    await shop.start();
    const later = await page.context().newPage();
    await later.goto(`${shop.url}/#/scan`);
    await eventually(async () => expect(await recorded(shop)).toHaveLength(3));
    await later.getByText('Code, Enter, quantity, Enter').waitFor();
    await expectThreeRecords();
    await later.goto(`${shop.url}/#/`);
    await expectAvailable(later, 1, '35');
    await later.reload();
    await expectAvailable(later, 1, '35');
    expect(await recorded(shop)).toHaveLength(3);
  });

  test('a scan whose answer was lost is booked once', async () => {
    shop.browser.allowErrors(/net::ERR_FAILED/);
    const page = await openScan();
    let losses = 2;
    await page.route('**/sales', async (route) => {
      if (losses === 0) return route.fallback();
      losses -= 1;
      expect((await route.fetch()).status()).toBe(201);
      return route.abort();
    });
    await scan(page, '1', '2');
    await scan(page, '4', '1');
    await expectScanned(page, [/\nBooked\. 2 /, /\nBooked\. 34 /]);
    expect(losses).toBe(0);
    expect(await recorded(shop)).toMatchObject([{ productID: 1 }, { productID: 4 }]);
  });

  test('a scan that waits can be taken back, and those behind it are booked', async () => {
    shop.browser.allowErrors(/net::ERR_FAILED/);
    const page = await openScan();
    await page.route('**/sales', (route) => route.abort());
    await scan(page, '1', '2');
    await scan(page, '4', '1');
    await page.getByRole('button', { name: '2 to send' }).click();
    const first = page.getByRole('listitem').filter({ hasText: /Sale of 2 .*Take back/s });
    await first.getByRole('button', { name: 'Take back' }).click();
    await expectScanned(page, [/\nWaiting to be sent/, /\nRefused\. Taken back\./]);
    await page.unroute('**/sales');
    await expectScanned(page, [/\nBooked\. 2 /, /\nRefused\. Taken back\./]);
    expect(await recorded(shop)).toMatchObject([{ productID: 4 }]);
  });

  test('sounds say what becomes of a scan, and can be turned off', async () => {
    shop.browser.allowErrors(answered(409));
    const page = await openScan();
    await page.evaluate(LISTEN);
    await scan(page, '1', '2');
    await eventually(async () => expect(await heard(page)).toEqual([880, 1_320]));
    await type(page, 'NO-SUCH-1');
    await eventually(async () => expect(await heard(page)).toEqual([330, 220, 220]));
    await scan(page, '1', '999');
    await eventually(async () => expect(await heard(page)).toEqual([330, 220, 220]));
    const sounds = page.getByRole('button', { name: 'Sounds' });
    expect(await sounds.getAttribute('aria-pressed')).toBe('true');
    await sounds.click();
    expect(await sounds.getAttribute('aria-pressed')).toBe('false');
    await codeField(page).focus();
    await scan(page, '1', '3');
    await expectScanned(page, [/^Sale of 3 .*\nBooked/, /Refused/, /Booked/]);
    await sounds.click();
    await codeField(page).focus();
    await type(page, 'NO-SUCH-2');
    // Of the one between, nothing is heard.
    await eventually(async () => expect(await heard(page)).toEqual([330, 220, 220]));
  });

  async function openScan(): Promise<Page> {
    const page = await shop.open('/#/scan');
    await codeField(page).waitFor();
    return page;
  }

  async function scanThree(page: Page): Promise<void> {
    await scan(page, '4006381333931', '2');
    await expectScanned(page, [WAITS]);
    await scan(page, '4', '2');
    await expectScanned(page, [WAITS, WAITS]);
    await page.getByRole('radio', { name: 'Receipt' }).check();
    await expectFocus(codeField(page));
    await scan(page, 'ESP-1000', '1');
    await expectScanned(page, LABELS.toReversed());
    await expectScanned(page, [WAITS, WAITS, WAITS]);
  }

  async function expectThreeRecords(): Promise<void> {
    expect(await recorded(shop)).toMatchObject([
      { productID: 1, reason: 'sale', quantity: 2, availableQuantity: 34 },
      { productID: 4, reason: 'sale', quantity: 2, availableQuantity: 1 },
      { productID: 1, reason: 'receipt', quantityChange: 1, availableQuantity: 35 },
    ]);
  }
});

const WAITS = /\nWaiting to be sent/;
const LABELS = [/^Sale of 2 × House Espresso/, /^Sale of 2 × /, /^Receipt of 1 × House Espresso/];

/** Has the page note the pitches that it plays. */
const LISTEN = `
  window.pitches = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...args) {
    window.pitches.push(this.frequency.value);
    return start.apply(this, args);
  };
`;

/** What was heard since the last time that something was. */
async function heard(page: Page): Promise<number[]> {
  const pitches = await page.evaluate<number[]>('pitches.splice(0)');
  return pitches;
}

function codeField(page: Page): Locator {
  return page.getByLabel('Barcode, SKU or number');
}

async function expectFocus(field: Locator): Promise<void> {
  await eventually(async () => {
    expect(await field.evaluate((element) => element.matches(':focus'))).toBe(true);
  });
}

/** What a scanner does: characters, and Enter. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function scan(page: Page, code: string, quantity: string): Promise<void> {
  await expectFocus(codeField(page));
  await type(page, code);
  await expectFocus(page.getByLabel(/^Units /));
  await type(page, quantity);
}

/** Waits until those are listed as scanned, the last one first. */
async function expectScanned(page: Page, entries: readonly RegExp[]): Promise<void> {
  const list = page.getByRole('region', { name: 'Scanned' }).getByRole('listitem');
  await eventually(async () => {
    expect(await list.allInnerTexts()).toEqual(
      entries.map((entry) => expect.stringMatching(entry)),
    );
  });
}
