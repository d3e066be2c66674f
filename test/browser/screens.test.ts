import { expectAccessible } from './axe';
import { dummy, empty } from './fillings';
import { misfits } from './layout';
import { COLOURS, colour, EMPTY_STOCK, SCREENS, SERVICE_DOWN, type Shown } from './screens';
import { shoot } from './screenshots';
import { inBrowser, inBrowserMortal, type Shop } from './shop';
import { expectMark } from './stock-page';

/** Wide as on a desk, and narrow as on a phone. */
const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 360, height: 740 },
};

async function expectScreen<AnyShop extends Shop>(
  shop: AnyShop,
  shown: Shown<AnyShop>,
  mark: string,
): Promise<void> {
  const page = await shop.open(shown.path, SIZES.wide);
  await shown.reach(page, shop);
  const violations: string[] = [];
  for (const [width, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size);
    for (const colorScheme of COLOURS) {
      await colour(page, colorScheme);
      // What a dialog covers is there, too.
      const headings = page.getByRole('heading', { level: 1, includeHidden: true });
      expect(await headings.allInnerTexts()).toEqual([shown.heading]);
      expect(await page.title()).toBe(`${shown.heading} · Inventory`);
      if (shown.name !== 'new-product') await expectMark(page, mark);
      await shoot(page, `${shown.name}-${colorScheme}-${width}`);
      // All of them are reported, not only the first.
      await expectAccessible(page).catch(({ message }: Error) => {
        violations.push(`${width}, ${colorScheme}: ${message}`);
      });
    }
  }
  violations.push(...(await misfits(page)));
  if (violations.length > 0) throw new Error(violations.join('\n\n'));
}

inBrowser(dummy, (shop) => {
  test.each(SCREENS)('$name: the heading, and Live; anybody can use it', async (shown) => {
    await expectScreen(shop, shown, 'Live');
  });
});

inBrowserMortal(dummy, (shop) => {
  test(`${SERVICE_DOWN.name}: as of when; anybody can use it`, async () => {
    await expectScreen(shop, SERVICE_DOWN, 'As of');
  });
});

inBrowser(empty, (shop) => {
  test(`${EMPTY_STOCK.name}: the heading, and Live; anybody can use it`, async () => {
    await expectScreen(shop, EMPTY_STOCK, 'Live');
  });
});
