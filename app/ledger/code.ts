/**
 * The one rule for comparing codes (SKUs and barcodes), in the catalogue, imports, searches and the page's scans. Page and
 * client import this file, too, so it needs neither Node nor a browser.
 *
 * Two codes are the same if `foldedCode` returns the same for both:
 *
 * - **Space** around a code is ignored. White space inside, including no-break spaces and braille blanks, counts as one
 *   space. Invisible characters (zero-width characters, soft hyphens, direction marks, a byte order mark) are ignored.
 * - **Form**: composed and decomposed characters are the same (Unicode's canonical equivalence, NFC = NFD). Others are
 *   not: "²" is not "2", and "Ａ" in full width is not "A".
 * - **Case** is ignored in every script: codes with the same capitals are the same. So "ß" is "SS" and "ẞ", and Turkish
 *   "ı" is "I" and "i", because its capital is. "İ" keeps its dot, so it is another letter.
 * - **GTINs** are the same with 8, 12, 13 or 14 digits. GS1 pads shorter ones with leading zeros, and never assigns a number
 *   that would then be another article's (GS1 General Specifications, sections 1.4 and 3.3.2). So UPC-A 049634068141,
 *   EAN-13 0049634068141 and GTIN-14 00049634068141 are one code, and so are EAN-8 96385074 and 0000096385074. The check
 *   digit may be wrong: padding does not change it, some shops print numbers of their own without a right one, and scanners
 *   pad those, too. Digits of any other length are text, in which leading zeros count. An 8-digit UPC-E is the same as the
 *   UPC-A that it abbreviates: see `upcAOf`.
 *
 * A search for a code prefers exactly this code to those that are the same by this rule. If several are the same only by
 * this rule, none is chosen. Ledgers from before the rule may have such codes.
 */
export function foldedCode(code: string): string {
  if (isPlain(code)) return hasGtinDigits(code) ? inFewestDigits(code) : code;
  const folded = code
    .replace(UNSEEN, '')
    .replace(/[\s\u2800]+/gu, ' ')
    .trim()
    // Decomposed first, as canonical caseless matching asks (The Unicode Standard, section 3.13, D145).
    .normalize('NFD')
    // Small letters first: only so do some letters get their usual capital, such as "SS" for "ẞ".
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
 * Whether a text is a GTIN: 8, 12, 13 or 14 ASCII digits, the last of which is the right check digit. The text is not
 * trimmed. A UPC-E is not a GTIN, since its check digit is that of another number: see `upcAOf`.
 */
export function isGtin(text: string): boolean {
  return hasGtinDigits(text) && hasRightCheckDigit(text);
}

/**
 * Whether a text has as many digits as a GTIN and a wrong check digit. Most likely it is a typing error, but it may be the
 * shop's own number: ask about it, but do not refuse it. False for a UPC-E.
 */
export function hasWrongCheckDigit(text: string): boolean {
  const digits = text.trim();
  return hasGtinDigits(digits) && !hasRightCheckDigit(digits) && upcAOf(digits) === undefined;
}

/**
 * The GTIN that a text was before a spreadsheet took it for a number and dropped its leading zeros; undefined if that is
 * not likely. From 11 digits one is missing, since no GTIN has 11. From 10 or 9 digits, of 12, and from 7, of 8, some are
 * missing only if the check digit is then right. (With 12 and 13 digits nothing is lost: they are the same GTIN with a
 * zero and without.) A shop's own numbers may look like this by chance: ask about them, but do not refuse them.
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
 * Whether a spreadsheet or a script has turned a code into something else, so that the code itself is lost:
 *
 * - a number with an exponent: `4.00638E+12`, `4,00638E+12`, `4e+12`, `1E5`. `12E34` and `AE5` are codes.
 * - a long number with decimals that are all 0: `4006381333931.0`, `4006381333931,00`
 * - an error instead of a value: `#N/A`, `#REF!`, `#WERT!`, `#NV`, `####`
 *
 * Refuse it: many codes become the same text, so one product would get another's code. `1E5` could be somebody's real code,
 * but the next spreadsheet would turn it into 100000.
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

/** The fault of a code for which `isDamagedCode` is true. */
export const DAMAGED_CODE =
  'must be the code itself, with all its digits: this is what a spreadsheet made of it (format the column as text)';

/**
 * The UPC-A that an 8-digit UPC-E abbreviates: 04252614 is 042100005264. Some scanners send the one, some the other.
 * Undefined if the text is not a UPC-E. A UPC-E begins with 0 or 1, has the check digit of its UPC-A, and is the only short
 * form of it (GS1 General Specifications, section 5.2.2.4.2). One in ten is also a valid EAN-8, and counts as that.
 */
export function upcAOf(text: string): string | undefined {
  const match = /^([01])([0-9]{6})([0-9])$/.exec(text);
  if (match === null || hasRightCheckDigit(text)) return undefined;
  const [, system, six, check] = match as unknown as [string, string, string, string];
  const ten = expanded(six);
  const whole = `${system}${ten}${check}`;
  return ten !== undefined && hasRightCheckDigit(whole) ? whole : undefined;
}

/** The ten digits of a UPC-A that the six of a UPC-E stand for; undefined if a UPC-E would write these ten differently. */
function expanded(six: string): string | undefined {
  const last = Number(six[5]);
  if (last <= 2) return `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`;
  if (last === 3)
    return Number(six[2]) > 2 ? `${six.slice(0, 3)}00000${six.slice(3, 5)}` : undefined;
  if (last === 4) return six[3] !== '0' ? `${six.slice(0, 4)}00000${six[4]}` : undefined;
  return six[4] !== '0' ? `${six.slice(0, 5)}0000${last}` : undefined;
}

/** Invisible characters: Unicode's default ignorable ones, and control and format characters. */
const UNSEEN = /\uFEFF|(?!\s)[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

/** Whether a code needs no folding, except perhaps as a GTIN. Most codes do not, so they need no second text in memory. */
function isPlain(code: string): boolean {
  return /^(?:[!-`{-~]+ )*[!-`{-~]+$/.test(code);
}

function hasGtinDigits(text: string): boolean {
  return /^(?:[0-9]{8}|[0-9]{12,14})$/.test(text);
}

/** GS1's check digit: the sum of the digits, weighted 1 and 3 in turn from the right, is a multiple of ten. */
function hasRightCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    sum += place % 2 === 0 ? digit : digit * 3;
  }
  return sum % 10 === 0;
}

/** The same text for all lengths of a GTIN: 12 digits if that is enough, since most codes have 12 already. */
function inFewestDigits(gtin: string): string {
  const digits = gtin.replace(/^0+/, '');
  const upcA = digits.length <= 8 ? upcAOf(digits.padStart(8, '0')) : undefined;
  return upcA ?? digits.padStart(12, '0');
}
