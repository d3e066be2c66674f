import type { Locator, Page } from 'playwright-core';

/** A titled part of a screen. */
export function card(page: Page, title: string | RegExp): Locator {
  return page.getByRole('region', {
    name: title,
    ...(typeof title === 'string' && { exact: true }),
  });
}

/** The lines of a table below its head, as they are read: cells with a tab between them. */
export async function lines(part: Locator): Promise<string[]> {
  const texts = await part.locator('table:not(.u-legend) tbody tr').allInnerTexts();
  return texts.map(oneLine);
}

/** The cells of each row of the screen's grid, in the order of its rows. */
export async function gridRows(page: Page): Promise<string[][]> {
  const rows = await page.locator('[role="grid"] [data-row]').all();
  return Promise.all(
    rows.map(async (row) => {
      // Columns that a narrow screen leaves out have no text.
      const texts = await row.getByRole('gridcell').allInnerTexts();
      return texts.map((text) => text.replace(/\s+/g, ' ').trim());
    }),
  );
}

/** The numbers of a list of facts. */
export function facts(part: Locator): Promise<string[]> {
  return part.locator('dd').allInnerTexts();
}

/** The fault of an input, as a screen reader says it; undefined if it has none. */
export async function faultOf(page: Page, field: Locator): Promise<string | undefined> {
  if ((await field.getAttribute('aria-invalid')) !== 'true') return undefined;
  return page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`).innerText();
}

/** Whether the screen's chart has been drawn: has a canvas that is not of one colour all over. */
export function isDrawn(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`{
    const canvas = document.querySelector('main [role="img"] canvas');
    const all = canvas?.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    all !== undefined && new Set(new Uint32Array(all.buffer)).size > 2;
  }`);
}

function oneLine(text: string): string {
  return text
    .split('\t')
    .map((cell) => cell.replace(/\s+/g, ' ').trim())
    .join('\t');
}
