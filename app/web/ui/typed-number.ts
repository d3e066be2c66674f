/** The marks that a language writes numbers with. */
export interface NumberMarks {
  readonly decimal: string;
  readonly group: string;
}

/** A typed text read as a number: plain digits with a point, as the service reads them; or why it is no number. */
type TypedNumber =
  | { readonly plain: string; readonly fault?: undefined }
  | { readonly plain?: undefined; readonly fault: 'none' | 'empty' }
  | {
      readonly plain?: undefined;
      readonly fault: 'ambiguous';
      /** Both readings, plain: the first with the mark as that of thousands. */
      readonly readings: readonly [string, string];
    };

/** The marks of a language. If none is given, it is the browser's language, in which numbers are shown. */
export function marksOf(locale?: string): NumberMarks {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(1_234_567.8);
  const mark = (type: string) => asciiMark(parts.find((part) => part.type === type)?.value ?? '');
  return { decimal: mark('decimal') || '.', group: mark('group') };
}

/** The marks of the language that the page is shown in. */
export const MARKS = marksOf();

/**
 * Reads a number of 0 and more as people type it, in the form in which the page shows numbers.
 *
 * - The digits of any script count, full-width ones too: ٤٢, ४२, ４２.
 * - Spaces and apostrophes separate thousands in every language. So do commas and points, if there are several.
 * - One comma or point, with three digits behind it, is what the language has it for: 1.234 is 1234 in German. Where the
 *   language has it for decimals, or for nothing, somebody may mean either, and neither is guessed.
 * - With any other number of digits behind it, it can only be a decimal mark: 59,90 is 59.90 everywhere.
 *
 * Leading zeros are dropped: 007 is 7. Text with signs, exponents or anything else is not a number.
 */
export function readNumber(text: string, marks: NumberMarks): TypedNumber {
  const typed = plainCharacters(text);
  if (typed === '') return { fault: 'empty' };
  if (!/^[0-9]*([.,' ][0-9]+)*$/.test(typed)) return { fault: 'none' };
  const found = [...typed].filter((character) => /[^0-9]/.test(character));
  const last = found.at(-1);
  if (last === undefined) return { plain: trimmed(typed) };
  if (last === ' ' || last === "'") return grouped(typed);
  const place = typed.lastIndexOf(last);
  const [before, after] = [typed.slice(0, place), typed.slice(place + 1)];
  if (found.length > 1) {
    return found.every((mark) => mark === last) ? grouped(typed) : decimal(before, after);
  }
  // A thousands separator follows one to three digits, which do not begin with 0.
  if (after.length !== 3 || !/^[1-9][0-9]{0,2}$/.test(before)) return decimal(before, after);
  if (last === marks.group) return { plain: before + after };
  return { fault: 'ambiguous', readings: [before + after, `${before}.${after}`] };
}

/** Before a decimal mark, another mark may separate thousands. */
function decimal(before: string, after: string): TypedNumber {
  const whole = before === '' ? { plain: '0' } : grouped(before);
  return whole.plain === undefined ? whole : { plain: `${whole.plain}.${after}` };
}

/** Digits in threes behind the first one to three, or in twos before the last three, as in India: 12,34,567. */
function grouped(text: string): TypedNumber {
  if (
    !/^[0-9]{1,3}(?:([.,' ])[0-9]{3}(?:\1[0-9]{3})*|(?:([.,' ])[0-9]{2}(?:\2[0-9]{2})*\2[0-9]{3}))?$/.test(
      text,
    )
  ) {
    return /^[0-9]+$/.test(text) ? { plain: trimmed(text) } : { fault: 'none' };
  }
  return { plain: trimmed(text.replace(/[^0-9]/g, '')) };
}

function trimmed(digits: string): string {
  return digits.replace(/^0+(?=[0-9])/, '');
}

/** Text with ASCII digits and marks, as `readNumber` reads it. */
export function plainCharacters(text: string): string {
  // Not NFKC, which makes "²" a 2.
  return [...text.trim().replace(/[\uFF01-\uFF5E]/g, narrow)]
    .filter((character) => !/[\p{Cf}]/u.test(character))
    .map((character) => digitOf(character) ?? asciiMark(character))
    .join('');
}

/** The ASCII form of a full-width character. */
function narrow(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
}

function asciiMark(mark: string): string {
  if (/^[\p{Zs}]$/u.test(mark)) return ' ';
  if (/^['’‘`´]$/.test(mark)) return "'";
  // Arabic has its own marks.
  if (mark === '٫') return '.';
  if (mark === '٬' || mark === '،') return ',';
  return mark;
}

/** Zeros of the scripts that write numbers with ten digits in a row, as this machine knows them. */
let zeros: readonly number[] | undefined;

function digitOf(character: string): string | undefined {
  if (/[0-9]/.test(character)) return character;
  if (!/\p{Nd}/u.test(character)) return undefined;
  zeros ??= Intl.supportedValuesOf('numberingSystem').flatMap((system) => {
    const zero = new Intl.NumberFormat(`en-u-nu-${system}`).format(0);
    return /^\p{Nd}$/u.test(zero) ? [zero.codePointAt(0) as number] : [];
  });
  const point = character.codePointAt(0) as number;
  const zero = zeros.find((first) => point >= first && point < first + 10);
  return zero === undefined ? undefined : String(point - zero);
}
