import type { Locator, Page } from 'playwright-core';
import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { card, facts, faultOf, isDrawn, lines } from './parts';
import { inBrowser, inBrowserMortal, type Shop } from './shop';
import { expectMessage, recorded } from './stock-page';

/** Records of a product that the page asks for at a time. */
const HISTORY_PAGE = 100;

inBrowser(dummy, (shop) => {
  test('a product has its number, its outlook and its place in the catalogue', async () => {
    const page = await openProduct(shop, 1);
    await eventually(async () => {
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
        'House Espresso Beans 1 kg',
      );
    });
    expect(await page.title()).toBe('House Espresso Beans 1 kg · Inventory');
    await page.getByText('#1 · ESP-1000 · 4006381333931').waitFor();
    await expectAvailable(page, 36);
    const outlook = ['2.2', '16 days', '14', '0', '18', '63', '18.90'];
    expect(await facts(card(page, 'Outlook'))).toEqual(outlook);
    const { body } = await shop.service.get('/products/1/outlook');
    expect(body).toMatchObject({ unitsPerDay: 2.21, daysOfCover: 16.26, reorder: 0 });
  });

  test('why a product has its number adds up', async () => {
    const page = await openProduct(shop, 1);
    const why = card(page, 'Why this number');
    await eventually(async () => {
      expect(await lines(why)).toEqual([
        'Last count\t\t13',
        'Receipt\t1\t+48',
        'Return\t1\t+1',
        'Sale\t5\t-25',
        'Waste\t1\t-1',
        'Available as of record 230\t\t36',
      ]);
    });
    expect(await why.locator('p').innerText()).toMatch(
      /^Counted at 13 on .* \(record 203\): 14 expected, 1 fewer found\.$/,
    );
    await shop.service.post('/inventory', { productID: 1, quantityChange: 48, reason: 'receipt' });
    await shop.service.post('/inventory', { productID: 1, quantityChange: -4, reason: 'waste' });
    await eventually(async () => {
      expect(await lines(why)).toEqual([
        'Last count\t\t13',
        'Receipt\t2\t+96',
        'Return\t1\t+1',
        'Sale\t5\t-25',
        'Waste\t2\t-5',
        'Available as of record 232\t\t80',
      ]);
    });
    await expectAvailable(page, 80);
  });

  test('the history is drawn, and listed newest first', async () => {
    const page = await openProduct(shop, 4);
    const history = card(page, 'History');
    const { body } = await shop.service.get('/inventory/4/records');
    await eventually(async () => expect(await lines(history)).toHaveLength(body.length));
    const first = body[0];
    const latest = shownTime(first.recordedAt);
    expect((await lines(history))[0]).toBe(`${latest}\tSale\t-2\t3\t64.00\t\t212`);
    const records = (await lines(history)).map((line) => Number(line.split('\t').at(-1)));
    expect(records).toEqual(body.map(({ record }: { record: number }) => record));
    const chart = history.getByRole('img', {
      name: `Units available over the last ${body.length} records, as in the table below`,
    });
    await chart.waitFor();
    await eventually(async () => expect(await isDrawn(page)).toBe(true));
    // What the pointer is at, and until it is anywhere, the latest.
    await expectLegend(history, [latest, '3', '3']);
    const earliest = shownTime(body.at(-1).recordedAt);
    await chart.locator('.u-over').hover({ position: { x: 1, y: 50 } });
    await expectLegend(history, [earliest, '12', '3']);
    await page.getByRole('heading', { level: 1 }).hover();
    await expectLegend(history, [latest, '3', '3']);
  });

  test('the history shows one reason, if that is chosen', async () => {
    const page = await openProduct(shop, 1);
    const history = card(page, 'History');
    await history.getByRole('radio', { name: 'Count' }).check();
    await eventually(async () => {
      const records = (await lines(history)).map((line) => line.split('\t').slice(1));
      expect(records).toEqual([
        ['Count', '-1', '13', '–', 'Monthly stocktake', '203'],
        ['Count', '+60', '60', '–', '', '1'],
      ]);
    });
    // A line through only some of the records would show stock that never existed.
    expect(await history.getByRole('img').count()).toBe(0);
    await history.getByRole('radio', { name: 'Adjustment' }).check();
    await history.getByRole('heading', { name: 'No such record' }).waitFor();
  });

  test('older records come page by page, and stay when there is news', async () => {
    const received = Array.from({ length: 150 }, (_, unit) =>
      shop.service.post('/inventory', {
        productID: 4,
        quantityChange: 1,
        reason: 'receipt',
        reference: `note ${unit}`,
      }),
    );
    await Promise.all(received);
    const { body } = await shop.service.get('/inventory/4/records?limit=1000');
    const page = await openProduct(shop, 4);
    const history = card(page, 'History');
    await eventually(async () => expect(await lines(history)).toHaveLength(HISTORY_PAGE));
    await history.getByRole('button', { name: 'Show older records' }).click();
    await eventually(async () => expect(await lines(history)).toHaveLength(body.length));
    expect(await history.getByRole('button', { name: 'Show older records' }).count()).toBe(0);
    expect((await lines(history)).at(-1)).toMatch(/\tCount\t\+12\t12\t–\t\t4$/);
    const { body: sale } = await shop.service.sell(4, 1);
    await eventually(async () => {
      const all = await lines(history);
      expect(all[0]).toMatch(new RegExp(`\tSale\t-1\t152\t.*\t${sale.record}$`));
      expect(all).toHaveLength(body.length + 1);
    });
  });

  test('a change recorded on the screen is at once in its numbers and its history', async () => {
    const page = await openProduct(shop, 1);
    await card(page, 'In stock').getByRole('button', { name: 'Receipt' }).click();
    const form = page.getByRole('form', { name: 'Change the stock of House Espresso Beans 1 kg' });
    await form.getByLabel('Units received').fill('48');
    await form.getByLabel('Reference').fill('note 7');
    await page.keyboard.press('Enter');
    await expectMessage(page, 'Receipt of 48 × House Espresso Beans 1 kg: 84 available now');
    await expectAvailable(page, 84);
    expect(await form.count()).toBe(0);
    await eventually(async () => {
      const [latest] = await lines(card(page, 'History'));
      expect(latest).toMatch(/\tReceipt\t\+48\t84\t–\tnote 7\t231$/);
      const why = await lines(card(page, 'Why this number'));
      expect(why.at(-1)).toBe('Available as of record 231\t\t84');
    });
    const { body } = await shop.service.get('/records?after=230');
    expect(body).toEqual([
      expect.objectContaining({ productID: 1, quantityChange: 48, reference: 'note 7' }),
    ]);
  });

  test('a double click on a button leaves the focus in the form that the first click opened', async () => {
    const page = await openProduct(shop, 1);
    await page.getByRole('button', { name: 'Sale', exact: true }).dblclick();
    await page.keyboard.type('2');
    const units = page.getByLabel('Units sold');
    expect(await units.inputValue()).toBe('2');
    await page.keyboard.press('Escape');
    await units.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit' }).dblclick();
    await page.keyboard.type('Beans');
    expect(await page.getByRole('dialog').getByLabel('Name').inputValue()).toMatch(/Beans$/);
  });

  test('a wrong sale is undone in the message and in the history: the day has no units and no revenue, once', async () => {
    const page = await openProduct(shop, 4);
    const sell = async () => {
      await card(page, 'In stock').getByRole('button', { name: 'Sale' }).click();
      await page.getByLabel('Units sold').fill('3');
      await page.keyboard.press('Enter');
      await expectAvailable(page, 0);
    };
    await sell();
    await expectMessage(page, /^Sale of 3 × Hand Grinder: 0 available now/);
    // Undone by keyboard alone.
    await page.keyboard.press('Control+z');
    await expectMessage(page, /^Undone: Sale of 3 × Hand Grinder\. 3 available now$/);
    await expectAvailable(page, 3);
    await page.keyboard.press('Control+z');
    await sell();
    await page.getByRole('log', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
    await expectAvailable(page, 3);
    await sell();
    const history = card(page, 'History');
    const button = history.getByRole('button', { name: 'Undo record 235: Sale of 3' });
    await button.dblclick();
    await expectAvailable(page, 3);
    await eventually(async () => {
      expect((await lines(history)).slice(0, 2)).toEqual([
        expect.stringMatching(
          /\tCancellation of sale 235\t\+3\t3\t64\.00\tUndo of record 235\t236$/,
        ),
        expect.stringMatching(/\tSale\t-3\t0\t64\.00\t\t235 undone by 236$/),
      ]);
    });
    expect(await button.count()).toBe(0);
    const today = new Date().toISOString().slice(0, 10);
    const { body: sold } = await shop.service.get(`/sales?from=${today}&to=${today}`);
    expect(sold).toEqual([expect.objectContaining({ productID: 4, unitsSold: 0 })]);
    expect(sold[0].revenue ?? 0).toBe(0);
    await page.goto(`${shop.url}/#/sales`);
    await page.getByRole('radio', { name: 'Today' }).check();
    await eventually(async () => {
      expect((await facts(page.locator('main'))).slice(0, 2)).toEqual(['0', '0.00']);
    });
    expect((await recorded(shop)).map(({ reason, quantity }) => [reason, quantity])).toEqual([
      ['sale', 3],
      ['cancellation', -3],
      ['sale', 3],
      ['cancellation', -3],
      ['sale', 3],
      ['cancellation', -3],
    ]);
  });

  test('every other kind is undone by its opposite, once; a count only while it is the last word', async () => {
    shop.browser.allowErrors(answered(409));
    const page = await openProduct(shop, 4);
    const history = card(page, 'History');
    const undo = (record: number) =>
      history.getByRole('button', { name: `Undo record ${record}:` });
    const pressUndo = async (record: number) => {
      // After a key, a click so soon in the same place is not the second half of a double click.
      await page.keyboard.press('Shift');
      await undo(record).click();
    };
    const change = (fields: Record<string, unknown>) =>
      shop.service.post('/inventory', { productID: 4, ...fields });
    await change({ quantityChange: 48, reason: 'receipt' });
    await change({ quantityChange: -50, reason: 'waste' });
    // Of 48 that came, 1 is left.
    await pressUndo(231);
    await expectMessage(
      page,
      /^Receipt of 48 × Hand Grinder is not undone\. Product 4 has 1 available/,
    );
    await pressUndo(232);
    await expectAvailable(page, 51);
    await pressUndo(231);
    await expectAvailable(page, 3);
    await change({ quantityChange: 2, reason: 'return' });
    await pressUndo(235);
    await expectAvailable(page, 3);
    // A sale that was taken back in part, and the return that did so undone: it is a sale again.
    const { body: sale } = await shop.service.sell(4, 3);
    await change({ quantityChange: 2, reason: 'return', saleRecord: sale.record });
    await pressUndo(238);
    await expectAvailable(page, 0);
    await pressUndo(237);
    await expectAvailable(page, 1);
    await shop.service.count(4, 10);
    await undo(241).waitFor();
    await shop.service.count(4, 12);
    await pressUndo(242);
    await expectAvailable(page, 10);
    // Neither count is the last word any more, and what undoes is not undone.
    await eventually(async () => {
      expect((await lines(history))[0]).toMatch(
        /\tAdjustment\t-2\t10\t–\tUndo of record 242\t243$/,
      );
      for (const record of [241, 242, 243]) expect(await undo(record).count()).toBe(0);
    });
    const made = (await recorded(shop)).filter(({ reference }) => reference);
    expect(
      made.map(({ reason, quantityChange, reference }) => [reason, quantityChange, reference]),
    ).toEqual([
      ['adjustment', 50, 'Undo of record 232'],
      ['adjustment', -48, 'Undo of record 231'],
      ['adjustment', -2, 'Undo of record 235'],
      ['sale', -2, 'Undo of record 238'],
      ['return', 1, 'Undo of record 237'],
      ['adjustment', -2, 'Undo of record 242'],
    ]);
  });

  test('numbers are typed as the page shows them: in German, and in Arabic digits', async () => {
    const page = await shop.open('/#/products/1', { locale: 'de-DE' });
    await card(page, 'In stock').waitFor();
    const dialog = await openEdit(page);
    expect(await dialog.getByLabel('Price').inputValue()).toBe('18,90');
    await dialog.getByLabel('Price').fill('59,90');
    await dialog.getByLabel('Reorder at').fill('1.234');
    await dialog.getByLabel('Reorder quantity').fill('٤٨');
    await page.keyboard.press('Enter');
    await expectMessage(page, 'Saved: House Espresso Beans 1 kg');
    const after = (await shop.service.get('/products/1')).body;
    expect(after).toMatchObject({ price: 59.9, reorderPoint: 1_234, reorderQuantity: 48 });
    await card(page, 'In stock').getByRole('button', { name: 'Sale' }).click();
    await page.getByLabel('Unit price').fill('1,234');
    await page.getByLabel('Units sold').fill('2,5');
    await page.keyboard.press('Enter');
    await page.getByText('Type a whole number, such as 12.').waitFor();
    await page.getByText('This may be 1234 or 1,234.').waitFor();
    await page.getByLabel('Unit price').fill('17,5');
    await page.getByLabel('Units sold').fill('２');
    await page.keyboard.press('Enter');
    await expectAvailable(page, 34);
    expect(await recorded(shop)).toMatchObject([{ quantity: 2, unitPrice: 17.5 }]);
  });

  test('half-typed input survives Escape, Back and a reload, and is dropped once it is saved or given up', async () => {
    const page = await openProduct(shop, 1);
    const dialog = await openEdit(page);
    await dialog.getByLabel('Name').fill('House Beans');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await openEdit(page);
    await dialog.getByText('What you typed before is here again.').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('House Beans');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await openEdit(page);
    expect(await dialog.getByLabel('Name').inputValue()).toBe('House Espresso Beans 1 kg');
    await page.keyboard.press('Escape');

    await card(page, 'In stock').getByRole('button', { name: 'Receipt' }).click();
    await page.getByLabel('Units received').fill('24');
    await page.getByLabel('Reference').fill('PO-1041');
    await page.getByRole('link', { name: 'Stock', exact: true }).click();
    await page.getByRole('grid', { name: 'Stock' }).waitFor();
    await page.goBack();
    await card(page, 'In stock').getByRole('button', { name: 'Receipt' }).click();
    expect(await page.getByLabel('Units received').inputValue()).toBe('24');
    await page.getByLabel('Reference').waitFor();
    await page.keyboard.press('Enter');
    await expectAvailable(page, 60);
    await card(page, 'In stock').getByRole('button', { name: 'Receipt' }).click();
    expect(await page.getByLabel('Units received').inputValue()).toBe('');
    // A count is one against what there was when it was begun.
    await page.keyboard.press('Escape');
    expect(await recorded(shop)).toMatchObject([{ quantityChange: 24, reference: 'PO-1041' }]);
  });

  test('each field of the catalogue can be edited and emptied', async () => {
    const page = await openProduct(shop, 1);
    await edit(page, { Name: 'House Beans', Price: '19.5', 'Reorder at': '40', Barcode: '' });
    await expectMessage(page, 'Saved: House Beans');
    expect(await typedPrice(page)).toBe('19.50');
    await eventually(async () => {
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('House Beans');
      expect((await facts(card(page, 'Outlook'))).slice(2)).toEqual([
        '40',
        '48',
        '18',
        '63',
        '19.50',
      ]);
    });
    await page.getByText('#1 · ESP-1000', { exact: true }).waitFor();
    await card(page, 'In stock').getByText('low', { exact: true }).waitFor();
    expect((await shop.service.get('/products/1')).body).toMatchObject({
      name: 'House Beans',
      sku: 'ESP-1000',
      barcode: null,
      price: 19.5,
      reorderPoint: 40,
      reorderQuantity: 48,
      revision: 13,
    });
    // Each is made against the one before.
    for (const { price, shown } of [
      { price: '0.0375', shown: '0.0375' },
      { price: '20', shown: '20.00' },
      { price: '', shown: '–' },
    ]) {
      await edit(page, { Price: price });
      await eventually(async () => {
        expect((await facts(card(page, 'Outlook'))).at(-1)).toBe(shown);
      });
    }
    expect((await shop.service.get('/products/1')).body).toMatchObject({ price: null });
  });

  test('each field says what is wrong with it, and what was typed stays', async () => {
    shop.browser.allowErrors(answered(400, 409));
    const page = await openProduct(shop, 1);
    const faulty = {
      Name: '',
      SKU: 'x'.repeat(65),
      Barcode: 'x'.repeat(65),
      Price: 'cheap',
      'Reorder at': '-1',
      'Reorder quantity': '1.5',
      'Image URL': 'picture.png',
    };
    const dialog = await edit(page, faulty);
    for (const [label, typed] of Object.entries(faulty)) {
      const field = dialog.getByLabel(label, { exact: true });
      await eventually(async () => expect(await faultOf(page, field)).toMatch(/^Type /));
      expect(await field.inputValue()).toBe(typed);
    }
    const name = await dialog.getByLabel('Name').getAttribute('id');
    expect(await page.evaluate('document.activeElement.id')).toBe(name);
    await dialog.getByLabel('Name').fill('House Beans');
    await dialog.getByLabel('SKU').fill('DEC-0250');
    for (const label of ['Barcode', 'Price', 'Reorder at', 'Reorder quantity', 'Image URL']) {
      await dialog.getByLabel(label, { exact: true }).fill('');
    }
    await dialog.getByRole('button', { name: 'Save' }).click();
    // It is another product's.
    await dialog.getByRole('alert').filter({ hasText: 'DEC-0250' }).waitFor();
    await dialog.getByLabel('SKU').fill('BEA-1000');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await shop.service.get('/products/1')).body).toMatchObject({
      name: 'House Beans',
      sku: 'BEA-1000',
      price: null,
    });
  });

  test('an edit that lost a race changes nothing, and says so', async () => {
    shop.browser.allowErrors(answered(412));
    const page = await openProduct(shop, 1);
    const dialog = await openEdit(page);
    await dialog.getByLabel('Price').fill('17');
    await patch(shop, 1, { name: 'House Beans', reorderPoint: 20 });
    // The page knows of it already, and yet the form was filled in before.
    await eventually(async () => {
      expect(await page.locator('main h1').innerText()).toBe('House Beans');
    });
    const save = dialog.getByRole('button', { name: 'Save', exact: true });
    const lost = dialog.getByRole('alert').filter({ hasText: 'Somebody else changed it first.' });
    await save.click();
    await eventually(async () => {
      expect(await lost.getByRole('listitem').allInnerTexts()).toEqual([
        'Name is now House Beans',
        'Reorder at is now 20',
      ]);
    });
    expect(await dialog.getByLabel('Price').inputValue()).toBe('17');
    const { body } = await shop.service.get('/products/1');
    expect(body).toMatchObject({ name: 'House Beans', price: 18.9, reorderPoint: 20 });
    // The button that overrides may lose, too; another Save does not override.
    const again = dialog.getByRole('button', { name: 'Save mine anyway' });
    await patch(shop, 1, { price: 18.95, barcode: '' });
    for (const button of [again, save]) {
      const refused = page.waitForResponse((response) => response.status() === 412);
      await button.click();
      await refused;
    }
    await lost.getByText('Price is now 18.95').waitFor();
    await again.click();
    await expectMessage(page, 'Saved: House Beans');
    const after = (await shop.service.get('/products/1')).body;
    expect(after).toMatchObject({
      name: 'House Beans',
      barcode: null,
      price: 17,
      reorderPoint: 20,
    });
  });

  test('an edit that changes nothing, or was given up, sends nothing', async () => {
    const page = await openProduct(shop, 1);
    const same = await openEdit(page);
    await same.getByRole('button', { name: 'Save' }).click();
    await same.waitFor({ state: 'detached' });
    const dialog = await openEdit(page);
    await dialog.getByLabel('Name').fill('Another');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('document.activeElement.innerText')).toBe('Edit');
    expect((await shop.service.get('/products/1')).body.revision).toBe(1);
  });

  test('a product that the catalogue does not have has its numbers, and is added to it', async () => {
    shop.browser.allowErrors(answered(404));
    await shop.service.count(77, 5);
    const page = await openProduct(shop, 77);
    await expectAvailable(page, 5);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Product 77');
    await page.getByRole('button', { name: 'Add to the catalogue' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Tamper');
    await dialog.getByLabel('Price').fill('29');
    await page.keyboard.press('Enter');
    await expectMessage(page, 'Saved: Tamper');
    await eventually(async () => {
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Tamper');
    });
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    expect((await shop.service.get('/products/77')).body).toMatchObject({
      name: 'Tamper',
      price: 29,
    });
  });

  test('a missing product is reported; one that the live numbers lack is shown', async () => {
    shop.browser.allowErrors(answered(400, 404));
    const page = await shop.open('/#/');
    await page.getByRole('grid', { name: 'Stock' }).waitFor();
    const none = page.getByRole('heading', { name: 'There is no such product' });
    for (const { productID, title } of [
      { productID: '999', title: 'Product 999' },
      { productID: '0', title: 'Product 0' },
      { productID: 'abc', title: 'Product' },
    ]) {
      await page.evaluate(`location.hash = '/products/${productID}'`);
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await none.waitFor();
    }
    // Retired before it was ever counted: only the catalogue knows of it.
    const { body } = await shop.service.post('/products', { name: 'Tamper', price: '29' });
    await fetch(`${shop.url}/products/${body.productID}`, { method: 'DELETE' });
    // As of a moment at which the catalogue has not answered yet, nothing is known.
    let answer: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(`**/products/${body.productID}`, (route) => held.then(() => route.continue()));
    await page.evaluate(`location.hash = '/products/${body.productID}'`);
    await page.getByRole('status').getByText('Loading the product').waitFor();
    expect(await none.count()).toBe(0);
    answer();
    await page.getByRole('heading', { level: 1, name: 'Tamper' }).waitFor();
    await page.getByText(`#${body.productID} · retired`, { exact: true }).waitFor();
    await expectAvailable(page, '–');
    expect((await facts(card(page, 'Outlook'))).at(-1)).toBe('29.00');
  });
});

inBrowserMortal(dummy, (shop) => {
  test('once the service is back, the screen goes on by itself, and an edit that waited is saved', async () => {
    const page = await openProduct(shop, 1);
    await shop.kill();
    await page.evaluate("location.hash = '/products/4'");
    await expectAvailable(page, 3);
    // They are asked for three times before this is said.
    await card(page, 'History').getByRole('alert').waitFor();
    expect(await page.getByRole('button', { name: 'Edit' }).isDisabled()).toBe(true);
    await shop.start();
    const dialog = await openEdit(page);
    await eventually(async () => expect(await lines(card(page, 'History'))).not.toEqual([]));
    await dialog.getByLabel('Name').fill('Small Grinder');
    await shop.kill();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('status').filter({ hasText: 'The service does not answer' }).waitFor();
    await shop.start();
    await expectMessage(page, 'Saved: Small Grinder');
    expect((await shop.service.get('/products/4')).body).toMatchObject({ name: 'Small Grinder' });
  });
});

async function openProduct(shop: Shop, productID: number): Promise<Page> {
  const page = await shop.open(`/#/products/${productID}`);
  await card(page, 'In stock').waitFor();
  return page;
}

function expectAvailable(page: Page, quantity: number | string): Promise<void> {
  return eventually(async () => {
    expect(await card(page, 'In stock').locator('p').first().innerText()).toBe(String(quantity));
  });
}

/** Waits until the chart's legend has these values. */
function expectLegend(part: Locator, values: string[]): Promise<void> {
  return eventually(async () => {
    const texts = await part.locator('.u-legend .u-value').allInnerTexts();
    expect(texts.map((text) => text.replace(/\s+/g, ' '))).toEqual(values);
  });
}

/** The price as the form of the catalogue has it, before anything is typed. */
async function typedPrice(page: Page): Promise<string> {
  const dialog = await openEdit(page);
  const price = await dialog.getByLabel('Price').inputValue();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  return price;
}

async function openEdit(page: Page) {
  await page.getByRole('button', { name: 'Edit' }).click();
  return page.getByRole('dialog');
}

/** Fills in the form of the catalogue, and saves it. @returns the dialog it is in */
async function edit(page: Page, fields: Readonly<Record<string, string>>) {
  const dialog = await openEdit(page);
  for (const [label, value] of Object.entries(fields)) {
    await dialog.getByLabel(label, { exact: true }).fill(value);
  }
  await dialog.getByRole('button', { name: 'Save' }).click();
  return dialog;
}

/** Changes the catalogue by the API. */
async function patch(shop: Shop, productID: number, fields: object): Promise<void> {
  const { status } = await fetch(`${shop.url}/products/${productID}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });
  expect(status).toBe(200);
}

/** A moment as the page shows it to somebody in the USA, in UTC. */
function shownTime(iso: string): string {
  const format = { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-US', format).format(new Date(iso)).replace(/\s+/g, ' ');
}
