import { eventually } from './eventually';
import { empty, manyProducts } from './fillings';
import { inBrowser } from './shop';
import { expectAvailable, expectFocusedRow, row, shownIDs } from './stock-page';

const PRODUCTS = 10_000;

/** Those in sight in a window of 800 pixels, and some above and below. */
const DRAWN_MAX = 60;

inBrowser(empty, (shop) => {
  test('with 10,000 products only those in sight are drawn, and each can be reached, found and seen to change', async () => {
    await manyProducts(shop.service, PRODUCTS);
    const page = await shop.open();
    const grid = page.getByRole('grid', { name: 'Stock' });
    await row(page, 8).waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(PRODUCTS + 1));
    const rows = page.locator('[role="row"]');
    expect(await rows.count()).toBeLessThan(DRAWN_MAX);

    // By their names `Scale 9998` is the last, and `Beans 8` the first.
    await row(page, 8).focus();
    await page.keyboard.press('End');
    await expectFocusedRow(page, 9_998);
    expect(await row(page, 9_998).getAttribute('aria-rowindex')).toBe(String(PRODUCTS + 1));
    expect(await row(page, 9_998).isVisible()).toBe(true);
    expect(await rows.count()).toBeLessThan(DRAWN_MAX);
    await expectAvailable(page, 9_998, '998');
    await shop.service.count(9_998, 4_321);
    await expectAvailable(page, 9_998, '4,321');
    await page.keyboard.press('Home');
    await expectFocusedRow(page, 8);

    await page.getByRole('searchbox').fill('SKU-05042');
    await eventually(async () => expect(await shownIDs(page)).toEqual([5_042]));
    expect(await grid.getAttribute('aria-rowcount')).toBe('2');
    await expectAvailable(page, 5_042, '42');
  });
});
