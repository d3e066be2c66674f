import path from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'screenshots');

/**
 * With SCREENSHOTS=1 in the environment, writes what a page shows as docs/screenshots/<name>.png.
 *
 * @param options `fullPage`: all of it, and not what the window shows
 */
export async function shoot(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return;
  const file = path.join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', fullPage });
}
