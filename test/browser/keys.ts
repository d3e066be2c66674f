import type { Keyboard, Page } from 'playwright-core';

/** Keys as far apart as a hand's, and as a scanner's. */
export const HAND_MS = 140;
export const SCANNER_MS = 3;

/** The least that a hand leaves between two keys: what comes faster may be a scanner's. */
const HAND_LEAST_MS = 60;

/** Has a keyboard type, by default as a hand does: two digits and Enter at once are a code, and no quantity. */
export function typeByHand(keyboard: Keyboard): void {
  const type = keyboard.type.bind(keyboard);
  keyboard.type = (text, options) => type(text, { delay: HAND_LEAST_MS, ...options });
}

/** A key that types a character which its place on a keyboard of the USA would not. */
export interface OddKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey?: boolean;
}

/**
 * A keyboard whose keys go down at moments of its own, however long the test takes between them.
 *
 * @returns types characters so many milliseconds apart, and then Enter or Tab; all of them are under way at once
 */
export async function keyboardOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  let atMs = Date.now();
  const press = async ({ key, code, ctrlKey = false }: OddKey, text: string) => {
    const event = { key, code, modifiers: ctrlKey ? 2 : 0, timestamp: atMs / 1_000 };
    const { length } = text;
    const down = session.send('Input.dispatchKeyEvent', {
      ...event,
      ...(length > 0 && { text }),
      type: length > 0 ? 'keyDown' : 'rawKeyDown',
      windowsVirtualKeyCode: VIRTUAL_KEYS[key] ?? 0,
    });
    await Promise.all([down, session.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' })]);
  };
  return async (
    keys: string | readonly OddKey[],
    gapMs: number,
    end: 'Enter' | 'Tab' = 'Enter',
  ): Promise<void> => {
    atMs = Math.max(atMs + 1_000, Date.now());
    const presses: Promise<void>[] = [];
    for (const key of typeof keys === 'string' ? [...keys].map(usKey) : keys) {
      presses.push(press(key, key.ctrlKey ? '' : key.key));
      atMs += gapMs;
    }
    presses.push(press({ key: end, code: end }, end === 'Enter' ? '\r' : ''));
    await Promise.all(presses);
  };
}

const VIRTUAL_KEYS: Readonly<Record<string, number>> = { Enter: 13, Tab: 9 };

/** The key of a keyboard of the USA that types a digit, a capital or a small letter. */
function usKey(character: string): OddKey {
  if (/[0-9]/.test(character)) return { key: character, code: `Digit${character}` };
  if (/[a-z]/i.test(character)) return { key: character, code: `Key${character.toUpperCase()}` };
  return { key: character, code: '' };
}

/** The keys of a French keyboard at the places where a scanner presses digits. */
export function onFrenchKeyboard(digits: string): OddKey[] {
  return [...digits].map((digit) => ({
    key: 'à&é"\'(-è_ç'[Number(digit)] as string,
    code: `Digit${digit}`,
  }));
}
