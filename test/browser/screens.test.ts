import { dummy, empty } from './fillings';
import {
  COLOURS,
  colour,
  EMPTY_STOCK,
  onDeskAndPhone,
  SCREENS,
  SERVICE_DOWN,
  type Shown,
} from './screens';
import { shoot } from './screenshots';
import { inBrowserOnEveryStore, type Shop } from './shop';
import { expectMark } from './stock-page';

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 } };

async function expectScreen(
  shop: Shop,
  shown: Shown,
  width: keyof typeof SIZES,
  mark: string,
): Promise<void> {
  const page = await shop.open(shown.path, SIZES[width]);
  await shown.reach(page, shop);
  for (const colorScheme of COLOURS) {
    await colour(page, colorScheme);
    // What a dialog covers is there, too.
    const headings = page.getByRole('heading', { level: 1, includeHidden: true });
    expect(await headings.allInnerTexts()).toEqual([shown.heading]);
    expect(await page.title()).toBe(`${shown.heading} · Inventory`);
    if (shown.name !== 'new-product') await expectMark(page, mark);
    await shoot(page, `${shown.name}-${colorScheme}-${width}`);
  }
}

inBrowserOnEveryStore(dummy, (shop) => {
  test.each(onDeskAndPhone(SCREENS))('$name, $width: the heading, and Live', async (screen) => {
    await expectScreen(shop, screen.shown, screen.width, 'Live');
  });

  test.each(onDeskAndPhone([SERVICE_DOWN]))('$name, $width: as of when', async (screen) => {
    await expectScreen(shop, screen.shown, screen.width, 'As of');
  });
});

inBrowserOnEveryStore(empty, (shop) => {
  test.each(onDeskAndPhone([EMPTY_STOCK]))(
    '$name, $width: the heading, and Live',
    async (screen) => {
      await expectScreen(shop, screen.shown, screen.width, 'Live');
    },
  );
});
