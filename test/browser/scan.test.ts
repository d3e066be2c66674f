import type { Locator, Page } from 'playwright-core';
import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { held } from './held';
import { HAND_MS, keyboardOf, onFrenchKeyboard, SCANNER_MS } from './keys';
import { inBrowser, inBrowserMortal, type Shop } from './shop';
import { expectAvailable, openForm, recorded } from './stock-page';

inBrowser(dummy, (shop) => {
  test('a code, Enter, a quantity, Enter, and the next one', async () => {
    const page = await openScan(shop);
    await scan(page, '4006381333931', '2');
    await expectScanned(page, [
      /^Sale of 2 × House Espresso Beans 1 kg\nRecorded\. 34 available now/,
    ]);
    await expectFocus(codeField(page));
    expect(await codeField(page).inputValue()).toBe('');
    for (const code of ['esp-1000', '1', '#1']) await scan(page, code, '3');
    await expectScanned(page, [
      /\nRecorded\. 25 /,
      /\nRecorded\. 28 /,
      /\nRecorded\. 31 /,
      /^Sale of 2 /,
    ]);
    expect(await recorded(shop)).toMatchObject([
      { productID: 1, reason: 'sale', quantity: 2, unitPrice: 18.9, availableQuantity: 34 },
      ...[31, 28, 25].map((left) => ({ productID: 1, quantity: 3, availableQuantity: left })),
    ]);
  });

  test('no key is lost if the user types on without looking', async () => {
    const page = await openScan(shop);
    const keys = await keyboardOf(page);
    for (const typed of [
      ['4', '2'],
      ['ESP-1000', '12'],
    ]) {
      // All of them are under way before the page has had a moment for any.
      await Promise.all(typed.map((text) => keys(text, HAND_MS)));
    }
    await expectScanned(page, [
      /^Sale of 12 × House Espresso.*\nRecorded/,
      /^Sale of 2 × .*\nRecorded/,
    ]);
    expect(await recorded(shop)).toMatchObject([
      { productID: 4, quantity: 2 },
      { productID: 1, quantity: 12 },
    ]);
  });

  test('a scanner that ends a line with CR and LF, or a held Enter, records nothing by itself', async () => {
    const page = await openScan(shop);
    const enter = await enterKey(page);
    const quantity = page.getByLabel('Units sold');
    await page.keyboard.type('4006381333931');
    await enter({ atMs: 0 });
    await enter({ atMs: 5 });
    for (const atMs of [500, 540]) await enter({ atMs, autoRepeat: true });
    await expectFocus(quantity);
    expect(await quantity.inputValue()).toBe('1');
    expect(await isPassedOver(page, 'Control+j')).toBe(true);
    // By a hand, Enter alone records one.
    await enter({ atMs: 1_000 });
    await enter({ atMs: 1_005 });
    await expectScanned(page, [/^Sale of 1 × House Espresso.*\nRecorded\. 35 /]);
    await expectFocus(codeField(page));
    expect(await codeField(page).getAttribute('aria-invalid')).toBeNull();
    expect(await recorded(shop)).toMatchObject([{ productID: 1, quantity: 1 }]);
  });

  test('a code in place of a quantity becomes the next code, and nothing is recorded', async () => {
    const page = await openScan(shop);
    const REFUSED = /\nRefused\. Another code was scanned instead of its quantity/;
    await type(page, '4');
    // A barcode in place of the quantity; then a SKU, after a digit that was typed before.
    await type(page, '4006381333931');
    await type(page, '2CUP-0001');
    await type(page, 'ESP-1000');
    await expectScanned(page, [REFUSED, REFUSED, REFUSED]);
    expect(await codeField(page).inputValue()).toBe('ESP-1000');
    await type(page, '3');
    await expectScanned(page, [
      /^Sale of 3 × House Espresso.*\nRecorded\. 33 /,
      ...[REFUSED, REFUSED, REFUSED],
    ]);
    expect(await recorded(shop)).toHaveLength(1);
  });

  test('each kind of change can be scanned, and a scan is typed with the focus anywhere', async () => {
    const page = await openScan(shop);
    const kinds = [
      { kind: 'Count', quantity: '30', quantityChange: -6, availableQuantity: 30 },
      { kind: 'Receipt', quantity: '24', quantityChange: 24, availableQuantity: 54 },
      { kind: 'Return', quantity: '1', quantityChange: 1, availableQuantity: 55 },
      { kind: 'Waste', quantity: '5', quantityChange: -5, availableQuantity: 50 },
    ];
    const entries: RegExp[] = [];
    for (const { kind, quantity, availableQuantity } of kinds) {
      await page.getByRole('radio', { name: kind }).check();
      await expectFocus(codeField(page));
      await scan(page, 'ESP-1000', quantity);
      entries.unshift(new RegExp(`^${kind} of .*\nRecorded\\. ${availableQuantity} available now`));
      await expectScanned(page, entries);
    }
    expect(await recorded(shop)).toMatchObject(
      kinds.map(({ kind, quantity: _, ...numbers }) => ({
        reason: kind.toLowerCase(),
        ...numbers,
      })),
    );
    // The arrow keys go on through the kinds.
    await page.getByRole('radio', { name: 'Waste' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expectFocus(page.getByRole('radio', { name: 'Sale' }));
    await scan(page, '#1', '1');
    await expectScanned(page, [/^Sale of 1 .*\nRecorded\. 49 /, ...entries]);
  });

  test('an unknown code is reported, and the next one takes its place', async () => {
    const { status } = await fetch(`${shop.url}/products/4`, { method: 'DELETE' });
    expect(status).toBe(200);
    const page = await openScan(shop);
    await page.keyboard.press('Enter');
    await page.getByText('Scan or type a code.').waitFor();
    // Product 4 has left the catalogue.
    for (const code of ['NO-SUCH-1', '4']) {
      await type(page, code);
      await page.getByText(`No product has the code “${code}”.`).waitFor();
      expect(await codeField(page).getAttribute('aria-invalid')).toBe('true');
      await expectFocus(codeField(page));
    }
    await scan(page, 'ESP-1000', '2');
    await expectScanned(page, [/\nRecorded\. 34 /]);
    expect(await page.getByText(/No product has the code/).count()).toBe(0);
    expect(await recorded(shop)).toHaveLength(1);
  });

  test('an invalid quantity is reported, and recorded once it is corrected; Escape records nothing', async () => {
    const page = await openScan(shop);
    await type(page, '4');
    await expectFocus(page.getByLabel('Units sold'));
    await page.keyboard.press('Escape');
    await expectFocus(codeField(page));
    await type(page, 'ESP-1000');
    const quantity = page.getByLabel('Units sold');
    for (const wrong of ['0', '-1', '1.5', '']) {
      await page.keyboard.press('Delete');
      await type(page, wrong);
      await page.getByText(/^Type a (whole )?number/).waitFor();
      expect(await quantity.getAttribute('aria-invalid')).toBe('true');
      await page.keyboard.type('3');
      expect(await quantity.getAttribute('aria-invalid')).toBeNull();
      await page.keyboard.press('Backspace');
    }
    await type(page, '3');
    await expectScanned(page, [/^Sale of 3 .*\nRecorded/]);
    expect(await recorded(shop)).toMatchObject([{ productID: 1, quantity: 3 }]);
  });

  test('sounds and colours say what becomes of a scan; the sounds can be turned off', async () => {
    shop.browser.allowErrors(answered(409));
    const page = await openScan(shop);
    await page.evaluate(LISTEN);
    await scan(page, '1', '37');
    await expectScanned(page, [/\nRefused\. Product 1 has 36 available; nothing was recorded\./]);
    await expectHeard(page, BAD);
    await scan(page, '1', '36');
    await expectScanned(page, [/\nRecorded\. 0 available now/, /\nRefused\. /]);
    await expectHeard(page, GOOD);
    expect(await colours(page)).toEqual(['good', 'bad']);
    await type(page, 'NO-SUCH-1');
    await expectHeard(page, BAD);
    const sounds = page.getByRole('button', { name: 'Sounds' });
    expect(await sounds.getAttribute('aria-pressed')).toBe('true');
    await sounds.click();
    expect(await sounds.getAttribute('aria-pressed')).toBe('false');
    await scan(page, '4', '1');
    await expectScanned(page, [/\nRecorded/, /\nRecorded/, /\nRefused/]);
    // Its Enter, too, went to the code, and not to the button.
    expect(await sounds.getAttribute('aria-pressed')).toBe('false');
    expect(await page.evaluate('pitches')).toEqual([]);
    await sounds.click();
    await scan(page, '4', '1');
    await expectHeard(page, GOOD);
    await eventually(async () => expect(await page.evaluate('audio.state')).toBe('suspended'));
    expect(await recorded(shop)).toMatchObject([
      { productID: 1, quantity: 36, availableQuantity: 0 },
      { productID: 4, quantity: 1 },
      { productID: 4, quantity: 1 },
    ]);
  });

  test('a scan that another tab cancels is reported once in each tab, and those after it are recorded', async () => {
    shop.browser.allowErrors(/net::ERR_FAILED/, answered(409));
    const page = await openScan(shop);
    const context = page.context();
    await context.route('**/sales', (route) => route.abort());
    await scan(page, '1', '2');
    await scan(page, '4', '1');
    const tab = await context.newPage();
    await tab.goto(`${shop.url}/#/scan`);
    await tab.getByRole('button', { name: '2 to send' }).click();
    const first = tab.getByRole('listitem').filter({ hasText: 'Sale of 2 ' });
    await first.getByRole('button', { name: 'Cancel change' }).click();
    await first.waitFor({ state: 'detached' });
    await context.unroute('**/sales');
    await expectScanned(page, [/\nRecorded\. 2 /, /^Sale of 2 .*\nCancelled/]);
    for (const each of [page, tab]) {
      const said = each.getByRole('log').getByText('Cancelled: Sale of 2 × House Espresso');
      expect(await said.count()).toBe(1);
    }
    expect(await recorded(shop)).toMatchObject([{ productID: 4, quantity: 1 }]);
  });

  test('a scanned code is no quantity, whether a product has it or not: nothing is recorded', async () => {
    const page = await openScan(shop);
    const type = await keyboardOf(page);
    await page.getByRole('radio', { name: 'Receipt' }).check();
    for (const [code, gapMs] of [
      ['96385074', SCANNER_MS],
      ['04252614', SCANNER_MS],
      ['0000001234565', SCANNER_MS],
      ['10234', SCANNER_MS],
      // By hand, check digits and zeros in front tell as much.
      ['96385074', HAND_MS],
      ['04252614', HAND_MS],
      ['0000001234565', HAND_MS],
    ] as const) {
      await type('4006381333962', SCANNER_MS);
      await expectFocus(page.getByLabel('Units received'));
      await type(code, gapMs);
      await page.getByText(`No product has the code “${code}”.`).first().waitFor();
      await expectFocus(codeField(page));
      const [latest] = await scannedEntries(page);
      expect(latest).toMatch(
        new RegExp(`^Hand Grinder.*\\nRefused\\. “${code}” is a code.*Nothing was recorded`),
      );
    }
    await type('4006381333962', SCANNER_MS);
    await type('12', HAND_MS);
    await eventually(async () => {
      const [latest] = await scannedEntries(page);
      expect(latest).toMatch(/^Receipt of 12 × Hand Grinder\nRecorded\. 15 /);
    });
    expect(await recorded(shop)).toMatchObject([{ quantityChange: 12 }]);
  });

  test('a short code at the speed of a scanner is no quantity: it is a product, or a question', async () => {
    for (const sku of ['042', '17']) {
      const body = new URLSearchParams({ name: `Label ${sku}`, sku });
      const { status } = await fetch(`${shop.url}/products`, { method: 'POST', body });
      expect(status).toBe(201);
    }
    const page = await openScan(shop);
    const type = await keyboardOf(page);
    await page.getByRole('radio', { name: 'Receipt' }).check();
    const quantity = (title: string) => page.getByLabel(`Units received of ${title}`);
    for (const end of ['Enter', 'Tab'] as const) {
      for (const [code, question] of [
        ['12', 'Record receipt of 12'],
        ['7', 'Record receipt of 7'],
        ['300', 'Record receipt of 300'],
      ] as const) {
        await type('4006381333962', SCANNER_MS);
        await expectFocus(quantity('Hand Grinder'));
        await type(code, SCANNER_MS, end);
        await page.getByRole('button', { name: question }).waitFor();
        // Nor does the next scan answer, or an Enter.
        await type('', SCANNER_MS);
      }
    }
    expect(await recorded(shop)).toEqual([]);
    // Some product's: scanned three times it is three, and another one takes its place.
    for (let scans = 1; scans <= 3; scans += 1) await type('042', SCANNER_MS);
    await eventually(async () => expect(await quantity('Label 042').inputValue()).toBe('3'));
    await type('17', SCANNER_MS);
    await expectFocus(quantity('Label 17'));
    await page.getByRole('button', { name: 'Record: Receipt of 3 × Label 042' }).click();
    await expectFocus(quantity('Label 17'));
    await type('9', HAND_MS);
    await eventually(async () => {
      const [latest, before] = await scannedEntries(page);
      expect(latest).toMatch(/^Receipt of 9 × Label 17\nRecorded\. 9 /);
      expect(before).toMatch(/^Receipt of 3 × Label 042\nRecorded\. 3 /);
    });
    expect(await recorded(shop)).toHaveLength(2);
  });

  test('the page asks about an unlikely quantity, and no Enter answers; by its history it does not ask', async () => {
    const page = await openScan(shop);
    const type = await keyboardOf(page);
    await page.getByRole('radio', { name: 'Receipt' }).check();
    await type('4', HAND_MS);
    await type('10234', HAND_MS);
    const question = page.getByRole('alert').filter({ hasText: 'far more than this product' });
    await question.waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const confirm = question.getByRole('button', { name: 'Record receipt of 10,234' });
    await eventually(async () => expect(await confirm.isEnabled()).toBe(true));
    await page.keyboard.press('Enter');
    // The next scan goes on, and the question is over.
    await type('4006381333931', SCANNER_MS);
    await expectFocus(page.getByLabel('Units received'));
    const [refused] = await scannedEntries(page);
    expect(refused).toMatch(/^Hand Grinder.*\nRefused\. Its quantity was not confirmed/);
    expect(await recorded(shop)).toEqual([]);

    await page.keyboard.press('Escape');
    await type('4', HAND_MS);
    await type('10234', HAND_MS);
    await confirm.click();
    await eventually(async () => {
      expect((await scannedEntries(page))[0]).toMatch(/^Receipt of 10,234 .*\nRecorded\. 10,237 /);
    });
    await shop.service.sell(4, 10_237);
    // It has had so many, though they are sold.
    await type('4', HAND_MS);
    await type('10234', HAND_MS);
    await eventually(async () => {
      expect((await scannedEntries(page))[0]).toMatch(/^Receipt of 10,234 .*\nRecorded\. 10,234 /);
    });
  });

  test('a code that two products of an older ledger have is asked about each time, and chooses none', async () => {
    for (const [productID, code] of [
      [20, 'sku'],
      [21, 'barcode'],
    ] as const) {
      await shop
        .place()
        .sql(
          `INSERT INTO products (productID, name, ${code}) VALUES (${productID}, 'Old ${productID}', 'OLD-0001')`,
        );
      await shop.service.count(productID, 10);
    }
    const page = await openScan(shop);
    const type = await keyboardOf(page);
    const asked = page.getByText('Several products have the code “OLD-0001”: Old 20 (#20), Old 21');
    await type('OLD-0001', SCANNER_MS);
    await asked.waitFor();
    await expectFocus(codeField(page));
    for (const [productID, other] of [
      [20, 'Old 20'],
      [21, 'Old 21'],
    ] as const) {
      await type(`#${productID}`, HAND_MS);
      await expectFocus(page.getByLabel(`Units sold of ${other}`));
      // In place of a quantity it may be of either, too.
      await type('OLD-0001', SCANNER_MS);
      await asked.waitFor();
      await expectFocus(codeField(page));
    }
    expect(await recorded(shop)).toHaveLength(2);
    await type('#21', HAND_MS);
    await type('3', HAND_MS);
    await eventually(async () => {
      expect((await scannedEntries(page))[0]).toMatch(/^Sale of 3 × Old 21\nRecorded\. 7 /);
    });
  });

  test('three scans of one article are three; another code records nothing, and they are asked about', async () => {
    const page = await openScan(shop);
    const type = await keyboardOf(page);
    for (let scans = 1; scans <= 3; scans += 1) {
      await type('4006381333931', SCANNER_MS);
      await eventually(async () => {
        expect(await page.getByLabel('Units sold').inputValue()).toBe(String(scans));
      });
    }
    await page.getByRole('status').getByText('Scanned 3 times.').waitFor();
    await type('4006381334006', SCANNER_MS);
    await type('4006381334006', SCANNER_MS);
    // By a hand.
    await type('', HAND_MS);
    await expectScanned(page, [
      /^Sale of 2 × Espresso Cup.*\nRecorded/,
      /^Sale of 3 × House Espresso.*\nRefused\. Another code .* nothing was recorded/,
    ]);
    await page.getByRole('button', { name: 'Record: Sale of 3 × House' }).click();
    await expectScanned(page, [/^Sale of 2 /, /^Sale of 3 × House Espresso.*\nRecorded\. 33 /]);
    expect(await recorded(shop)).toMatchObject([
      { productID: 8, quantity: 2 },
      { productID: 1, quantity: 3 },
    ]);
    // Nor does it record a count.
    await page.getByRole('radio', { name: 'Count' }).check();
    for (const code of ['4006381333931', '4006381333931', '4006381334006']) {
      await type(code, SCANNER_MS);
    }
    await page.getByRole('button', { name: 'Record: Count of 2 × House' }).waitFor();
    await expectFocus(page.getByLabel('Units counted of Espresso Cup'));
    expect(await recorded(shop)).toHaveLength(2);
  });

  test('scanners may end by Tab, know GS1, and take a French keyboard for one of the USA', async () => {
    const page = await openScan(shop);
    const type = await keyboardOf(page);
    const quantity = page.getByLabel('Units sold of House Espresso Beans 1 kg');
    const fnc1 = { key: ']', code: 'BracketRight', ctrlKey: true };
    const gs1 = [...'0104006381333931'].map((digit) => ({ key: digit, code: `Digit${digit}` }));
    const lot = [
      { key: '1', code: 'Digit1' },
      { key: '0', code: 'Digit0' },
      { key: 'A', code: 'KeyA' },
    ];
    for (const [keys, end] of [
      ['4006381333931', 'Tab'],
      [']C10104006381333931', 'Enter'],
      ['(01)04006381333931(10)AB', 'Tab'],
      [[fnc1, ...gs1], 'Enter'],
      [[...lot, fnc1, ...gs1], 'Enter'],
      ['https://id.gs1.org/01/04006381333931/10/AB', 'Enter'],
      [onFrenchKeyboard('4006381333931'), 'Enter'],
      [onFrenchKeyboard('4006381333931'), 'Tab'],
      [onFrenchKeyboard('0104006381333931'), 'Enter'],
    ] as const) {
      await type(keys, SCANNER_MS, end);
      await quantity.waitFor();
      await expectFocus(quantity);
      await page.keyboard.press('Escape');
      await expectFocus(codeField(page));
    }
    // A hand's Tab goes on to the button; a scanner's in the quantity is the end of a code.
    await type('4006381333931', SCANNER_MS, 'Tab');
    await type('4006381333931', SCANNER_MS, 'Tab');
    await eventually(async () => expect(await quantity.inputValue()).toBe('2'));
    await type('3', HAND_MS, 'Tab');
    await expectFocus(page.getByRole('button', { name: 'Record sale' }));
    await page.keyboard.press('Enter');
    await expectScanned(page, [/^Sale of 3 × House Espresso.*\nRecorded\. 33 /]);
  });

  test('a new product with an unknown code is added, and its scan continues', async () => {
    const page = await openScan(shop);
    await type(page, '4006381334051');
    await page.getByRole('alert').getByText('No product has the code “4006381334051”.').waitFor();
    await page.getByRole('button', { name: 'New product with this code' }).click();
    const dialog = page.getByRole('dialog', { name: 'New product' });
    expect(await dialog.getByLabel('Barcode').inputValue()).toBe('4006381334051');
    // The Enter of a scanner ends the code alone.
    await dialog.getByLabel('SKU').focus();
    const keys = await keyboardOf(page);
    await keys('TAM-0058', SCANNER_MS);
    await expectFocus(dialog.getByLabel('Barcode'));
    expect(await dialog.getByLabel('Name').getAttribute('aria-invalid')).toBeNull();
    await dialog.getByLabel('Name').fill('Tamper 58 mm');
    await keys('', HAND_MS);
    await page
      .getByRole('form', { name: 'Record the quantity' })
      .getByText('Tamper 58 mm')
      .first()
      .waitFor();
    await page.getByRole('radio', { name: 'Receipt' }).check();
    await scan(page, '4006381334051', '6');
    await expectScanned(page, [/^Receipt of 6 × Tamper 58 mm\nRecorded\. 6 /]);
  });

  test('the scanned product stays chosen and is shown in full; a recorded scan can be undone', async () => {
    const page = await openScan(shop);
    await page.getByRole('radio', { name: 'Count' }).check();
    await page.getByRole('link', { name: 'Stock', exact: true }).click();
    await page.getByRole('link', { name: 'Scan', exact: true }).click();
    await page.getByText('Count sets the stock').waitFor();
    expect(await page.getByRole('radio', { name: 'Count' }).isChecked()).toBe(true);
    await scan(page, '4', '7');
    await expectScanned(page, [/^Count of 7 .*\nRecorded\. 7 /]);
    await page.getByRole('button', { name: 'Undo: Count of 7' }).click();
    await expectScanned(page, [/^Count of 7 .*\nUndone/]);
    await expectFocus(codeField(page));
    expect(await recorded(shop)).toMatchObject([
      { reason: 'count', availableQuantity: 7 },
      { reason: 'adjustment', quantityChange: -4, reference: 'Undo of record 231' },
    ]);
    await page.reload();
    expect(await page.getByRole('radio', { name: 'Count' }).isChecked()).toBe(true);
  });

  test('a return that is scanned takes back the sale that it is of', async () => {
    const page = await openScan(shop);
    await scan(page, '4', '3');
    await page.getByRole('radio', { name: 'Return' }).check();
    await type(page, '4');
    await page
      .getByLabel('Takes back')
      .getByText('Sale 231: 3 at 64.00')
      .waitFor({ state: 'attached' });
    await type(page, '2');
    await expectScanned(page, [/^Return of 2 .*\nRecorded\. 2 /, /^Sale of 3 /]);
    expect((await recorded(shop)).at(-1)).toMatchObject({ quantityChange: 2, saleRecord: 231 });
  });

  test('a return that spans several sales is asked about, by a scan and in the stock', async () => {
    const body = new URLSearchParams({ name: 'Whisk', sku: 'WHISK-1', price: '10' });
    const added = await fetch(`${shop.url}/products`, { method: 'POST', body });
    const { productID } = (await added.json()) as { productID: number };
    await shop.service.count(productID, 9);
    for (let sale = 1; sale <= 3; sale += 1) await shop.service.sell(productID, 1);
    const before = (await recorded(shop)).length;
    const page = await openScan(shop);
    await page.getByRole('radio', { name: 'Return' }).check();
    await type(page, 'WHISK-1');
    const takesBack = page.getByLabel('Takes back');
    await takesBack
      .getByText(/^Sale /)
      .first()
      .waitFor({ state: 'attached' });
    await type(page, '3');
    await page
      .getByText(/^No single sale has as many units left\./)
      .first()
      .waitFor();
    await page.goto(`${shop.url}/#/`);
    await openForm(page, productID, 't');
    await takesBack
      .getByText(/^Sale /)
      .first()
      .waitFor({ state: 'attached' });
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await expectFocus(takesBack);
    expect(await recorded(shop)).toHaveLength(before);
    await takesBack.selectOption('No sale');
    await page.getByRole('button', { name: 'Record return' }).click();
    await eventually(async () => {
      expect((await recorded(shop)).slice(before)).toMatchObject([{ quantityChange: 3 }]);
    });
  });

  test('a scanned return is not lost if the page is left before its sales are known', async () => {
    const page = await openScan(shop);
    await held(page, /\/records\?reason=sale/);
    await page.getByRole('radio', { name: 'Return' }).check();
    await scan(page, '4', '2');
    await expectScanned(page, [/^Return of 2 .*\nWaiting/]);
    await page.reload();
    await eventually(async () =>
      expect(await recorded(shop)).toMatchObject([{ reason: 'return', quantityChange: 2 }]),
    );
  });

  test('a scanned return survives a browser that dies before its sales are known, and is recorded once', async () => {
    shop.browser.allowErrors(/^crashed: /);
    const page = await openScan(shop);
    const sales = await held(page, /\/records\?reason=sale/);
    await page.getByRole('radio', { name: 'Return' }).check();
    await scan(page, '4', '2');
    await sales.asked;
    // A page gets no event about its own end.
    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    // It is never answered.
    void session.send('Page.crash').catch(() => {});
    await crashed;
    expect(await recorded(shop)).toEqual([]);
    // Not earlier: all pages of a profile have one process, which has died.
    const other = await page.context().newPage();
    await other.goto(`${shop.url}/#/`);
    await expectAvailable(other, 4, '5');
    expect(await recorded(shop)).toMatchObject([{ reason: 'return', quantityChange: 2 }]);
  });

  test('a return whose page slept while its sales were asked is recorded once, by itself or another tab', async () => {
    const page = await openScan(shop);
    const sales = await held(page, /\/records\?reason=sale/);
    await page.evaluate('AbortSignal.timeout = () => new AbortController().signal');
    await page.getByRole('radio', { name: 'Return' }).check();
    await scan(page, '4', '2');
    await sales.asked;
    const other = await page.context().newPage();
    await other.goto(`${shop.url}/#/`);
    await expectAvailable(other, 4, '5');
    await sales.release();
    await expectScanned(page, [/^Return of 2 .*\nRecorded\. 5 /]);
    expect(await recorded(shop)).toHaveLength(1);
  });
});

inBrowserMortal(dummy, (shop) => {
  test('scans wait while the service is away, and are recorded once, in order', async () => {
    const page = await openScan(shop);
    await page.evaluate(LISTEN);
    await shop.kill();
    await scanThree(page);
    // One sound for each that waits, of which a slow machine has heard several by now.
    await eventually(async () =>
      expect(new Set(await page.evaluate<number[]>('pitches'))).toEqual(new Set(LATER)),
    );
    expect(await colours(page)).toEqual(['warn', 'warn', 'warn']);
    await page.getByText('3 waiting to be sent').waitFor();
    await page.getByRole('button', { name: '3 to send' }).click();
    const tray = page.getByRole('listitem').filter({ hasText: 'Cancel change' });
    expect(await tray.allInnerTexts()).toEqual(LABELS.map((label) => expect.stringMatching(label)));
    await shop.start();
    await expectScanned(page, [/\nRecorded\. 35 /, /\nRecorded\. 1 /, /\nRecorded\. 34 /]);
    await page.getByRole('button', { name: /to send/ }).waitFor({ state: 'detached' });
    await expectThreeRecords(shop);
    await scan(page, '1', '1');
    await expectScanned(page, [/^Receipt of 1 .*\nRecorded\. 36 /, /^Receipt/, /^Sale/, /^Sale/]);
    expect(await recorded(shop)).toHaveLength(4);
  });

  test('scans that wait survive the page, and are recorded once, in order', async () => {
    const page = await openScan(shop);
    await shop.kill();
    await scanThree(page);
    await page.close();
    await shop.start();
    const later = await page.context().newPage();
    await later.goto(`${shop.url}/#/scan`);
    await later.getByText('Code, Enter, quantity, Enter').waitFor();
    await eventually(async () => expect(await recorded(shop)).toHaveLength(3));
    await expectThreeRecords(shop);
    await later.goto(`${shop.url}/#/`);
    await expectAvailable(later, 1, '35');
    await later.reload();
    await expectAvailable(later, 1, '35');
    expect(await recorded(shop)).toHaveLength(3);
  });
});

async function openScan(shop: Shop): Promise<Page> {
  const page = await shop.open('/#/scan');
  await codeField(page).waitFor();
  await expectFocus(codeField(page));
  return page;
}

async function scanThree(page: Page): Promise<void> {
  await scan(page, '4006381333931', '2');
  await expectScanned(page, [WAITS]);
  await scan(page, '4', '2');
  await expectScanned(page, [WAITS, WAITS]);
  await page.getByRole('radio', { name: 'Receipt' }).check();
  await scan(page, 'ESP-1000', '1');
  await expectScanned(page, LABELS.toReversed());
  await expectScanned(page, [WAITS, WAITS, WAITS]);
}

async function expectThreeRecords(shop: Shop): Promise<void> {
  expect(await recorded(shop)).toMatchObject([
    { productID: 1, reason: 'sale', quantity: 2, availableQuantity: 34 },
    { productID: 4, reason: 'sale', quantity: 2, availableQuantity: 1 },
    { productID: 1, reason: 'receipt', quantityChange: 1, availableQuantity: 35 },
  ]);
}

const WAITS = /\nWaiting to be sent/;
const LABELS = [/^Sale of 2 × House Espresso/, /^Sale of 2 × /, /^Receipt of 1 × House Espresso/];

/** The sounds, in hertz. */
const GOOD = [880, 1_320];
const LATER = [660];
const BAD = [330, 220, 220];

/** Has the page note the pitches that it plays, and with what. */
const LISTEN = `
  window.pitches = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...args) {
    window.pitches.push(this.frequency.value);
    window.audio = this.context;
    return start.apply(this, args);
  };
`;

/** Waits until a sound was heard, the only one since the last that was waited for. */
async function expectHeard(page: Page, pitches: readonly number[]): Promise<void> {
  await eventually(async () => expect(await page.evaluate('pitches')).toEqual(pitches));
  await page.evaluate('pitches.length = 0');
}

/** How the entries are coloured, the last one scanned first. */
async function colours(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    const probe = document.body.appendChild(document.createElement('p'));
    const names = new Map(['good', 'warn', 'bad'].map((name) => {
      probe.style.background = 'var(--' + name + '-bg)';
      return [getComputedStyle(probe).backgroundColor, name];
    }));
    probe.remove();
    [...document.querySelectorAll('[aria-label="Scanned"] li')]
      .map((entry) => names.get(getComputedStyle(entry).backgroundColor));
  `);
}

function codeField(page: Page): Locator {
  return page.getByLabel('Barcode, SKU or number');
}

async function expectFocus(field: Locator): Promise<void> {
  await eventually(async () => {
    expect(await field.evaluate((element) => element.matches(':focus'))).toBe(true);
  });
}

/** What a hand does: characters, and Enter. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function scan(page: Page, code: string, quantity: string): Promise<void> {
  await page.keyboard.type(code, { delay: 0 });
  await page.keyboard.press('Enter');
  await type(page, quantity);
}

/** An Enter key that goes down at moments of its own, however long the test takes between them. */
async function enterKey(page: Page) {
  const session = await page.context().newCDPSession(page);
  const begun = Date.now();
  return ({ atMs, autoRepeat = false }: { atMs: number; autoRepeat?: boolean }) =>
    session.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Enter',
      code: 'Enter',
      text: '\r',
      windowsVirtualKeyCode: 13,
      timestamp: (begun + atMs) / 1_000,
      autoRepeat,
    });
}

/** Whether the page keeps the browser from doing what it does at a key. */
async function isPassedOver(page: Page, key: string): Promise<boolean> {
  await page.evaluate(
    "addEventListener('keydown', (event) => { window.passedOver = event.defaultPrevented; })",
  );
  await page.keyboard.press(key);
  return page.evaluate<boolean>('passedOver');
}

/** What is listed as scanned, the last one first. */
function scannedEntries(page: Page): Promise<string[]> {
  const list = page.getByRole('region', { name: 'Scanned' }).getByRole('listitem');
  return list.allInnerTexts();
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
