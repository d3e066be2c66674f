import type { Page } from 'playwright-core';
import { expectAccessible } from './axe';
import { eventually } from './eventually';
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
import { inBrowser, type Shop } from './shop';
import { expectMark } from './stock-page';

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 } };

/** Boxes that scroll sideways, or stick out of the window, other than a table's own frame. */
const STICKING_OUT = `[document.documentElement, ...document.querySelectorAll('main, main [role="grid"], dialog')]
  .filter((box) => box.scrollWidth > box.clientWidth)
  .map((box) => box.tagName + ' ' + box.className + ' ' + box.scrollWidth + ' > ' + box.clientWidth)`;

async function expectScreen(
  shop: Shop,
  shown: Shown,
  width: keyof typeof SIZES,
  mark: string,
): Promise<void> {
  const page = await shop.open(shown.path, SIZES[width]);
  await shown.reach(page, shop);
  const violations: string[] = [];
  for (const colorScheme of COLOURS) {
    await colour(page, colorScheme);
    // What a dialog covers is there, too.
    const headings = page.getByRole('heading', { level: 1, includeHidden: true });
    expect(await headings.allInnerTexts()).toEqual([shown.heading]);
    expect(await page.title()).toBe(`${shown.heading} · Inventory`);
    if (shown.name !== 'new-product') await expectMark(page, mark);
    await shoot(page, `${shown.name}-${colorScheme}-${width}`);
    // Every colour is told of, not the first alone.
    await expectAccessible(page).catch(({ message }: Error) => {
      violations.push(`${colorScheme}: ${message}`);
    });
  }
  if (width === 'narrow') await expectNoSidewaysScrolling(page);
  if (violations.length > 0) throw new Error(violations.join('\n\n'));
}

function expectNoSidewaysScrolling(page: Page): Promise<void> {
  return eventually(async () => expect(await page.evaluate(STICKING_OUT)).toEqual([]), 2_000);
}

inBrowser(dummy, (shop) => {
  test.each(onDeskAndPhone(SCREENS))(
    '$name, $width: the heading, and Live; anybody can use it',
    async ({ shown, width }) => {
      await expectScreen(shop, shown, width, 'Live');
    },
  );

  test.each(onDeskAndPhone([SERVICE_DOWN]))(
    '$name, $width: as of when; anybody can use it',
    async ({ shown, width }) => {
      await expectScreen(shop, shown, width, 'As of');
    },
  );
});

inBrowser(empty, (shop) => {
  test.each(onDeskAndPhone([EMPTY_STOCK]))(
    '$name, $width: the heading, and Live; anybody can use it',
    async ({ shown, width }) => {
      await expectScreen(shop, shown, width, 'Live');
    },
  );
});
