/**
 * The one rule by which codes (SKUs and barcodes) are compared: by the catalogue, imports, searches, and the page's
 * scans. Page and client import this file as well, so it stands alone and needs neither Node nor a browser.
 *
 * Two codes are the same article's where `foldedCode` makes the same of both:
 *
 * - **Space**: around a code it does not count, and a run of white space inside (no-break spaces and braille blanks,
 *   too) is one space.
 *   What cannot be seen (zero-width characters, soft hyphens, direction marks, a byte order mark) does not count.
 * - **Form**: composed and decomposed characters are the same (Unicode's canonical equivalence, NFC = NFD). Others are
 *   not: "²" is not "2", and "Ａ" in full width is not "A".
 * - **Case** does not count, in any script: codes whose capitals are the same are the same. So "ß" is "SS" and "ẞ", and
 *   Turkish "ı" is "I" and "i", as its capital says; "İ" keeps its dot, so it is another letter.
 * - **GTINs** are the same article in 8, 12, 13 or 14 digits: GS1 has the shorter ones stand in the longer fields behind
 *   zeros, and keeps the numbers free that would make two articles one (GS1 General Specifications, sections 1.4 and
 *   3.3.2). So UPC-A 049634068141, EAN-13 0049634068141 and GTIN-14 00049634068141 are one code, and so are EAN-8 96385074
 *   and 0000096385074. The check digit is not asked for: padding does not change it, shops print numbers of their own
 *   without a right one, and scanners add the zero to those as well. Digits of another number are text: leading zeros
 *   count there. An 8-digit UPC-E is the UPC-A that it abbreviates: see `upcAOf`.
 *
 * Where codes are looked up, one that is equal letter by letter goes before those that are equal by this rule. Where
 * several are equal by this rule only, none is chosen. Ledgers from before the rule may hold such codes.
 */
export function foldedCode(code: string): string {
  if (isPlain(code)) return hasGtinDigits(code) ? inFewestDigits(code) : code;
  const folded = code
    .replace(UNSEEN, '')
    .replace(/[\s\u2800]+/gu, ' ')
    .trim()
    // Decomposed first, as canonical caseless matching asks (The Unicode Standard, section 3.13, D145).
    .normalize('NFD')
    // Small letters first: some have one capital only by way of them, as "ẞ" has "SS".
    .toLowerCase()
    .toUpperCase()
    .normalize('NFC');
  return hasGtinDigits(folded) ? inFewestDigits(folded) : folded;
}

/** Whether two codes are the same by the rule above. */
export function isSameCode(a: string, b: string): boolean {
  return a === b || foldedCode(a) === foldedCode(b);
}

/**
 * Whether a text is a GTIN: 8, 12, 13 or 14 ASCII digits of which the last is the right check digit. Nothing is
 * trimmed. A UPC-E is none, since it has the check digit of another number: see `upcAOf`.
 */
export function isGtin(text: string): boolean {
  return hasGtinDigits(text) && hasRightCheckDigit(text);
}

/**
 * Whether a text has as many digits as a GTIN, and a last one that is wrong: a slip of a hand, most likely, or a
 * number of the shop's own. Worth a question, never a refusal. False for a UPC-E.
 */
export function hasWrongCheckDigit(text: string): boolean {
  const digits = text.trim();
  return hasGtinDigits(digits) && !hasRightCheckDigit(digits) && upcAOf(digits) === undefined;
}

/**
 * The GTIN that a text was before a spreadsheet took its leading zeros away, which it does with what it holds for a
 * number; undefined where the text is not likely to be one. Of 11 digits one was taken, since no GTIN has so many. 10 and 9
 * digits of what had 12, and 7 of what had 8, are told only where the check digit is right. (12 and 13 digits are the same
 * GTIN with a zero and without: nothing is lost there.) A shop's own numbers may look so by chance: worth a question,
 * never a refusal.
 *
 * @returns 12 digits, or 8 (EAN-8, UPC-E)
 */
export function withLostZeros(text: string): string | undefined {
  const digits = text.trim();
  if (!/^[0-9]{7}$|^[0-9]{9,11}$/.test(digits)) return undefined;
  const whole = digits.padStart(digits.length === 7 ? 8 : 12, '0');
  const likely = digits.length === 11 || hasRightCheckDigit(whole) || upcAOf(whole) !== undefined;
  return likely ? whole : undefined;
}

/**
 * Whether a text is what a spreadsheet or a script has made of a code, so that the code itself is lost:
 *
 * - a number with an exponent: `4.00638E+12`, `4,00638E+12`, `4e+12`, `1E5`. `12E34` and `AE5` are codes.
 * - a long number with decimals that say nothing: `4006381333931.0`, `4006381333931,00`
 * - an error instead of a value: `#N/A`, `#REF!`, `#WERT!`, `#NV`, `####`
 *
 * To be refused: many codes become the same text so, and one product would take another's. That `1E5` might be
 * somebody's code is no reason to take it, since the next spreadsheet makes 100000 of it.
 */
export function isDamagedCode(text: string): boolean {
  const code = text.replace(UNSEEN, '').trim();
  return (
    /^[+-]?[0-9]+[.,٫][0-9]*E[+-]?[0-9]{1,3}$/i.test(code) ||
    /^[+-]?[0-9]+E[+-][0-9]{1,3}$/i.test(code) ||
    /^[+-]?[1-9]E[0-9]{1,3}$/i.test(code) ||
    /^[0-9]{6,}[.,]0+$/.test(code) ||
    /^#(?:N\/A|NV|[\p{L}0-9/]+[!?]|#+)$/u.test(code)
  );
}

/** What to tell somebody who gives a code of which `isDamagedCode` is true. */
export const DAMAGED_CODE =
  'must be the code itself, with all its digits: this is what a spreadsheet made of it (format the column as text)';

/**
 * The UPC-A that an 8-digit UPC-E abbreviates, since some scanners send the one and some the other: 04252614 is
 * 042100005264. Undefined where the text is none. It begins with 0 or 1, has the check digit of the UPC-A, and is the one
 * short form of it (GS1 General Specifications, section 5.2.2.4.2). One in ten has the check digit of an EAN-8 as well, and
 * is taken for that.
 */
export function upcAOf(text: string): string | undefined {
  const match = /^([01])([0-9]{6})([0-9])$/.exec(text);
  if (match === null || hasRightCheckDigit(text)) return undefined;
  const [, system, six, check] = match as unknown as [string, string, string, string];
  const ten = expanded(six);
  const whole = `${system}${ten}${check}`;
  return ten !== undefined && hasRightCheckDigit(whole) ? whole : undefined;
}

/** The ten digits between number system and check digit, of the six that UPC-E has; undefined where it writes them otherwise. */
function expanded(six: string): string | undefined {
  const last = Number(six[5]);
  if (last <= 2) return `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`;
  if (last === 3)
    return Number(six[2]) > 2 ? `${six.slice(0, 3)}00000${six.slice(3, 5)}` : undefined;
  if (last === 4) return six[3] !== '0' ? `${six.slice(0, 4)}00000${six[4]}` : undefined;
  return six[4] !== '0' ? `${six.slice(0, 5)}0000${last}` : undefined;
}

/** Characters that nobody sees: Unicode's default ignorable ones, and those that only steer. */
const UNSEEN = /\uFEFF|(?!\s)[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

/** Whether the rule has nothing to fold but GTINs: the codes of most shops, which need no second text in memory. */
function isPlain(code: string): boolean {
  return /^(?:[!-`{-~]+ )*[!-`{-~]+$/.test(code);
}

function hasGtinDigits(text: string): boolean {
  return /^(?:[0-9]{8}|[0-9]{12,14})$/.test(text);
}

/** GS1's check digit: with weights 3 and 1 from the right, all sums are multiples of ten. */
function hasRightCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    sum += place % 2 === 0 ? digit : digit * 3;
  }
  return sum % 10 === 0;
}

/** The one text of a GTIN in all of its lengths: 12 digits where that is enough, since most codes are that already. */
function inFewestDigits(gtin: string): string {
  const digits = gtin.replace(/^0+/, '');
  const upcA = digits.length <= 8 ? upcAOf(digits.padStart(8, '0')) : undefined;
  return upcA ?? digits.padStart(12, '0');
}
