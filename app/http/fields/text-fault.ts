/**
 * The one rule for text that people write and others read: names, codes, references and notes, in forms and files. It
 * refuses characters that cannot be seen, that change how their neighbours look, or that mean something on one device
 * only. They are never removed silently. The rule is close to PRECIS's FreeformClass (RFC 8264, section 4.3), and uses
 * Unicode's properties.
 *
 * Accepted are the direction marks that Hebrew, Arabic and Persian texts need (U+200E, U+200F, U+061C). So are characters
 * that shape the one before them: joiners, variation selectors, combining marks. They are refused if no character stands
 * before them. Tags are accepted only in the emoji of a flag, such as England's. Anywhere else they are text that nobody
 * sees. Characters that are newer than the service's version of Unicode are accepted, since a newer phone can show them.
 */

/** Blanks that Unicode does not count as white space, although fonts draw nothing for them. */
const BLANK = '\\u2800\\u{13441}\\u{13442}\\u{1d159}';

/** Invisible characters that languages need: see above. */
const NEEDED =
  '\\u034f\\u061c\\u180b-\\u180d\\u180f\\u200c-\\u200f\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}';

/** Variation selectors, and joiners. */
const SELECTORS = '\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}';
const JOINERS = '\\u034f\\u200c\\u200d';

/** In a braille text, the blank stands between two other braille characters. */
const BRAILLE_BLANK = /(?<=[\u2801-\u28ff])\u2800(?=[\u2801-\u28ff])/g;

/** The flag of a part of a country: a black flag, its code (Unicode CLDR, subdivision id) in tags, and their end (UTS #51, ED-14a). */
const FLAG =
  /(?<=\u{1f3f4})(?:[\u{e0061}-\u{e007a}]{2}|[\u{e0030}-\u{e0039}]{3})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,4}\u{e007f}/gu;

const UNFIT_CLASS = [
  '\\p{Cc}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}',
  // Interlinear annotation, the place of an object, and the replacement character.
  '\\ufff9-\\ufffd\\ufeff',
  '\\u202a-\\u202e\\u2066-\\u2069',
  BLANK,
].join('');

/** Characters that are refused in text of one line. */
const UNFIT = new RegExp(`[${UNFIT_CLASS}]|(?![${NEEDED}])\\p{Default_Ignorable_Code_Point}`, 'u');

/** The same for text of several lines, which end with LF. */
const UNFIT_IN_LINES = new RegExp(`(?![\\n\\t])(?:${UNFIT.source})`, 'u');

/** A visible character: no blank, no mark. */
const VISIBLE = /[^\s\p{M}\p{Default_Ignorable_Code_Point}]/u;

/**
 * A character that shapes the one before it, but stands alone: a mark or joiner at the beginning or after a blank, or a
 * selector that is not right after what it selects.
 */
const ALONE = new RegExp(
  `(?<![^\\s\\p{Default_Ignorable_Code_Point}]|[${SELECTORS}${JOINERS}])[\\p{M}${JOINERS}]` +
    `|(?<=[${SELECTORS}${JOINERS}])[${SELECTORS}]`,
  'u',
);

/** Kinds of refused characters. The first one that fits is named. */
const KINDS: readonly [RegExp, string][] = [
  [/\n|\r|\t/, 'must be in one line, without tabs'],
  [/\p{Cs}/u, 'half of a character, a lone surrogate'],
  [/\ufffd/, 'a replacement for a character that was lost'],
  [/[\u202a-\u202e\u2066-\u2069]/, 'a control character for the direction of writing'],
  [/[\u2028\u2029]/, 'a line separator'],
  [/\p{Cc}/u, 'a control character'],
  [/\p{Co}/u, 'a character of private use, which each device shows differently'],
  [/\p{Noncharacter_Code_Point}/u, 'a code that is no character'],
  [new RegExp(`[${BLANK}]`, 'u'), 'a blank that is no space'],
];
const INVISIBLE = 'an invisible character';

/**
 * Says what is wrong with a text.
 *
 * @param lines whether it may have several lines
 * @returns undefined if nothing is wrong
 */
export function textFault(text: string, lines: boolean): string | undefined {
  // Most text is plain, and a file has much of it.
  if (/^[!-~][ -~]*$/.test(text)) return undefined;
  const looked = text.replace(FLAG, '').replace(BRAILLE_BLANK, '');
  const [found] = (lines ? UNFIT_IN_LINES : UNFIT).exec(looked) ?? [];
  if (found === undefined) {
    if (!VISIBLE.test(looked)) return 'must have a visible character';
    const [alone] = ALONE.exec(looked) ?? [];
    if (alone === undefined) return undefined;
    return `must have a letter or sign right before the mark ${named(alone)}`;
  }
  const [, fault] = KINDS.find(([kind]) => kind.test(found)) ?? [];
  if (fault?.startsWith('must')) return fault;
  return `must not contain ${fault ?? INVISIBLE} (${named(found)})`;
}

/** `U+200B` */
function named(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}
