import type { Page } from 'playwright-core';
import { answered } from './browser';
import { eventually } from './eventually';
import { dummy } from './fillings';
import { addVan, sendJson, unitsAt } from './locations-shop';
import { inBrowser, inBrowserMortal } from './shop';
import { expectMessage } from './stock-page';

/** Scans a code into the field of a form. */
async function scan(page: Page, form: string, ...codes: string[]): Promise<void> {
  const field = page.getByRole('form', { name: form }).getByLabel('Barcode, SKU, number or name');
  for (const code of codes) {
    await field.fill(code);
    await field.press('Enter');
    await eventually(async () => expect(await field.inputValue()).toBe(''));
  }
}

const SENDING = 'Move or send goods';

inBrowser(dummy, (shop) => {
  beforeEach(() => addVan(shop));

  test('goods are moved at once: each scan is one more', async () => {
    const page = await shop.open('/#/transfers');
    const form = page.getByRole('form', { name: SENDING });
    await form.getByRole('button', { name: 'Move the goods' }).click();
    await form.getByText('Choose where they go.').waitFor();
    await form.getByText('Add what is sent.').waitFor();
    await form.getByRole('combobox', { name: 'To' }).selectOption('Van');
    await scan(page, SENDING, 'ESP-1000', '4006381333931', '4');
    await form.getByLabel('House Espresso Beans 1 kg of 36 there').waitFor();
    // What was typed outlives a reload.
    await page.reload();
    await form.getByRole('button', { name: 'Move the goods' }).click();
    await expectMessage(page, /^Move of 1 × .* and another product from Main to Van: recorded/);
    expect(await unitsAt(shop, 1)).toEqual({ 1: 34, 2: 7 });
    expect(await unitsAt(shop, 4)).toMatchObject({ 2: 1 });
    await form.getByText('Nothing is added yet.').waitFor();
  });

  test('what cannot be moved is refused, line by line, and stays to be corrected', async () => {
    const page = await shop.open('/#/transfers');
    const form = page.getByRole('form', { name: SENDING });
    await form.getByRole('combobox', { name: 'To' }).selectOption('Van');
    await scan(page, SENDING, 'ESP-1000');
    const units = form.getByLabel(/^House Espresso Beans 1 kg/);
    await units.fill('37');
    shop.browser.allowErrors(answered(409));
    await form.getByRole('button', { name: 'Move the goods' }).click();
    await form.getByRole('alert').getByText(/36/).first().waitFor();
    expect(await unitsAt(shop, 1)).toEqual({ 1: 36, 2: 5 });
    await units.fill('36');
    await form.getByRole('button', { name: 'Move the goods' }).click();
    await expectMessage(page, /^Move of 36 × House Espresso/);
    expect(await unitsAt(shop, 1)).toEqual({ 1: 0, 2: 41 });
  });

  test('goods are sent, received by scanning, damaged and sent back, and the rest is lost', async () => {
    const page = await shop.open('/#/transfers');
    const form = page.getByRole('form', { name: SENDING });
    await form.getByRole('combobox', { name: 'To' }).selectOption('Van');
    await form.getByRole('radio', { name: 'They are on their way' }).check();
    await scan(page, SENDING, 'ESP-1000');
    await form.getByLabel(/^House Espresso Beans 1 kg/).fill('6');
    await form.getByLabel('Expected').fill('2026-01-01T12:00');
    await form.getByRole('button', { name: 'Send the goods' }).click();
    await expectMessage(page, /^Transfer of 6 × House Espresso Beans 1 kg from Main to Van/);
    const transfer = page.getByRole('article', { name: / from Main to Van$/ });
    await transfer.getByText('overdue').waitFor();
    expect(await unitsAt(shop, 1)).toMatchObject({ 1: 30, 2: 5 });

    await transfer.getByRole('button', { name: /^Receive / }).click();
    const receipt = page.getByRole('form', { name: /^Receive / });
    await receipt.getByText('Each scan is one unit received at Van').waitFor();
    const field = receipt.getByLabel('Barcode, SKU, number or name');
    const enter = async (code: string) => {
      await field.fill(code);
      await field.press('Enter');
    };
    await enter('ESP-1000');
    await enter('ESP-1000');
    await receipt.getByText('House Espresso Beans 1 kg: 2 received').waitFor();
    await enter('4');
    await receipt.getByText(/is not in this transfer\. Nothing was added\./).waitFor();
    await receipt.getByRole('radio', { name: 'Damaged' }).check();
    await enter('ESP-1000');
    await receipt.getByRole('radio', { name: 'Sent back' }).check();
    await enter('ESP-1000');
    // What was scanned outlives a reload.
    await page.reload();
    await transfer.getByRole('button', { name: /^Receive / }).click();
    expect(await receipt.getByLabel('Received', { exact: true }).last().inputValue()).toBe('2');
    await receipt.getByRole('button', { name: 'Record what has arrived' }).click();
    await expectMessage(page, /^Receipt of 2 received and 1 damaged and 1 sent back at Van/);
    expect(await unitsAt(shop, 1)).toMatchObject({ 1: 31, 2: 7 });

    await transfer.getByRole('button', { name: /^Close / }).click();
    const closing = page.getByRole('form', { name: /^Close / });
    await closing.getByText('2 on the way will not arrive.').waitFor();
    await closing.getByRole('button', { name: 'Close the transfer' }).click();
    await closing.getByText('Choose what became of the rest.').waitFor();
    await closing.getByRole('radio', { name: 'Lost' }).check();
    await closing.getByLabel('Note').fill('A box fell off the van.');
    await page.keyboard.press('Enter');
    await expectMessage(page, /^Closing of transfer \d+, 2 lost: recorded/);
    await page.getByText('Nothing is on its way.').waitFor();
    expect(await unitsAt(shop, 1)).toMatchObject({ 1: 31, 2: 7 });
  });

  test('no more is received than is on the way', async () => {
    await sendJson(shop, 'POST', '/transfers', {
      from: 1,
      to: 2,
      lines: [{ productID: 1, quantity: 1 }],
    });
    const page = await shop.open('/#/transfers');
    await page.getByRole('button', { name: /^Receive / }).click();
    const receipt = page.getByRole('form', { name: /^Receive / });
    const field = receipt.getByLabel('Barcode, SKU, number or name');
    await field.fill('ESP-1000');
    await field.press('Enter');
    await receipt.getByText('House Espresso Beans 1 kg: 1 received').waitFor();
    await field.fill('ESP-1000');
    await field.press('Enter');
    await receipt.getByText('Only 1 are on the way. Nothing was added.').waitFor();
    await receipt.getByRole('button', { name: 'Record what has arrived' }).click();
    await page.getByText('Nothing is on its way.').waitFor();
    expect(await unitsAt(shop, 1)).toMatchObject({ 1: 35, 2: 6 });
  });

  test('the time that a hold has left is right at once, however long the page was open', async () => {
    const page = await shop.open('/#/holds', { ownProfile: true });
    await page.getByRole('heading', { name: 'Nothing is held' }).waitFor();
    await page.evaluate("location.hash = '#/transfers'");
    await page.getByRole('heading', { level: 1, name: 'Transfers' }).waitFor();
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 3_600_000);
    const lines = [{ productID: 1, quantity: 1 }];
    await sendJson(shop, 'PUT', '/holds/basket-1', { expiresIn: 5_400, lines });
    await page.evaluate("location.hash = '#/holds'");
    const left = page.getByRole('article', { name: 'Hold basket-1' }).getByText(/ left$/);
    await eventually(async () => {
      // Far less than a second in all, after which it would be counted down anyway.
      await page.clock.runFor(1);
      expect(await left.count()).toBe(1);
    });
    expect(await left.innerText()).toMatch(/^(29|30) min/);
  });

  test('a hold counts down and is released; the navigation leads to the holds', async () => {
    const page = await shop.open('/');
    expect(await page.getByRole('link', { name: 'Holds' }).count()).toBe(0);
    await sendJson(shop, 'PUT', '/holds/basket-1', {
      expiresIn: 90,
      lines: [{ productID: 1, locationID: 2, quantity: 3 }],
      reference: 'ANN',
    });
    await page.getByRole('link', { name: 'Holds' }).click();
    const hold = page.getByRole('article', { name: 'Hold basket-1' });
    await hold.getByText('3 × House Espresso Beans 1 kg at Van').waitFor();
    await hold.getByText(/^1 min \d+ s left$/).waitFor();
    // Only the time itself is drawn again while it is counted down.
    await page.evaluate(`{
      window.drawn = 0;
      new MutationObserver((changes) => {
        window.drawn += changes.filter(({ target }) => target.nodeType !== 3).length;
      }).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true, attributes: true });
    }`);
    const text = await hold.getByText(/s left$/).innerText();
    await eventually(async () =>
      expect(await hold.getByText(/s left$/).innerText()).not.toBe(text),
    );
    expect(await page.evaluate('window.drawn')).toBe(0);
    expect(await unitsAt(shop, 1)).toEqual({ 1: 36, 2: 2 });
    await hold.getByRole('button', { name: 'Release: hold basket-1' }).click();
    await hold.getByRole('button', { name: 'Release anyway' }).click();
    await expectMessage(page, /^Release of hold basket-1/);
    await page.getByRole('heading', { name: 'Nothing is held' }).waitFor();
    expect(await unitsAt(shop, 1)).toEqual({ 1: 36, 2: 5 });
  });
});

inBrowserMortal(dummy, (shop) => {
  test('a move waits for the service, keeps its locations, and is recorded once', async () => {
    await addVan(shop);
    const page = await shop.open('/#/transfers');
    const form = page.getByRole('form', { name: SENDING });
    await form.getByRole('combobox', { name: 'To' }).selectOption('Van');
    await scan(page, SENDING, 'ESP-1000');
    await shop.kill();
    await form.getByRole('button', { name: 'Move the goods' }).click();
    const tray = page.getByRole('button', { name: /to send/ });
    await tray.click();
    await page
      .getByText(/^Move of 1 × House Espresso .* from Main to Van/)
      .first()
      .waitFor();
    // The page is closed and opened while it waits.
    await page.reload().catch(() => {});
    await shop.start();
    await page.goto(`${shop.url}/#/transfers`);
    await eventually(async () => expect(await unitsAt(shop, 1)).toEqual({ 1: 35, 2: 6 }));
    await tray.waitFor({ state: 'detached' });
    expect(await unitsAt(shop, 1)).toEqual({ 1: 35, 2: 6 });
  });
});
