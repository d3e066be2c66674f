/**
 * The one rule for text that people write and others read: names, codes, references, notes, of forms and files alike.
 * What cannot be seen, or changes how what stands beside it is seen, is refused, and never taken away in silence.
 *
 * Taken are the marks that Hebrew, Arabic, Persian and Indian texts need, and what joins emoji: U+200C to U+200F,
 * U+061C and variation selectors.
 */

/** Characters that are refused wherever text is in one line. */
const UNFIT =
  /[\p{Cc}\p{Cs}\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffd\p{Noncharacter_Code_Point}]/u;

/** The same where there are lines, which end by LF. */
const UNFIT_IN_LINES =
  /(?![\n\t])[\p{Cc}\p{Cs}\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffd\p{Noncharacter_Code_Point}]/u;

/** Something to see: not blanks and marks alone. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** Kinds of what is refused, the first that a character is of. */
const KINDS: readonly [RegExp, string][] = [
  [/\n|\r|\t/, 'must be in one line, without tabs'],
  [/\p{Cs}/u, 'half of a character, a lone surrogate'],
  [/\ufffd/, 'a sign that stands for a character that was lost'],
  [/[\u202a-\u202e\u2066-\u2069]/, 'a control of the direction of writing'],
  [/[\u2028\u2029]/, 'a line separator'],
  [/\p{Cc}/u, 'a control character'],
  [/\p{Noncharacter_Code_Point}/u, 'a code that is no character'],
];
const INVISIBLE = 'an invisible character';

/**
 * What is wrong with a text.
 *
 * @param lines whether it may have several lines
 * @returns undefined where nothing is
 */
export function textFault(text: string, lines: boolean): string | undefined {
  const [found] = (lines ? UNFIT_IN_LINES : UNFIT).exec(text) ?? [];
  if (found === undefined)
    return VISIBLE.test(text) ? undefined : 'must have something to see in it';
  const [, fault] = KINDS.find(([kind]) => kind.test(found)) ?? [];
  if (fault?.startsWith('must')) return fault;
  const code = found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `must not have ${fault ?? INVISIBLE} (U+${code}) in it`;
}
