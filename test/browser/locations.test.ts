import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { addStoreRoom, addVan, expectInRow, locationOf, sendJson, unitsAt } from './locations-shop';
import { card, gridRows } from './parts';
import { inBrowser, inBrowserMortal, inBrowserWithKeys } from './shop';
import { expectAvailable, expectMessage, openForm, recorded, row } from './stock-page';

inBrowser(dummy, (shop) => {
  test('a shop with one location sees nothing of locations', async () => {
    const page = await shop.open();
    const form = await openForm(page, 1, 'c');
    expect(await page.getByRole('combobox').count()).toBe(0);
    await form.getByLabel('Units counted').fill('30');
    await page.keyboard.press('Enter');
    await expectMessage(page, /^Count of 30 × House Espresso Beans 1 kg: 30 available now/);
    expect(await recorded(shop)).toMatchObject([{ productID: 1, availableQuantity: 30 }]);
    for (const screen of ['scan', 'products/1', 'import', 'low', 'alerts']) {
      await page.goto(`${shop.url}/#/${screen}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(
        await page
          .getByRole('main')
          .getByText(/location|Main|transfer/i)
          .count(),
      ).toBe(0);
    }
    const links = await page.getByRole('navigation').getByRole('link').allInnerTexts();
    expect(links.join(' ')).not.toMatch(/Transfers|Locations|Holds/);
  });

  test('a count at location 2 is about location 2, and leaves location 1 alone', async () => {
    await addVan(shop);
    const page = await shop.open();
    await expectAvailable(page, 1, '41');
    await expectInRow(page, 1, 'Main 36, Van 5');
    const form = await openForm(page, 1, 'c');
    await form.getByText('36 there now').waitFor();
    await locationOf(form).selectOption('Van');
    await form.getByText('5 there now').waitFor();
    await form.getByLabel('Units counted').fill('3');
    await page.keyboard.press('Enter');
    await expectMessage(
      page,
      /^Count of 3 × House Espresso Beans 1 kg at Van: 3 there now, 39 available in all/,
    );
    await expectInRow(page, 1, 'Main 36, Van 3');
    expect(await unitsAt(shop, 1)).toEqual({ 1: 36, 2: 3 });
    // What has changed there since the form was opened is not overwritten; what has changed elsewhere does not matter.
    const again = await openForm(page, 1, 'c');
    await again.getByText('3 there now').waitFor();
    await shop.service.sell(1, 1);
    await again.getByLabel('Units counted').fill('4');
    await page.keyboard.press('Enter');
    await expectMessage(page, /at Van: 4 there now, 39 available in all/);
    const third = await openForm(page, 1, 'c');
    await third.getByLabel('Units counted').fill('6');
    await shop.service.post('/sales', { productID: 1, locationID: 2, quantity: 1 });
    shop.browser.allowErrors(answered(409));
    await page.keyboard.press('Enter');
    await third.getByText('3 available at Van').waitFor();
    expect(await unitsAt(shop, 1)).toEqual({ 1: 35, 2: 3 });
    await third.getByRole('button', { name: 'Set to 6 anyway' }).click();
    await expectMessage(page, /at Van: 6 there now, 41 available in all/);
  });

  test('a shortage names the location, and an undo stays there', async () => {
    await addVan(shop);
    const page = await shop.open();
    const form = await openForm(page, 1, 's');
    await locationOf(form).selectOption('Van');
    await form.getByLabel('Units sold').fill('7');
    shop.browser.allowErrors(answered(409));
    await page.keyboard.press('Enter');
    await form.getByText('Only 5 available at Van.').waitFor();
    await form.getByRole('button', { name: 'Record sale of 5' }).click();
    await expectMessage(page, /^Sale of 5 × .* at Van: 0 there now, 36 available in all/);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await expectMessage(page, /^Undone: Sale of 5 .* at Van\. 5 there now, 41 available in all/);
    expect(await unitsAt(shop, 1)).toEqual({ 1: 36, 2: 5 });
  });

  test('the filter by location stays in the address; Back undoes it', async () => {
    await addVan(shop);
    const page = await shop.open();
    await expectAvailable(page, 1, '41');
    await page.getByRole('combobox', { name: 'Stock of' }).selectOption('Van');
    await expectAvailable(page, 1, '5');
    await expectAvailable(page, 2, '0');
    expect(new URL(page.url()).hash).toBe('#/?location=2');
    await page.getByRole('radio', { name: 'Here 1' }).check();
    await eventually(async () => expect(await page.locator('[data-row]').count()).toBe(1));
    const linked = await shop.open('/#/?location=2');
    await expectAvailable(linked, 1, '5');
    // A form counts what the table shows.
    const form = await openForm(linked, 1, 'c');
    await form.getByText('5 there now').waitFor();
    await linked.keyboard.press('Escape');
    await page.goBack();
    await page.goBack();
    await expectAvailable(page, 1, '41');
    // A link to a location that is none shows all of them.
    await expectAvailable(await shop.open('/#/?location=9'), 1, '41');
  });

  test('the location is remembered on the device; one that was retired is not offered', async () => {
    await addVan(shop);
    await addStoreRoom(shop);
    const page = await shop.open();
    const form = await openForm(page, 1, 'c');
    await locationOf(form).selectOption('Store room');
    await page.reload();
    const later = await openForm(page, 2, 's');
    await later.getByText('0 there now').waitFor();
    expect(await locationOf(later).locator(':checked').innerText()).toBe('Store room');
    await later.getByLabel('Units sold').fill('1');
    await page.keyboard.press('Enter');
    await later.getByText('Nothing is sold at Store room.').waitFor();
    expect(await recorded(shop)).toHaveLength(1);
    await page.keyboard.press('Escape');
    expect((await fetch(`${shop.url}/locations/3`, { method: 'DELETE' })).status).toBe(204);
    await page.reload();
    const last = await openForm(page, 3, 'r');
    expect(await locationOf(last).locator('option').allInnerTexts()).toEqual(['Main', 'Van']);
    expect(await locationOf(last).locator(':checked').innerText()).toBe('Main');
  });

  test('what others do at a location comes by itself, and so do new locations', async () => {
    await addVan(shop);
    const page = await shop.open('/#/?location=2');
    await expectAvailable(page, 1, '5');
    await shop.service.post('/inventory', {
      productID: 2,
      locationID: 2,
      quantityChange: 4,
      reason: 'receipt',
    });
    await expectAvailable(page, 2, '4');
    await sendJson(shop, 'POST', '/inventory/moves', {
      from: 1,
      to: 2,
      lines: [{ productID: 1, quantity: 6 }],
    });
    await expectAvailable(page, 1, '11');
    await addStoreRoom(shop);
    await shop.service.post('/inventory', {
      productID: 2,
      locationID: 3,
      quantityChange: 1,
      reason: 'receipt',
    });
    const filter = page.getByRole('combobox', { name: 'Stock of' });
    await filter.getByRole('option', { name: 'Store room' }).waitFor({ state: 'attached' });
    await filter.selectOption('Store room');
    await expectAvailable(page, 2, '1');
  });

  test('scan works for the chosen location, and says it', async () => {
    await addVan(shop);
    const page = await shop.open('/#/scan');
    await page.getByRole('combobox', { name: 'Where you are' }).selectOption('Van');
    await page.getByRole('radio', { name: 'Count' }).check();
    await page.getByText('Count sets the stock at Van').waitFor();
    await page.getByLabel('Barcode, SKU or number').fill('ESP-1000');
    await page.keyboard.press('Enter');
    await page.getByText('5 at Van', { exact: true }).waitFor();
    await page.keyboard.type('8');
    await page.keyboard.press('Enter');
    await page.getByText('Recorded. 8 there now, 44 available in all').waitFor();
    expect(await unitsAt(shop, 1)).toEqual({ 1: 36, 2: 8 });
    await page.reload();
    await page.getByText('Count sets the stock at Van').waitFor();
  });

  test('Time shows what a location had; its address can be sent', async () => {
    await addVan(shop);
    await sendJson(shop, 'POST', '/sales', { productID: 1, locationID: 2, quantity: 2 });
    const page = await shop.open('/#/time?location=2');
    await eventually(async () =>
      expect(await gridRows(page)).toEqual([[expect.stringMatching(/^House Espresso/), '3', '0']]),
    );
    await page.getByRole('combobox', { name: 'Stock of' }).selectOption('All locations');
    await eventually(async () => expect(await gridRows(page)).toHaveLength(12));
    expect(new URL(page.url()).hash).toBe('#/time');
  });

  test('a file counts at the chosen location', async () => {
    await addVan(shop);
    const page = await shop.open('/#/import');
    await page.getByRole('combobox', { name: /^Counted at/ }).selectOption('Van');
    await page.locator('input[type="file"]').setInputFiles({
      name: 'counts.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('productID,availableQuantity\n1,4\n2,3\n'),
    });
    await page.getByRole('cell', { name: 'House Espresso Beans 1 kg #1 at Van' }).waitFor();
    await page.getByRole('button', { name: 'Record 2 lines' }).click();
    await eventually(async () => expect(await unitsAt(shop, 1)).toEqual({ 1: 36, 2: 4 }));
    expect(await unitsAt(shop, 2)).toMatchObject({ 2: 3 });
  });

  test('a count says that held units are left out', async () => {
    await addVan(shop);
    await sendJson(shop, 'PUT', '/holds/basket-1', {
      expiresIn: 900,
      lines: [{ productID: 1, locationID: 2, quantity: 3 }],
    });
    const page = await shop.open('/#/?location=2');
    await expectAvailable(page, 1, '2');
    const form = await openForm(page, 1, 'c');
    await form.getByText('3 more are held').waitFor();
    await form.getByLabel('Units counted').fill('4');
    await page.keyboard.press('Enter');
    await expectMessage(page, /^Count of 4 × .* at Van: 4 there now, 40 available in all/);
    expect((await shop.service.get('/inventory/1/locations')).body).toMatchObject([
      { locationID: 1, onHandQuantity: 36 },
      { locationID: 2, onHandQuantity: 7, heldQuantity: 3, availableQuantity: 4 },
    ]);
  });

  test('reorder points by location are set and removed on the screen of the product', async () => {
    await addVan(shop);
    const page = await shop.open('/#/products/1');
    const points = card(page, 'Reorder points by location');
    await points.getByText('It has none yet.').waitFor();
    await points.getByRole('button', { name: 'Set' }).click();
    await points.getByText('Choose a location.').waitFor();
    await locationOf(points).selectOption('Van');
    const low = points.getByLabel('Low there at');
    await low.fill('six');
    await page.keyboard.press('Enter');
    await points.getByText('Type a whole number').waitFor();
    await low.fill('6');
    await points.getByLabel('Bring in lots of').fill('24');
    await page.keyboard.press('Enter');
    await points.getByText('Van: low at 6, in lots of 24').waitFor();
    const saved = async () => (await shop.service.get('/products/1')).body.reorderPoints;
    expect(await saved()).toEqual([{ locationID: 2, reorderPoint: 6, reorderQuantity: 24 }]);
    // It is in the form to be changed.
    await locationOf(points).selectOption('Van');
    expect(await low.inputValue()).toBe('6');
    await low.fill('4');
    await page.keyboard.press('Enter');
    await points.getByText('Van: low at 4, in lots of 24').waitFor();
    await points.getByRole('button', { name: 'Remove: Van' }).click();
    await points.getByText('It has none yet.').waitFor();
    expect(await saved()).toBeUndefined();
  });

  test('the product shows what each location has, and its history where each change was', async () => {
    await addVan(shop);
    const page = await shop.open('/#/products/1');
    const stock = card(page, 'In stock');
    await stock.getByText('Van').waitFor();
    await stock.getByRole('button', { name: 'Count' }).click();
    await locationOf(stock).selectOption('Van');
    await stock.getByLabel('Units counted').fill('9');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'Count at Van' }).first().waitFor();
    expect(await unitsAt(shop, 1)).toEqual({ 1: 36, 2: 9 });
    const why = card(page, 'Why this number');
    await why.getByText(/^After a count at Van there were 45 on /).waitFor();
    await why.getByRole('combobox', { name: 'Stock of' }).selectOption('Van');
    await why
      .getByText(/^After a count at Van there were 9 on .*: 5 expected, 4 more found/)
      .waitFor();
    await why.getByRole('row', { name: /^There as of record \d+ 9$/ }).waitFor();
    // A sale elsewhere does not keep this count from being undone.
    await shop.service.sell(1, 1);
    await page.getByRole('cell', { name: 'Sale at Main' }).first().waitFor();
    await page.getByRole('button', { name: /^Undo record \d+: Count of 45/ }).click();
    await eventually(async () => expect(await unitsAt(shop, 1)).toEqual({ 1: 35, 2: 5 }));
  });
});

inBrowserWithKeys(dummy, (shop) => {
  beforeEach(() => shop.browser.allowErrors(answered(401)));

  test('only locations where one may change stock are offered', async () => {
    await sendJson({ ...shop, url: `http://127.0.0.1:${shop.back.port}` }, 'PUT', '/locations/2', {
      name: 'Van',
    });
    const made = await shop.back.post('/invitations', { name: 'vic', role: 'clerk', locations: 2 });
    const { pathname, hash } = new URL(made.body.link);
    const page = await shop.open(pathname + hash);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await row(page, 1).waitFor();
    const form = await openForm(page, 1, 'r');
    expect(await locationOf(form).locator('option').allInnerTexts()).toEqual(['Van']);
    await form.getByLabel('Units received').fill('2');
    await page.keyboard.press('Enter');
    await expectMessage(page, /at Van: 2 there now, 38 available in all/);
  });
});

inBrowserMortal(dummy, (shop) => {
  test('a change that waits names its location, and is recorded there once', async () => {
    await addVan(shop);
    const page = await shop.open('/#/?location=2');
    await expectAvailable(page, 1, '5');
    await shop.kill();
    const form = await openForm(page, 1, 's');
    await form.getByLabel('Units sold').fill('2');
    await page.keyboard.press('Enter');
    await form.getByRole('status').waitFor();
    await page.keyboard.press('Escape');
    const second = await openForm(page, 1, 's');
    await locationOf(second).selectOption('Main');
    await second.getByLabel('Units sold').fill('1');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '2 to send' }).click();
    await page.getByText(/^Sale of 2 × House Espresso Beans 1 kg at Van/).waitFor();
    await page.getByText(/^Sale of 1 × House Espresso Beans 1 kg at Main/).waitFor();
    await shop.start();
    await eventually(async () => expect(await unitsAt(shop, 1)).toEqual({ 1: 35, 2: 3 }));
    await page.getByRole('button', { name: /to send/ }).waitFor({ state: 'detached' });
    expect(await unitsAt(shop, 1)).toEqual({ 1: 35, 2: 3 });
  });
});
