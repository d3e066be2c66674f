/** The parts of a key event that are used. */
export interface Keystroke {
  readonly key: string;
  /** The key's place on the keyboard, independent of its label: `Digit1`. */
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly timeStamp: number;
}

/**
 * Four or more keys that follow each other this fast come from a scanner: the fastest typists in
 * the world take 55 ms for a key, and scanners 1 to 40.
 */
const SCANNER_GAP_MS = 50;
const SCANNER_KEYS_MIN = 4;

/**
 * Three keys within 35 ms each, or a field's only two within 25 ms, count as a scan if the last is Enter or Tab. Fewer
 * keys must be faster, since two fingers may press two keys almost at once.
 */
const SHORT_GAPS_MS = [
  [3, 35],
  [2, 25],
] as const;

/** More keys than any code has are not remembered. */
const KEYS_MAX = 512;

/** The keys that went down in one field since it was emptied or taken over: how fast they were, and where they are. */
export class Keystrokes {
  #keys: Keystroke[] = [];
  /** Whether the first of them is the letter that opened the field's form. */
  #isOpened = false;
  /** When Enter or Tab first came after the last of them. */
  #endedAt: number | undefined;

  /** Call it for every key that goes down in the field. */
  add(keystroke: Keystroke): void {
    const { key, ctrlKey, altKey, metaKey, timeStamp } = keystroke;
    // A second Enter, after a question, does not turn a code into a quantity.
    if (key === 'Enter' || key === 'Tab') this.#endedAt ??= timeStamp;
    // Only people correct. The text is no longer what the keys typed.
    if (key === 'Backspace' || key === 'Delete') this.clear();
    const isCharacter = (key.length === 1 || key === 'Dead') && !metaKey && ctrlKey === altKey;
    if (!isCharacter) return;
    this.#keys.push(keystroke);
    this.#endedAt = undefined;
    if (this.#keys.length > KEYS_MAX) this.#keys.shift();
  }

  /** Starts again with the letter that opened the form: it is the first character of a scanned code. */
  open(keystroke: Keystroke): void {
    this.clear();
    this.add(keystroke);
    this.#isOpened = true;
  }

  /** Starts again: what the field has now was not typed by its keys. */
  clear(): void {
    this.#keys = [];
    this.#isOpened = false;
    this.#endedAt = undefined;
  }

  /** Whether the last keys came as fast as a scanner sends them; of a short code, with the key that ends it. */
  get areScanned(): boolean {
    const typed = this.#keys.map(({ timeStamp }) => timeStamp);
    if (lastFast(typed, SCANNER_GAP_MS) >= SCANNER_KEYS_MIN) return true;
    if (this.#endedAt === undefined) return false;
    const ended = [...typed, this.#endedAt];
    const fast = lastFast(ended, SCANNER_GAP_MS);
    if (fast >= SCANNER_KEYS_MIN) return true;
    // A hand takes longer from the letter to the number.
    if (this.#isOpened && ended.length > 2 && fast === ended.length) return true;
    return SHORT_GAPS_MS.some(
      ([keys, gapMs]) => lastFast(ended, gapMs) >= keys && (keys > 2 || ended.length === keys),
    );
  }

  /**
   * What the keys would have typed on a keyboard as in the USA, which most scanners take themselves for: on a French
   * one `&é` is 12. Undefined if the text did not come from these keys alone, or a key's place is unknown.
   */
  asOnUsKeyboard(text: string): string | undefined {
    const characters = this.#keys.map(usCharacter);
    const isWhole = characters.length > 0 && characters.length === text.length;
    return isWhole && characters.every((character) => character !== undefined)
      ? characters.join('')
      : undefined;
  }
}

/** How many of the last moments follow each other within a gap. */
function lastFast(times: readonly number[], gapMs: number): number {
  let fast = 1;
  for (let place = times.length - 1; place > 0; place -= 1) {
    if ((times[place] as number) - (times[place - 1] as number) > gapMs) break;
    fast += 1;
  }
  return fast;
}

/** Places of keys, and what they type in the USA: without Shift, and with it. */
const US_KEYS: Readonly<Record<string, string>> = {
  Digit1: '1!',
  Digit2: '2@',
  Digit3: '3#',
  Digit4: '4$',
  Digit5: '5%',
  Digit6: '6^',
  Digit7: '7&',
  Digit8: '8*',
  Digit9: '9(',
  Digit0: '0)',
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Backquote: '`~',
  Space: '  ',
  NumpadDecimal: '..',
  NumpadSubtract: '--',
  NumpadAdd: '++',
  NumpadDivide: '//',
  NumpadMultiply: '**',
};

function usCharacter({ code, shiftKey }: Keystroke): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  const digit = /^Numpad([0-9])$/.exec(code)?.[1];
  return digit ?? US_KEYS[code]?.[shiftKey ? 1 : 0];
}

/** The digit keys of a French keyboard without Shift, on a PC and on a Mac, from 1 to 0. */
const AZERTY = ['&é"\'(-è_çà', '&é"\'(§è!çà'] as const;

/** The digits meant by a text of only a French keyboard's unshifted digit keys; undefined for any other text. */
export function azertyDigits(text: string): string | undefined {
  for (const row of AZERTY) {
    const places = [...text].map((character) => row.indexOf(character));
    if (places.length > 0 && !places.includes(-1)) {
      return places.map((place) => (place + 1) % 10).join('');
    }
  }
  return undefined;
}
