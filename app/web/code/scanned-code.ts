import { isGtin } from '../../ledger/code';

/** FNC1 separates the elements of a GS1 code. Scanners send it as ASCII 29, or as "↔" if they type by Alt codes. */
export const GROUP_SEPARATOR = '\u001d';
const ALT_SEPARATOR = '↔';

/** Application Identifiers whose elements have one length, with those digits; all others end at FNC1. */
const FIXED_LENGTHS: readonly (readonly [RegExp, number])[] = [
  [/^00/, 20],
  [/^0[123]/, 16],
  [/^1[1-9]/, 8],
  [/^20/, 4],
  [/^3[1-6]/, 10],
  [/^41/, 16],
];

/**
 * The codes that a scanned text may stand for, the likeliest first: the text itself, and the GTIN in it if it is a
 * GS1 code or a GS1 Digital Link (GS1 General Specifications, sections 3 and 7.8; Digital Link URI syntax, section 4).
 *
 *     ]C101040063813339311726043010AB    https://id.gs1.org/01/04006381333931/10/AB
 *     (01)04006381333931(10)AB
 */
export function scannedCodes(text: string): string[] {
  const whole = text.trim();
  // The symbology identifier of ISO/IEC 15424: "]C1" is GS1-128, "]E0" an EAN.
  const bare = whole
    .replace(/^\][A-Za-z][0-9A-Za-z]/, '')
    .replaceAll(GROUP_SEPARATOR, ALT_SEPARATOR)
    .replace(/^↔+/, '');
  const gtin = linkedGtin(bare) ?? bracketedGtin(bare) ?? elementGtin(bare);
  return [...new Set([whole, bare, gtin])].filter(
    (code) => code !== undefined && code !== '',
  ) as string[];
}

/** The code to give to a new product: the GTIN if there is one. */
export function articleCode(text: string): string {
  return scannedCodes(text).at(-1) ?? '';
}

function linkedGtin(text: string): string | undefined {
  const match = /^https?:\/\/[^\s?#]+?\/(?:01|gtin)\/([0-9]+)(?:[/?#]|$)/i.exec(text);
  return gtinOf(match?.[1]);
}

function bracketedGtin(text: string): string | undefined {
  return gtinOf(/^(?:\([0-9]{2,4}\)[^()]+)*?\(0[12]\)([0-9]{14})(?:\(|$)/.exec(text)?.[1]);
}

function elementGtin(text: string): string | undefined {
  let rest = text;
  while (rest !== '') {
    const gtin = gtinOf(/^0[12]([0-9]{14})/.exec(rest)?.[1]);
    if (gtin) return gtin;
    const fixed = FIXED_LENGTHS.find(([identifier]) => identifier.test(rest))?.[1];
    const end = fixed ?? rest.indexOf(ALT_SEPARATOR);
    if (end < 0 || end > rest.length) return undefined;
    rest = rest.slice(end).replace(/^↔/, '');
  }
  return undefined;
}

function gtinOf(digits: string | undefined): string | undefined {
  return digits !== undefined && isGtin(digits) ? digits : undefined;
}
