import type { Page } from 'playwright-core';
import { eventually } from './eventually';

/** Widths of small and usual phones, a tablet and a laptop. */
export const WIDTHS = [360, 390, 768, 1280] as const;

/** The usual size of the font, and twice as large (WCAG 2.2, 1.4.4). */
export const FONTS = [1, 2] as const;

/** A word so long may be broken; a shorter one, and a number, is to stay whole. */
const WHOLE_MAX = 16;

/** How long a page may take to be drawn again. */
const SETTLED_WITHIN_MS = 2_000;

/**
 * What of a page does not fit: the document is wider or longer than the window, something sticks out of it, text is
 * cut off, or a word or number is broken inside.
 */
const FAULTS = `(() => {
  const faults = [];
  const named = (element) => element.tagName + ' ' + element.className + ' “' + element.textContent.trim().slice(0, 40) + '”';
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push('the document is ' + root.scrollWidth + ' wide');
  if (root.scrollHeight > root.clientHeight) faults.push('the document is ' + root.scrollHeight + ' high');
  // What scrolls sideways by itself, can be scrolled by the keyboard, too, and is meant to: tables, the screens' links.
  const scrolls = '[role="group"][tabindex="0"], nav, pre';
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('.unseen, svg, canvas, .uplot, ' + scrolls) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { overflowX, display } = getComputedStyle(element);
    const isCut = element.scrollWidth > element.clientWidth + 1 && display !== 'inline' && element.clientWidth > 0;
    if (isCut && !element.matches('input')) faults.push('cut off at ' + element.clientWidth + ' of ' + element.scrollWidth + ' (' + overflowX + '): ' + named(element));
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 1 && (right > innerWidth + 1 || left < -1)) faults.push('sticks out: ' + named(element));
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest('.unseen, svg, script, style, noscript, option, .uplot') || !parent.checkVisibility({ visibilityProperty: true })) continue;
    // What has no words, such as a key, may be broken anywhere.
    if (getComputedStyle(parent).wordBreak === 'break-all') continue;
    for (const { index, 0: word } of node.data.matchAll(/[^\\s\\u2010-\\u2015/-]+/g)) {
      if (word.length > ${WHOLE_MAX}) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) faults.push('“' + word + '” is broken: ' + named(parent));
    }
  }
  return [...new Set(faults)];
})()`;

/** What does not fit in windows of every width, at both sizes of the font; nothing where all does. */
export async function misfits(page: Page, height = 740): Promise<string[]> {
  const found: string[] = [];
  for (const font of FONTS) {
    await page.evaluate(`document.documentElement.style.fontSize = '${font * 15}px'`);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height });
      let faults: string[] = [];
      // What is measured first is drawn in a frame after.
      await eventually(async () => {
        faults = await page.evaluate<string[]>(FAULTS);
        expect(faults).toEqual([]);
      }, SETTLED_WITHIN_MS).catch(() => {});
      found.push(...faults.map((fault) => `${width} px, font × ${font}: ${fault}`));
    }
  }
  await page.evaluate("document.documentElement.style.fontSize = ''");
  return found;
}
