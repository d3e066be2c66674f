import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expectAccessible } from './axe';
import { answered } from './browser';
import { dummy } from './fillings';
import { inBrowser, inBrowserMortal, type Shop } from './shop';
import { expectAvailable, recorded } from './stock-page';

const COUNTS = ['productID,availableQuantity,note', '1,55,', '4,18,"Shelf 3, left"', '8,12,'];

const text = expect.stringMatching(/\S/);

/** What Chromium says of a request that a test has cut off. */
const CUT_OFF = /net::ERR_FAILED/;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inventory-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

inBrowser(dummy, (shop) => {
  test('counts are looked through, recorded, and in stock', async () => {
    const page = await openImport(shop);
    await choose(page, file(COUNTS));
    await page.getByRole('heading', { name: '3 lines, no fault' }).waitFor();
    expect(await rowsOf(page)).toEqual([
      ['2', expect.stringContaining('#1'), expect.stringMatching(/^\d+$/), '55', text],
      ['3', expect.stringContaining('#4'), expect.stringMatching(/^\d+$/), '18', text],
      ['4', expect.stringContaining('#8'), expect.stringMatching(/^\d+$/), '12', text],
    ]);
    expect(await recorded(shop)).toEqual([]);
    await recordButton(page).click();
    await page.getByText('3 lines were recorded.').waitFor();
    expect(await recorded(shop)).toMatchObject([
      { productID: 1, reason: 'count', availableQuantity: 55 },
      { productID: 4, reason: 'count', availableQuantity: 18, note: 'Shelf 3, left' },
      { productID: 8, reason: 'count', availableQuantity: 12 },
    ]);
    await page.getByRole('link', { name: 'Stock' }).click();
    await expectAvailable(page, 1, '55');
    await expectAvailable(page, 4, '18');
  });

  test('a file can be dropped', async () => {
    const page = await openImport(shop);
    const text = JSON.stringify(COUNTS.join('\r\n'));
    const dataTransfer = await page.evaluateHandle(`(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([${text}], 'dropped.csv', { type: 'text/csv' }));
      return dropped;
    })()`);
    const target = page.getByText('Drop a file here, or choose one');
    await target.dispatchEvent('dragover', { dataTransfer });
    await target.dispatchEvent('drop', { dataTransfer });
    await page.getByRole('heading', { name: '3 lines, no fault' }).waitFor();
    await page.getByText('dropped.csv').waitFor();
    await recordButton(page).click();
    await page.getByText('3 lines were recorded.').waitFor();
    expect(await recorded(shop)).toHaveLength(3);
  });

  test('a click on words that belong to an input acts on the input', async () => {
    const page = await openImport(shop);
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByText('Drop a file here, or choose one').click(),
    ]);
    await chooser.setFiles(file(COUNTS));
    await page.getByRole('heading', { name: '3 lines, no fault' }).waitFor();
    await page.getByText('Add up several counts of one product').click();
    await page.getByRole('checkbox', { name: /^Add up/, checked: true }).waitFor();
  });

  test.each([
    ['CR LF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('faults are named by line and column, with the line (%s)', async (_name, lineEnd) => {
    const lines = ['productID,availableQuantity', '1,55', '4,-1', '', 'x,many', '1,7', '8', '5,3'];
    const page = await openImport(shop);
    await choose(page, file(lines, lineEnd));
    await page.getByRole('heading', { name: '4 of 6 lines are faulty' }).waitFor();
    await page
      .getByRole('alert')
      .getByText(/^Nothing can be recorded until/)
      .waitFor();
    expect(await rowsOf(page)).toEqual([
      ['3', 'availableQuantity', '-1', text],
      ['5', 'productID', 'x', text],
      ['5', 'availableQuantity', 'many', text],
      ['6', 'whole row', '', expect.stringContaining('line 2')],
      ['7', 'availableQuantity', '', 'is required'],
    ]);
    expect(await recordButton(page).isDisabled()).toBe(true);
    expect(await recorded(shop)).toEqual([]);
  });

  test('a file with faults, corrected and chosen again, is recorded', async () => {
    const page = await openImport(shop);
    const mended = file(['productID,availableQuantity', '1,many']);
    await choose(page, mended);
    await page.getByRole('heading', { name: '1 of 1 lines is faulty' }).waitFor();
    await page.getByRole('button', { name: 'Choose another file' }).click();
    writeFileSync(mended, 'productID,availableQuantity\n1,55\n');
    await choose(page, mended);
    await page.getByRole('heading', { name: '1 line, no fault' }).waitFor();
    await recordButton(page).click();
    await page.getByText('1 line was recorded.').waitFor();
    expect(await recorded(shop)).toMatchObject([{ productID: 1, availableQuantity: 55 }]);
  });

  test('products are imported, and are in the stock', async () => {
    const page = await openImport(shop);
    // A file is checked again when it turns out to be of the other kind.
    await choose(
      page,
      file(['productID,name,sku,price', '1,House Espresso 1 kg,ESP-1000,19.5', '13,Tamper,TAM-1,']),
    );
    await page.getByRole('heading', { name: 'This file cannot be read' }).waitFor();
    await page.getByRole('radio', { name: 'Products' }).check();
    await page.getByRole('heading', { name: '2 lines, no fault' }).waitFor();
    await recordButton(page).click();
    await page.getByText('2 lines were recorded.').waitFor();
    const catalogue = (await shop.service.get('/products')).body;
    expect(catalogue).toContainEqual(
      expect.objectContaining({ productID: 1, name: 'House Espresso 1 kg', price: 19.5 }),
    );
    expect(catalogue).toContainEqual(expect.objectContaining({ productID: 13, sku: 'TAM-1' }));
    await page.getByRole('link', { name: 'Stock' }).click();
    await page.getByRole('link', { name: 'Tamper' }).waitFor();
    await page.getByRole('link', { name: 'House Espresso 1 kg' }).waitFor();
  });

  test('refusals of the catalogue are shown before anything is recorded', async () => {
    const page = await openImport(shop);
    await page.getByRole('radio', { name: 'Products' }).check();
    await choose(page, file(['productID,name,sku', '20,Tamper,TAM-1', '21,Mat,ESP-1000']));
    await page.getByRole('heading', { name: '1 of 2 lines is faulty' }).waitFor();
    expect(await rowsOf(page)).toEqual([['3', 'sku', 'ESP-1000', 'is the sku of product 1']]);
    expect(await recordButton(page).isDisabled()).toBe(true);
  });

  test('sales during the check of a count are not overwritten: the file is checked again', async () => {
    shop.browser.allowErrors(answered(409));
    const page = await openImport(shop);
    await choose(page, file(COUNTS));
    await recordButton(page).waitFor();
    const sale = { productID: 4, quantity: 1, unitPrice: 64 };
    await shop.service.post('/sales', sale);
    await recordButton(page).click();
    await page.getByRole('heading', { name: 'Not recorded' }).waitFor();
    const [refused] = await page.getByRole('listitem').filter({ hasText: 'Row 3' }).allInnerTexts();
    expect(refused).toMatch(/^Row 3: Product 4 now has record \d+/);
    expect(await recorded(shop)).toHaveLength(1);
    await page.getByRole('button', { name: 'Check it again' }).click();
    await recordButton(page).click();
    await page.getByText('3 lines were recorded.').waitFor();
    expect((await recorded(shop)).at(-2)).toMatchObject({ productID: 4, availableQuantity: 18 });
  });

  test('counts made on an export are left out for products sold since', async () => {
    const page = await openImport(shop);
    const { text: exported } = await exportOf(shop);
    await shop.service.post('/sales', { productID: 4, quantity: 1, unitPrice: 64 });
    const counts = exported.split('\r\n').slice(0, 5);
    await choose(page, file(counts));
    await page.getByText('changed since it was counted').waitFor();
    expect(await recordButton(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Leave out 1, record the others' }).click();
    await page.getByText('3 lines were recorded.').waitFor();
    await page.getByText(/^Row 5: product 4, now \d+ in stock$/).waitFor();
  });

  test('likely slips are recorded only once they are confirmed, by keyboard', async () => {
    const page = await openImport(shop);
    await page.getByRole('radio', { name: 'Products' }).check();
    await choose(page, file(['Name;Barcode;Price;Shade', 'Tamper;4006381333932;18,90;red']));
    await page.getByText('Columns that are not used: Shade.').waitFor();
    expect(await recordButton(page).isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: 'This is correct' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('1 line was recorded.').waitFor();
    const catalogue = (await shop.service.get('/products')).body;
    expect(catalogue).toContainEqual(
      expect.objectContaining({ productID: 13, barcode: '4006381333932', price: 18.9 }),
    );
  });

  test('several counts of one product are added up once that is chosen', async () => {
    const page = await openImport(shop);
    await choose(page, file(['SKU,Available', 'esp-1000,5', 'ESP-1000,6']));
    await page.getByRole('heading', { name: '1 of 2 lines is faulty' }).waitFor();
    await page.getByRole('checkbox', { name: 'Add up several counts of one product' }).check();
    await page.getByRole('heading', { name: '2 lines, no fault' }).waitFor();
    await recordButton(page).click();
    await page.getByText('1 line was recorded.').waitFor();
    expect(await recorded(shop)).toMatchObject([{ productID: 1, availableQuantity: 11 }]);
  });

  test('a recording whose answer was lost, tried again, is recorded once', async () => {
    shop.browser.allowErrors(CUT_OFF);
    const page = await openImport(shop);
    const keys = await loseFirstAnswer(page);
    await choose(page, file(COUNTS));
    await recordButton(page).click();
    await page
      .getByRole('heading', { name: 'It is not known yet whether the file was recorded' })
      .waitFor();
    expect(await recorded(shop)).toHaveLength(3);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('3 lines were recorded.').waitFor();
    expect(keys).toEqual([expect.stringMatching(/^201 \S{36}$/), keys[0]]);
    expect(await recorded(shop)).toHaveLength(3);
  });

  test('a file whose answer was lost with the page, chosen again, is recorded once', async () => {
    shop.browser.allowErrors(CUT_OFF, answered(409));
    const page = await openImport(shop);
    await loseFirstAnswer(page);
    const counts = file(COUNTS);
    await choose(page, counts);
    await recordButton(page).click();
    await page
      .getByRole('heading', { name: 'It is not known yet whether the file was recorded' })
      .waitFor();
    await page.close();
    const later = await page.context().newPage();
    await later.goto(`${shop.url}/#/import`);
    for (const records of [3, 6]) {
      await choose(later, counts);
      await recordButton(later).click();
      await later.getByText('3 lines were recorded.').waitFor();
      // What has its answer, and is chosen yet again, is meant.
      expect(await recorded(shop)).toHaveLength(records);
      await later.getByRole('button', { name: 'Import another file' }).click();
    }
  });

  test('how far a large file is is shown, and what it is for stays as it was chosen', async () => {
    const page = await openImport(shop);
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await page.route('**/imports/**', async (route) => {
      await held;
      await route.fallback();
    });
    await page.evaluate(WATCH_PROGRESS);
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index + 1},7`);
    await choose(page, file(['productID,availableQuantity', ...lines]));
    await page.getByRole('progressbar', { name: 'Sent to be checked' }).waitFor();
    await page.getByText(/ % sent$/).waitFor();
    await page.getByRole('radio', { name: 'Products' }).click();
    expect(await page.getByRole('radio', { name: 'Counts' }).isChecked()).toBe(true);
    go();
    await page.getByRole('heading', { name: '20,000 lines, no fault' }).waitFor();
    await recordButton(page).click();
    await page.getByText('20,000 lines were recorded.').waitFor();
    expect(await page.getByRole('progressbar').count()).toBe(0);
    const seen = await page.evaluate<string[]>('seenProgress');
    expect(seen).toContainEqual('Checking the file');
    expect(seen).toContainEqual('Recording');
    expect(seen).toContainEqual('0 % sent');
    expect(seen).toContainEqual('Checking each line …');
    expect(seen).toContainEqual('Recording all lines in one transaction …');
    await page.getByRole('link', { name: 'Stock' }).click();
    await expectAvailable(page, 1, '7');
  });
});

inBrowserMortal(dummy, (shop) => {
  test('a service that is away is reported, and the file is recorded once it is back', async () => {
    const page = await openImport(shop);
    await choose(page, file(COUNTS));
    await recordButton(page).waitFor();
    await shop.kill();
    await recordButton(page).click();
    await page
      .getByRole('heading', { name: 'It is not known yet whether the file was recorded' })
      .waitFor();
    await page.getByRole('heading', { name: 'The service cannot be reached' }).waitFor();
    await shop.start();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('3 lines were recorded.').waitFor();
    expect(await recorded(shop)).toHaveLength(3);
  });
});

async function exportOf(shop: Shop): Promise<{ text: string }> {
  return { text: await (await fetch(`${shop.url}/inventory.csv`)).text() };
}

async function openImport(shop: Shop): Promise<Page> {
  const page = await shop.open('/#/import');
  await page.getByText('Drop a file here, or choose one').waitFor();
  return page;
}

function file(lines: readonly string[], lineEnd = '\n'): string {
  const name = path.join(folder, 'counted.csv');
  writeFileSync(name, lines.join(lineEnd));
  return name;
}

/** Lets the first recording happen, and its answer be lost. @returns the keys of all, as they come */
async function loseFirstAnswer(page: Page): Promise<string[]> {
  const keys: string[] = [];
  // Not page.route(): it would send the form on without its file.
  const session = await page.context().newCDPSession(page);
  session.on('Fetch.requestPaused', ({ requestId, request, responseStatusCode }) => {
    keys.push(`${responseStatusCode} ${request.headers['Idempotency-Key']}`);
    if (keys.length > 1) void session.send('Fetch.continueRequest', { requestId });
    else void session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
  });
  await session.send('Fetch.enable', {
    patterns: [{ urlPattern: '*/imports/counts?asOf=*', requestStage: 'Response' }],
  });
  return keys;
}

/** Has the page note all that it says while a file is under way. */
const WATCH_PROGRESS = `
  window.seenProgress = [];
  new MutationObserver(() => {
    const card = document.querySelector('progress')?.parentElement;
    if (!card) return;
    const texts = [...document.querySelectorAll('h2, [role="status"]')].map((each) => each.textContent);
    for (const text of texts) if (!seenProgress.includes(text)) seenProgress.push(text);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

function choose(page: Page, name: string): Promise<void> {
  return page.locator('input[type="file"]').setInputFiles(name);
}

function recordButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Record [\d,]+ lines?$/ });
}

/** What stands in the cells of the table on the page. */
async function rowsOf(page: Page): Promise<string[][]> {
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') });
  return Promise.all((await rows.all()).map((each) => each.getByRole('cell').allInnerTexts()));
}
