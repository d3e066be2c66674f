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
import { inBrowserOnEveryStore, type Shop } from './shop';

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } };

/** Boxes that scroll sideways, or stick out of the window, other than a table's own frame. */
const STICKING_OUT = `[document.documentElement, ...document.querySelectorAll('main, main [role="grid"], dialog')]
  .filter((box) => box.scrollWidth > box.clientWidth)
  .map((box) => box.tagName + ' ' + box.className + ' ' + box.scrollWidth + ' > ' + box.clientWidth)`;

async function expectUsable(shop: Shop, shown: Shown, width: keyof typeof SIZES): Promise<void> {
  const page = await shop.open(shown.path, SIZES[width]);
  await shown.reach(page, shop);
  const violations: string[] = [];
  for (const colorScheme of COLOURS) {
    await colour(page, colorScheme);
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

inBrowserOnEveryStore(dummy, (shop) => {
  test.each(onDeskAndPhone([...SCREENS, SERVICE_DOWN]))(
    '$name, $width: anybody can use it',
    async ({ shown, width }) => {
      await expectUsable(shop, shown, width);
    },
  );
});

inBrowserOnEveryStore(empty, (shop) => {
  test.each(onDeskAndPhone([EMPTY_STOCK]))(
    '$name, $width: anybody can use it',
    async ({ shown, width }) => {
      await expectUsable(shop, shown, width);
    },
  );
});
