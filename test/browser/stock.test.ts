import type { Locator, Page } from 'playwright-core';
import { DELIBERATE_MS } from '../../app/web/ui/presses';
import { answered } from './browser';
import { eventually } from './eventually';
import { dummy, manyProducts } from './fillings';
import { held } from './held';
import { HAND_MS, keyboardOf, SCANNER_MS } from './keys';
import { inBrowser } from './shop';
import {
  DUMMY_RECORDS,
  expectAvailable,
  expectFocusedRow,
  expectMessage,
  focusedRow,
  openForm,
  recorded,
  row,
  shownIDs,
} from './stock-page';

/** Changes of product 1, of which there are 36, and how many each leaves. */
const CHANGES = [
  { key: 'c', typed: '30', kind: 'count', change: -6, left: 30 },
  { key: 'r', typed: '24', kind: 'receipt', change: 24, left: 54 },
  { key: 's', typed: '2', kind: 'sale', change: -2, left: 52, quantity: 2, unitPrice: 18.9 },
  // It takes back one of the two that were sold last.
  {
    key: 't',
    typed: '1',
    kind: 'return',
    change: 1,
    left: 53,
    quantity: -1,
    unitPrice: 18.9,
    saleRecord: DUMMY_RECORDS + 3,
  },
  { key: 'w', typed: '5', kind: 'waste', change: -5, left: 48 },
];

inBrowser(dummy, (shop) => {
  test('every product is listed with its numbers, found as one types, and sorted by a click', async () => {
    const page = await shop.open();
    await eventually(async () => expect(await shownIDs(page)).toHaveLength(12));
    const cells = await row(page, 1).getByRole('gridcell').allInnerTexts();
    expect(cells.map((cell) => cell.replace(/\s+/g, ' ').trim())).toEqual([
      'House Espresso Beans 1 kg ESP-1000',
      '36',
      '14',
      expect.stringMatching(/^\d+ days$/),
      '18',
      '63',
      '',
      expect.stringMatching(/\S/),
    ]);
    await expectAvailable(page, 8, '9');
    expect(await row(page, 8).innerText()).toMatch(/low/);
    expect(await row(page, 1).innerText()).not.toMatch(/low|out/);
    const names = await page.locator('[data-row] a').allInnerTexts();
    expect(names).toEqual(names.toSorted(new Intl.Collator('en', { numeric: true }).compare));

    await page.keyboard.press('/');
    for (const { typed, found } of [
      { typed: 'gl', found: [7] },
      { typed: 'KG beans', found: [1] },
      { typed: 'gri-0001', found: [4] },
      { typed: '4006381334044', found: [12] },
      { typed: 'beans', found: [2, 1] },
    ]) {
      await page.getByRole('searchbox').fill('');
      await page.keyboard.type(typed);
      await eventually(async () => expect(await shownIDs(page)).toEqual(found));
    }
    await page.keyboard.type(' xyz');
    await page.getByRole('heading', { name: 'Nothing found for “beans xyz”' }).waitFor();
    await page.getByRole('button', { name: 'Show all products' }).click();
    await eventually(async () => expect(await shownIDs(page)).toHaveLength(12));

    const stock: { productID: number; availableQuantity: number }[] = (
      await shop.service.get('/inventory')
    ).body;
    const available = new Map(stock.map((each) => [each.productID, each.availableQuantity]));
    const shown = async () => (await shownIDs(page)).map((id) => available.get(id) as number);
    const head = page.getByRole('columnheader', { name: 'Available' });
    await head.getByRole('button').click();
    await eventually(async () => {
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      expect(await shown()).toEqual([...available.values()].sort((a, b) => a - b));
    });
    await head.getByRole('button').click();
    await eventually(async () => {
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      expect(await shown()).toEqual([...available.values()].sort((a, b) => b - a));
    });
    // What sells best comes first at once.
    await page.getByRole('columnheader', { name: 'Sold 30 d' }).getByRole('button').click();
    await eventually(async () => expect((await shownIDs(page))[0]).toBe(1));
  });

  test('Low and Out follow what happens; a form stays open though its product leaves what is shown', async () => {
    const page = await shop.open();
    const filter = (name: string) => page.getByRole('radio', { name, exact: true });
    await filter('Low 4').check();
    await eventually(async () => expect((await shownIDs(page)).sort()).toEqual([12, 4, 5, 8]));
    await openForm(page, 8, 'r');
    await page.keyboard.type('12');
    await shop.service.count(8, 40);
    await expectAvailable(page, 8, '40');
    await filter('Low 3').waitFor();
    await page.keyboard.press('Enter');
    await eventually(async () => expect((await shownIDs(page)).sort()).toEqual([12, 4, 5]));
    expect((await recorded(shop)).at(-1)).toMatchObject({ productID: 8, availableQuantity: 52 });

    await filter('Out 0').check();
    await page.getByRole('heading', { name: 'No product matches' }).waitFor();
    await shop.service.sell(4, 3);
    await filter('Out 1').waitFor();
    await eventually(async () => expect(await shownIDs(page)).toEqual([4]));
    expect(await row(page, 4).innerText()).toMatch(/\bout\b/);
    await filter('All 12').check();
    await eventually(async () => expect(await shownIDs(page)).toHaveLength(12));
  });

  test('rows do not move or disappear under the pointer, or where the keyboard focus is', async () => {
    const page = await shop.open();
    const head = page.getByRole('columnheader', { name: 'Available' });
    await head.getByRole('button').click();
    await eventually(async () => expect((await shownIDs(page))[0]).toBe(4));
    const before = await shownIDs(page);
    await row(page, 8).hover();
    await shop.service.count(8, 200);
    await expectAvailable(page, 8, '200');
    expect(await shownIDs(page)).toEqual(before);
    await page.getByRole('heading', { level: 1 }).hover();
    await eventually(async () => expect((await shownIDs(page)).at(-1)).toBe(8));
    await row(page, 4).focus();
    const later = await shownIDs(page);
    await shop.service.count(4, 300);
    await expectAvailable(page, 4, '300');
    expect(await shownIDs(page)).toEqual(later);
    await page.getByRole('searchbox').focus();
    await eventually(async () => expect((await shownIDs(page)).at(-1)).toBe(4));
    // What is low no more goes once the pointer has left.
    await page.getByRole('radio', { name: /^Low / }).check();
    await eventually(async () => expect((await shownIDs(page)).sort()).toEqual([12, 5]));
    await row(page, 5).hover();
    await shop.service.count(5, 50);
    await expectAvailable(page, 5, '50');
    expect((await shownIDs(page)).sort()).toEqual([12, 5]);
    await page.getByRole('heading', { level: 1 }).hover();
    await eventually(async () => expect(await shownIDs(page)).toEqual([12]));
  });

  test('input in a form is kept when the form is scrolled out of sight', async () => {
    await manyProducts(shop.service, 1_000);
    const page = await shop.open();
    const [first] = await eventually(async () => {
      const ids = await shownIDs(page);
      expect(ids.length).toBeGreaterThan(12);
      return ids as [number];
    });
    const form = await openForm(page, first, 'r');
    await page.keyboard.type('12');
    const grid = page.getByRole('grid', { name: 'Stock' });
    await grid.evaluate((scroller) => scroller.scrollTo({ top: 1e6 }));
    await eventually(async () => {
      expect(await page.locator('[role="row"][aria-rowindex="1001"]').count()).toBe(1);
    });
    await grid.evaluate((scroller) => scroller.scrollTo({ top: 0 }));
    await row(page, first).waitFor();
    expect(await form.getByLabel('Units received').inputValue()).toBe('12');
  });

  test('keys move through the rows, and Enter opens the product; so does a click on its name, one on its row a form', async () => {
    const page = await shop.open();
    await row(page, 1).waitFor();
    await tabToRow(page);
    const ids = await shownIDs(page);
    await expectFocusedRow(page, ids[0] as number);
    for (const [key, index] of [
      ['ArrowDown', 1],
      ['ArrowDown', 2],
      ['ArrowUp', 1],
      ['End', 11],
      ['ArrowDown', 11],
      ['Home', 0],
      ['ArrowUp', 0],
      ['PageDown', 11],
    ] as const) {
      await page.keyboard.press(key);
      await expectFocusedRow(page, ids[index] as number);
    }
    // A list has one stop of the Tab key: the row that had the focus last.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expectFocusedRow(page, ids[11] as number);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/#/products/${ids[11]}`);

    await page.goBack();
    await row(page, 3).locator('[aria-colindex="2"]').click();
    // This must choose nothing: a count, for example, overwrites.
    const form = page.getByRole('form', { name: 'Change the stock of Filter Papers' });
    await form.waitFor();
    expect(await form.getByRole('radio', { checked: true }).count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('s');
    await form.getByLabel('Units sold').waitFor();
    // Chosen by the mouse, too, a kind asks for its number.
    for (const [kind, label] of [
      ['Receipt', 'Units received'],
      ['Sale', 'Units sold'],
    ] as const) {
      await form.getByRole('radio', { name: kind }).check();
      await eventually(async () => {
        const input = form.getByLabel(label);
        expect(await input.evaluate((element) => element.matches(':focus'))).toBe(true);
      });
    }
    await row(page, 4).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'Hand Grinder' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/products/4');
  });

  test('every kind of change is recorded by keyboard alone: a letter, a number, Enter', async () => {
    const page = await shop.open();
    await row(page, 1).waitFor();
    await tabToRow(page);
    const ids = await shownIDs(page);
    for (const id of ids.slice(1, ids.indexOf(1) + 1)) {
      await page.keyboard.press('ArrowDown');
      await expectFocusedRow(page, id);
    }
    for (const { key, typed, left } of CHANGES) {
      await page.keyboard.press(key);
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await expectMessage(page, `${left} available now`);
      await expectAvailable(page, 1, String(left));
      await expectFocusedRow(page, 1);
    }
    // The kind can be chosen in the form, too, and a sale has a price and a reference of its own.
    await page.keyboard.press('c');
    await page.keyboard.type('2');
    const form = page.getByRole('form');
    await form.getByRole('radio', { name: 'Count' }).focus();
    for (const name of ['Receipt', 'Sale']) {
      await page.keyboard.press('ArrowRight');
      await eventually(async () => {
        const isFocused = "document.activeElement.matches(':checked')";
        expect(await form.getByRole('radio', { name }).isChecked()).toBe(true);
        expect(await page.evaluate(isFocused)).toBe(true);
      });
    }
    await form.getByLabel('Unit price').fill('17.50');
    await form.getByLabel('Reference').fill('Order 1007');
    await page.keyboard.press('Enter');
    await expectAvailable(page, 1, '46');
    expect(await recorded(shop)).toEqual([
      ...CHANGES.map(({ kind, change, left, key, typed, ...sold }, index) => ({
        record: DUMMY_RECORDS + 1 + index,
        productID: 1,
        reason: kind,
        quantityChange: change,
        availableQuantity: left,
        recordedAt: expect.any(String),
        actor: 'open',
        ...sold,
      })),
      expect.objectContaining({
        reason: 'sale',
        quantity: 2,
        unitPrice: 17.5,
        reference: 'Order 1007',
      }),
    ]);
  });

  test('Escape closes a form, and an invalid count is reported: nothing is recorded', async () => {
    const page = await shop.open();
    const form = await openForm(page, 5, 'c');
    await page.keyboard.type('99');
    await page.keyboard.press('Escape');
    await expectFocusedRow(page, 5);
    expect(await form.count()).toBe(0);
    await openForm(page, 5, 's');
    // From anywhere in the form.
    await form.getByLabel('Reference').focus();
    await page.keyboard.press('Escape');
    await expectFocusedRow(page, 5);

    await openForm(page, 1, 'c');
    const input = form.getByLabel('Units counted');
    for (const typed of ['', '-3', '1.5', 'a dozen', '2147483648']) {
      await input.fill(typed);
      expect(await input.getAttribute('aria-invalid')).toBeNull();
      await page.keyboard.press('Enter');
      await form.getByText(/^Type a (whole )?number/).waitFor();
      expect(await input.getAttribute('aria-invalid')).toBe('true');
    }
    expect(await recorded(shop)).toEqual([]);
    await input.fill('0');
    await page.keyboard.press('Enter');
    await expectAvailable(page, 1, '0');
    expect(await recorded(shop)).toHaveLength(1);
  });

  test('a count that lost a race says what came between, each time, and is recorded anyway if the user wants that', async () => {
    shop.browser.allowErrors(answered(412));
    const page = await shop.open();
    const form = await openForm(page, 1, 'c');
    await page.keyboard.type('30');
    await shop.service.sell(1, 4);
    await expectAvailable(page, 1, '32');
    await page.keyboard.press('Enter');
    const alert = form.getByRole('alert');
    await alert.getByText('Somebody else changed it first.').waitFor();
    expect(await alert.innerText()).toMatch(/32 available \(record 231\).*count of 30 was not/s);
    expect(await recorded(shop)).toHaveLength(1);
    // From the refusal, which has the focus, its first button is one Tab away.
    const anyway = alert.getByRole('button', { name: 'Set to 30 anyway' });
    await eventually(async () => expect(await anyway.isEnabled()).toBe(true));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expectAvailable(page, 1, '30');
    await expectFocusedRow(page, 1);

    // "Anyway" holds against what was said.
    await openForm(page, 1, 'c');
    await page.keyboard.type('20');
    await shop.service.sell(1, 4);
    await page.keyboard.press('Enter');
    await form.getByText(/\(record 233\)/).waitFor();
    await shop.service.sell(1, 1);
    await form.getByRole('button', { name: 'Set to 20 anyway' }).click();
    await form.getByText(/\(record 234\)/).waitFor();
    await form.getByRole('button', { name: 'Confirm 25' }).click();
    await expectMessage(page, '25 available now');
    expect(
      (await recorded(shop)).map(({ reason, availableQuantity }) => [reason, availableQuantity]),
    ).toEqual([
      ['sale', 32],
      ['count', 30],
      ['sale', 26],
      ['sale', 25],
      ['count', 25],
    ]);
  });

  test('a second Enter overrides no refusal, however soon it comes, nor does a held one', async () => {
    shop.browser.allowErrors(answered(409, 412));
    const page = await shop.open();
    const requests: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && requests.push(request.url()));
    let sold = 0;
    for (const gapMs of [0, 60, 450]) {
      const form = await openForm(page, 1, 'c');
      await page.keyboard.type('30');
      await shop.service.sell(1, 1);
      sold += 1;
      await page.keyboard.press('Enter', { delay: 0 });
      await page.waitForTimeout(gapMs);
      await page.keyboard.press('Enter');
      await form.getByText('Somebody else changed it first.').waitFor();
      // Held until after its button can be pressed, and a third one.
      for (let repeat = 0; repeat < 12; repeat += 1) {
        await page.keyboard.down('Enter');
        await page.waitForTimeout(DELIBERATE_MS / 10);
      }
      await page.keyboard.up('Enter');
      await page.keyboard.press('Enter');
      await form.getByRole('button', { name: 'Cancel' }).click();
    }
    const form = await openForm(page, 4, 's');
    await page.keyboard.type('60');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await form.getByText('Only 3 available.').waitFor();
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Cancel' }).click();
    // The page's own requests go out in order: nothing came before this one but what was counted.
    await openForm(page, 4, 'r');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await expectAvailable(page, 4, '4');
    expect(requests).toHaveLength(sold + 2);
    expect((await recorded(shop)).map(({ reason }) => reason)).toEqual([
      ...['sale', 'sale', 'sale'],
      'receipt',
    ]);
  });

  test('a code scanned into a form is no quantity and no price; the page asks about unlikely values', async () => {
    const page = await shop.open();
    const keys = await keyboardOf(page);
    const form = await openForm(page, 1, 'r');
    for (const [code, gapMs] of [
      ['4006381333931', SCANNER_MS],
      ['10234', SCANNER_MS],
      ['96385074', HAND_MS],
      ['04252614', HAND_MS],
    ] as const) {
      await keys(code, gapMs);
      await form.getByText(`“${code}” is a code, not a quantity.`).waitFor();
    }
    await keys('10234', HAND_MS);
    const question = form.getByRole('alert').filter({ hasText: 'far more than this product' });
    await question.waitFor();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Enter');
    await question.getByRole('button', { name: 'Correct it' }).click();
    await keys('24', SCANNER_MS);
    await form.getByRole('alert').filter({ hasText: 'as fast as a scanner' }).waitFor();
    await form.getByRole('button', { name: 'Correct it' }).click();
    await keys('24', HAND_MS);
    await expectAvailable(page, 1, '60');
    await form.waitFor({ state: 'detached' });
    await openForm(page, 1, 's');
    await page.keyboard.type('1');
    await form.getByLabel('Unit price').click();
    await form.getByLabel('Unit price').selectText();
    await keys('96385074', SCANNER_MS);
    await form.getByText('This looks like a barcode.').waitFor();
    expect(await recorded(shop)).toMatchObject([{ reason: 'receipt', quantityChange: 24 }]);
  });

  test('a barcode with a wrong check digit is asked about before a new product has it', async () => {
    const page = await shop.open();
    await page.getByRole('button', { name: 'New product' }).click();
    const dialog = page.getByRole('dialog', { name: 'New product' });
    await dialog.getByLabel('Name').fill('Scale');
    await dialog.getByLabel('Barcode').fill('4006381333999');
    await dialog.getByRole('button', { name: 'Save' }).dblclick();
    const question = dialog.getByText(/^Its check digit is wrong/);
    await question.waitFor();
    const products = async () => (await shop.service.get('/products')).body;
    expect(await products()).toHaveLength(12);
    await dialog.getByLabel('Barcode').fill('4006381333998');
    await page.keyboard.press('Enter');
    await question.waitFor();
    // Once more, and not within the second half of a double press.
    await eventually(async () => {
      await page.keyboard.press('Enter');
      expect(await products()).toHaveLength(13);
    });
  });

  test('a double click on Undo undoes one sale, and an undo that failed can be tried again', async () => {
    shop.browser.allowErrors(/net::ERR_FAILED/);
    const page = await shop.open();
    for (const productID of [1, 3]) {
      await openForm(page, productID, 's');
      await page.keyboard.type('1');
      await page.keyboard.press('Enter');
      await expectFocusedRow(page, productID);
    }
    const buttons = page.getByRole('log').getByRole('button', { name: 'Undo' });
    await page.route(/\/records\?/, (route) => route.abort());
    await buttons.first().click();
    await expectMessage(page, /is not undone\. The service does not answer: try again\.$/);
    expect(await buttons.count()).toBe(2);
    await page.unroute(/\/records\?/);
    await buttons.first().dblclick();
    await expectMessage(page, /^Undone: Sale of 1 × House Espresso Beans 1 kg\./);
    await eventually(async () => expect(await buttons.count()).toBe(1));
    expect((await recorded(shop)).map(({ productID, reason }) => [productID, reason])).toEqual([
      [1, 'sale'],
      [3, 'sale'],
      [1, 'cancellation'],
    ]);
    // By key, and the focus is where it was before the message.
    await row(page, 5).focus();
    await buttons.focus();
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await buttons.count()).toBe(0));
    await expectFocusedRow(page, 5);
  });

  test('the second click of two presses nothing that came under the pointer meanwhile', async () => {
    const page = await shop.open();
    await page.evaluate(`{
      const list = document.createElement('div');
      list.style.cssText = 'position: fixed; top: 0; left: 0; z-index: 99; display: grid';
      for (const name of ['first', 'second']) {
        const button = Object.assign(document.createElement('button'), { textContent: name });
        button.addEventListener('click', () => button.remove());
        list.append(button);
      }
      document.body.append(list);
    }`);
    await page.getByRole('button', { name: 'first' }).dblclick();
    expect(await page.getByRole('button', { name: 'second' }).count()).toBe(1);
  });

  test('the page asks about an unlikely quantity, even after such a number was undone', async () => {
    const page = await shop.open();
    const question = page.getByRole('alert').filter({ hasText: 'the most so far was' });
    for (const { units, label } of [
      { units: '999', label: '999' },
      // As far beyond what the wrong number was, and not beyond it.
      { units: '9000', label: '9,000' },
    ]) {
      const form = await openForm(page, 4, 'r');
      await page.keyboard.type(units);
      await page.keyboard.press('Enter');
      await question.waitFor();
      await question.getByRole('button', { name: `Record receipt of ${label}` }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByRole('log').getByRole('button', { name: 'Undo' }).click();
      await expectMessage(page, new RegExp(`^Undone: Receipt of ${label}`));
      await expectAvailable(page, 4, '3');
    }
    expect((await recorded(shop)).map(({ quantityChange }) => quantityChange)).toEqual([
      ...[999, -999, 9_000, -9_000],
    ]);
  });

  test('a form that was closed or changed while the history was loading records nothing typed before', async () => {
    for (const change of [
      { quantityChange: 20_000, reason: 'receipt' },
      { quantityChange: -20_003, reason: 'waste' },
    ]) {
      await shop.service.post('/inventory', { productID: 4, ...change });
    }
    const page = await shop.open();
    await expectAvailable(page, 4, '0');
    const form = page.getByRole('form', { name: /^Change the stock of / });
    const changes = [
      () => page.keyboard.press('Escape'),
      () => form.getByRole('radio', { name: 'Receipt' }).click(),
      () => form.getByLabel('Units counted').fill('5'),
    ];
    for (const [each, change] of changes.entries()) {
      const history = await held(page, /\/records\?limit=1000$/);
      await openForm(page, 4, 'c');
      // As much as it has had, though not so far as the page knows.
      await form.getByLabel('Units counted').fill(String(10_231 + each));
      await page.keyboard.press('Enter');
      await history.asked;
      await change();
      await history.release();
      // Another change is recorded after what is under way.
      await shop.service.sell(1, 1);
      await expectAvailable(page, 1, String(35 - each));
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
    }
    const reasons = (await recorded(shop)).map(({ reason }) => reason);
    expect(reasons).toEqual(['receipt', 'waste', 'sale', 'sale', 'sale']);
  });

  test('a return is not lost if its form is closed, or the page is left, before its sales are known', async () => {
    shop.browser.allowErrors(answered(409));
    const page = await shop.open();
    const sales = await held(page, /\/records\?reason=sale/);
    const form = await openForm(page, 1, 't');
    await form.getByLabel('Units returned').fill('2147483647');
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Record return of 2,147,483,647' }).click();
    await form.getByRole('button', { name: 'Recording …' }).waitFor();
    await form.getByRole('button', { name: 'Close' }).click();
    await form.waitFor({ state: 'detached' });
    await sales.release();
    // Nobody looks any more, so it is shown in the tray.
    await page.getByRole('button', { name: '1 refused' }).waitFor();

    await held(page, /\/records\?reason=sale/);
    await openForm(page, 4, 't');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Recording …' }).waitFor();
    await page.reload();
    await expectAvailable(page, 4, '5');
    expect(await recorded(shop)).toMatchObject([{ reason: 'return', quantityChange: 2 }]);
  });

  test('input in a form is there again after Escape, for the same kind and against the same record', async () => {
    shop.browser.allowErrors(answered(412));
    const page = await shop.open();
    const form = await openForm(page, 1, 'c');
    await page.keyboard.type('30');
    await page.keyboard.press('Escape');
    await expectFocusedRow(page, 1);
    await page.keyboard.press('s');
    expect(await form.getByLabel('Units sold').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await shop.service.sell(1, 4);
    await expectAvailable(page, 1, '32');
    await openForm(page, 1, 'c');
    await form.getByText('What you typed before is here again.').waitFor();
    expect(await form.getByLabel('Units counted').inputValue()).toBe('30');
    await page.keyboard.press('Enter');
    await form.getByText('Somebody else changed it first.').waitFor();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await openForm(page, 1, 'c');
    expect(await form.getByLabel('Units counted').inputValue()).toBe('');
    expect(await recorded(shop)).toHaveLength(1);
  });

  test('a refusal says what is wrong and what can be done, until something else is put', async () => {
    shop.browser.allowErrors(answered(400, 409));
    const page = await shop.open();
    const form = await openForm(page, 4, 's');
    const alert = form.getByRole('alert');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await alert.waitFor();
    await form.getByLabel('Units sold').fill('4');
    await alert.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await alert.waitFor();
    await form.getByRole('radio', { name: 'Receipt' }).check();
    await alert.waitFor({ state: 'detached' });
    await form.getByRole('button', { name: 'Record receipt' }).click();
    await expectAvailable(page, 4, '7');

    await form.waitFor({ state: 'detached' });
    await openForm(page, 4, 's');
    await page.keyboard.type('9');
    await page.keyboard.press('Enter');
    await form.getByText('Only 7 available.').waitFor();
    expect(await recorded(shop)).toHaveLength(1);
    await form.getByRole('button', { name: 'Record sale of 7' }).click();
    await expectAvailable(page, 4, '0');

    // What was typed stays.
    await form.waitFor({ state: 'detached' });
    await openForm(page, 1, 's');
    await page.keyboard.type('1');
    await form.getByLabel('Unit price').fill('cheap');
    await page.keyboard.press('Enter');
    await form.getByText('Type a price, such as 18.90.').waitFor();
    expect(await form.getByLabel('Unit price').getAttribute('aria-invalid')).toBe('true');
    expect(await form.getByLabel('Units sold').inputValue()).toBe('1');
    await form.getByLabel('Unit price').fill('18.90');
    await page.keyboard.press('Enter');
    await expectAvailable(page, 1, '35');
    expect(await recorded(shop)).toMatchObject([
      { reason: 'receipt', quantityChange: 4 },
      { reason: 'sale', quantity: 7, unitPrice: 64 },
      { reason: 'sale', quantity: 1, unitPrice: 18.9 },
    ]);
  });

  test('a double click and a double Enter record once, and open nothing', async () => {
    const page = await shop.open();
    const form = await openForm(page, 1, 's');
    await page.keyboard.type('2');
    await form.getByRole('button', { name: 'Record sale' }).dblclick();
    await expectAvailable(page, 1, '34');
    await form.waitFor({ state: 'detached' });
    await openForm(page, 1, 's');
    await page.keyboard.type('3');
    // Both in one moment, which no hand can do.
    await page.evaluate(
      '(() => { const { form } = document.activeElement; form.requestSubmit(); form.requestSubmit(); })()',
    );
    await expectAvailable(page, 1, '31');
    await openForm(page, 1, 'r');
    await page.keyboard.type('9');
    // A key held down repeats, beyond the moment in which the form has closed.
    for (let press = 0; press < 5; press += 1) await page.keyboard.down('Enter');
    await expectAvailable(page, 1, '40');
    await expectFocusedRow(page, 1);
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expectFocusedRow(page, 1);
    await page.keyboard.press('w');
    await page.keyboard.type('1');
    // The second of two fast presses, as soon as the form has closed.
    await page.evaluate(
      "document.querySelector('[data-row=\"1\"]').addEventListener('focus', ({ target }) => target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })), { once: true })",
    );
    await page.keyboard.press('Enter');
    await expectAvailable(page, 1, '39');
    await expectFocusedRow(page, 1);
    // What comes after them tells that nothing more was on its way.
    await shop.service.count(2, 1);
    await expectAvailable(page, 2, '1');
    expect((await recorded(shop)).map(({ quantityChange }) => quantityChange)).toEqual([
      -2, -3, 9, -1, -13,
    ]);
    expect(new URL(page.url()).hash).toMatch(/^(#\/)?$/);
    await row(page, 1).focus();
    await eventually(async () => {
      await page.keyboard.press('Enter');
      expect(new URL(page.url()).hash).toBe('#/products/1');
    });
  });

  test('the second half of a double click opens no row that came under the pointer', async () => {
    const page = await shop.open();
    const form = await openForm(page, 1, 's');
    // The second click comes 100 ms after the first by its own time, however slow the machine is.
    await page.evaluate(`
      window.rowUnderPointer = new Promise((resolve) => {
        addEventListener('click', (first) => {
          const { clientX, clientY } = first;
          const look = () => {
            const under = document.elementFromPoint(clientX, clientY)?.closest('[data-row]');
            if (!under) return requestAnimationFrame(look);
            const second = new MouseEvent('click', { bubbles: true, cancelable: true, detail: 2, clientX, clientY });
            Object.defineProperty(second, 'timeStamp', { value: first.timeStamp + 100 });
            under.dispatchEvent(second);
            resolve(under.dataset.row);
          };
          look();
        }, { once: true });
      });
      0`);
    await form.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.evaluate('window.rowUnderPointer')).not.toBe('1');
    await expectFocusedRow(page, 1);
    expect(await form.count()).toBe(0);
    await row(page, 1).click();
    await form.waitFor();
  });

  test.each([
    ['wide', 1280],
    ['narrow', 360],
  ])(
    'a double click on what closes a dialog or a message acts on nothing below it (%s)',
    async (_name, width) => {
      const page = await shop.open('/', { width, height: 740 });
      await row(page, 1).waitFor();
      for (const name of ['Close', 'Cancel']) {
        await page.getByRole('button', { name: 'New product' }).click();
        const dialog = page.getByRole('dialog', { name: 'New product' });
        await dialog.getByRole('button', { name }).dblclick();
        await dialog.waitFor({ state: 'detached' });
        await expectNothingOpen(page);
      }
      await openForm(page, 1, 'r');
      await page.keyboard.type('9');
      await page.keyboard.press('Enter');
      // The second click comes 100 ms after the first by its own time, however slow the machine is.
      await page.evaluate(`
      window.secondClick = new Promise((resolve) => {
        addEventListener('click', ({ clientX, clientY, timeStamp, target }) => {
          const look = () => {
            if (target.isConnected) return requestAnimationFrame(look);
            const second = new MouseEvent('click', { bubbles: true, cancelable: true, detail: 2, clientX, clientY });
            Object.defineProperty(second, 'timeStamp', { value: timeStamp + 100 });
            resolve(document.elementFromPoint(clientX, clientY).dispatchEvent(second));
          };
          look();
        }, { once: true });
      });
      0`);
      await page.getByRole('log').getByRole('button', { name: 'Undo' }).click();
      await page.evaluate('window.secondClick');
      await page.getByText(/^Undone/).waitFor();
      await expectNothingOpen(page);
    },
  );

  test('a form opened at the lower edge of a phone comes into sight as a whole, its kinds in one line', async () => {
    const page = await shop.open('/', { width: 360, height: 740 });
    await row(page, 1).waitFor();
    const grid = page.getByRole('grid', { name: 'Stock' });
    const edge = async (part: Locator) => {
      const { y = 0, height = 0 } = (await part.boundingBox()) ?? {};
      return { top: y, bottom: y + height };
    };
    // A sale's form is the tallest.
    const { bottom } = await edge(grid);
    const tops = await Promise.all(
      (await shownIDs(page)).map(async (id) => ({ id, ...(await edge(row(page, id))) })),
    );
    const lowest = tops.findLast(({ top }) => top < bottom)?.id as number;
    const form = await openForm(page, lowest, 's');
    await eventually(async () => {
      const button = await edge(form.getByRole('button', { name: 'Record sale' }));
      expect(button.bottom).toBeLessThan(bottom);
      expect(button.top).toBeGreaterThan(0);
    });
    const kinds = await form.getByRole('radio').all();
    const heights = await Promise.all(kinds.map(async (kind) => (await edge(kind)).top));
    expect(heights).toHaveLength(5);
    expect(new Set(heights).size).toBe(1);
  });

  test('a new product is added, shown, and listed; Escape leaves it, and focus is on its button again', async () => {
    shop.browser.allowErrors(answered(409));
    const page = await shop.open();
    await row(page, 1).waitFor();
    const add = page.getByRole('button', { name: 'New product' });
    const dialog = page.getByRole('dialog', { name: 'New product' });
    await add.click();
    await dialog.getByLabel('Name').fill('Nothing');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/New product/);

    await add.click();
    await dialog.getByLabel('Name').fill('Tamper 58 mm');
    // Another product's.
    await dialog.getByLabel('SKU').fill('CUP-0001');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('SKU').fill('TAM-0058');
    await dialog.getByLabel('Price').fill('29.90');
    await dialog.getByLabel('Reorder at').fill('2');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Tamper 58 mm' }).waitFor();
    const { body: products } = await shop.service.get('/products?limit=100');
    expect(products).toHaveLength(13);
    expect(products.at(-1)).toMatchObject({ name: 'Tamper 58 mm', sku: 'TAM-0058', price: 29.9 });
    await page.getByRole('link', { name: 'Stock', exact: true }).click();
    await expectAvailable(page, products.at(-1).productID, '–');
    const form = await openForm(page, products.at(-1).productID, 'r');
    await page.keyboard.type('6');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await expectAvailable(page, products.at(-1).productID, '6');
  });
});

/** Presses Tab until a row has the focus, as somebody without a mouse does. */
async function tabToRow(page: Page): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press('Tab');
    if ((await focusedRow(page)) !== undefined) return;
  }
  throw new Error('no row can be reached by Tab');
}

/** No form is open, and the screen is still the stock. */
async function expectNothingOpen(page: Page): Promise<void> {
  expect(await page.getByRole('form').count()).toBe(0);
  expect(new URL(page.url()).hash).toMatch(/^(#\/)?$/);
}
