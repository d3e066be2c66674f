import { readFileSync } from 'node:fs';
import type { Result, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { eventually } from './eventually';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 at level AA, and what axe thinks good besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const OPTIONS: RunOptions = {
  runOnly: TAGS,
  resultTypes: ['violations'],
  // No rule of these reads style sheets, which are parsed anew in each run by default.
  preload: { assets: ['media'] },
};

/** Fails where axe finds a page hard to use for some, as it is shown at the moment; lists every element. */
export async function expectAccessible(page: Page): Promise<void> {
  await stillness(page);
  // By the debugger, past the page's policy, which forbids a script of ours. Once a page, since it is half a megabyte.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(AXE);
  const options = JSON.stringify(OPTIONS);
  // What passes is much more than what does not, so it stays there.
  const violations = await page.evaluate<Result[]>(
    `axe.run(document, ${options}).then(({ violations }) => violations)`,
  );
  if (violations.length === 0) return;
  throw new Error(`${page.url()} is not accessible:\n\n${violations.map(describe).join('\n\n')}`);
}

/** Waits until nothing moves but what moves for ever: in the middle of a transition an element has neither size. */
async function stillness(page: Page): Promise<void> {
  const moving = `document.getAnimations().filter(
    (animation) =>
      animation.playState === 'running' &&
      animation.effect?.getComputedTiming().endTime !== Infinity,
  ).length`;
  await eventually(async () => {
    expect(await page.evaluate(moving)).toBe(0);
  });
}

function describe({ id, impact, help, helpUrl, nodes }: Result): string {
  const elements = nodes.map(
    ({ target, html, failureSummary }) =>
      `  ${target.join(' ')}\n    ${html}\n    ${failureSummary?.replaceAll('\n', '\n    ')}`,
  );
  return [`${id} (${impact}): ${help}, ${helpUrl}`, ...elements].join('\n');
}
