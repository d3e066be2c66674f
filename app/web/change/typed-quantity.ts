import { isGtin, upcAOf } from '../../ledger/code';
import { QUANTITY_MAX } from '../../ledger/quantity';
import { units } from '../ui/format';
import { type NumberMarks, plainCharacters, readNumber } from '../ui/typed-number';

/** Nobody types a quantity as long as these codes. Shorter ones may be either; from 4 digits on the page asks. */
export const CODE_LENGTH_MIN = 6;
const DOUBTFUL_LENGTH_MIN = 4;

/**
 * The page asks about more than ten times the largest number that the product has had, because one key too many makes
 * ten times as many; but only from a hundred more, because a product that had two may well get thirty.
 */
const ASKED_BEYOND = 10;
const ASKED_MORE = 100;

/** From this many units on, the page asks about a product's first delivery, which has nothing to compare with. */
const ASKED_FIRST = 1_000;

/** A quantity as it was typed, and what its judgement depends on. */
export interface TypedQuantity {
  readonly text: string;
  /** The least that it may be: 0 for a count, 1 for every other change. */
  readonly least: 0 | 1;
  readonly marks: NumberMarks;
  /** Whether its keys came as fast as a scanner sends them. */
  readonly isScanned: boolean;
  /** Whether some product has it as its barcode or SKU. */
  readonly isKnownCode: boolean;
  /** The largest stock, sale or order of the product that is known. */
  readonly largest: number;
  /** Whether the product never had any. */
  readonly isNew: boolean;
}

/** What to do with a typed quantity. */
export type Judgement =
  | { readonly verdict: 'taken'; readonly quantity: number }
  /** Recorded only if the user confirms it. */
  | { readonly verdict: 'doubtful'; readonly quantity: number; readonly detail: string }
  /** An article's code, not a quantity. */
  | { readonly verdict: 'code'; readonly detail: string }
  | { readonly verdict: 'wrong'; readonly detail: string };

/** A quantity that the user is asked to confirm. */
export type DoubtfulQuantity = Extract<Judgement, { verdict: 'doubtful' }>;

/**
 * Judges a typed quantity. Digits alone prove nothing, since a scanner types digits, too. A code shows by its speed,
 * its leading zeros, its check digit, or because a product has it. The page asks about a quantity far beyond the largest
 * one of the product so far.
 */
export function judgeQuantity(typed: TypedQuantity): Judgement {
  const digits = plainCharacters(typed.text);
  if (/^[0-9]+$/.test(digits)) {
    const doubt = codeOrDoubt(digits, typed);
    if (doubt) return doubt;
  }
  return judgeNumber(typed);
}

/** Whether a text in a field for a number looks like an article's code, no matter which product has it. */
export function looksLikeCode(text: string, isScanned: boolean): boolean {
  const digits = plainCharacters(text);
  if (!/^[0-9]+$/.test(digits)) return false;
  if (isScanned) return true;
  return digits.length >= CODE_LENGTH_MIN && (digits.startsWith('0') || isGtin(digits));
}

function codeOrDoubt(digits: string, typed: TypedQuantity): Judgement | undefined {
  const { isScanned, isKnownCode } = typed;
  const { length } = digits;
  const quantity = Number(digits);
  const code = { verdict: 'code', detail: `“${digits}” is a code, not a quantity.` } as const;
  const hasZeros = /^0[0-9]/.test(digits);
  if (isScanned && (length >= DOUBTFUL_LENGTH_MIN || isKnownCode || hasZeros)) return code;
  if (isKnownCode && length >= CODE_LENGTH_MIN) return code;
  if (hasZeros) {
    if (length >= CODE_LENGTH_MIN) return code;
    return { verdict: 'wrong', detail: `Type it without the 0 in front: ${quantity}.` };
  }
  if (isGtin(digits) || upcAOf(digits) !== undefined) {
    if (quantity > QUANTITY_MAX || isFarBeyond(quantity, typed)) return code;
    const detail = `${units(quantity)} may also be a barcode. Is it the quantity?`;
    return { verdict: 'doubtful', quantity, detail };
  }
  if (isKnownCode && length >= DOUBTFUL_LENGTH_MIN) {
    const detail = `${digits} is also the code of a product. Is it the quantity?`;
    return { verdict: 'doubtful', quantity, detail };
  }
  if (isScanned && quantity >= typed.least) {
    const detail = `${digits} was typed as fast as a scanner types. Is it the quantity?`;
    return { verdict: 'doubtful', quantity, detail };
  }
  return undefined;
}

function judgeNumber(typed: TypedQuantity): Judgement {
  const { text, least, marks, largest } = typed;
  const read = readNumber(text, marks);
  if (read.fault === 'ambiguous') {
    return {
      verdict: 'wrong',
      detail: `Type a whole number without marks: ${read.readings[0]}, if that is what you mean.`,
    };
  }
  if (read.fault !== undefined || read.plain.includes('.')) {
    return { verdict: 'wrong', detail: 'Type a whole number, such as 12.' };
  }
  const quantity = Number(read.plain);
  if (quantity < least || quantity > QUANTITY_MAX) {
    const detail = `Type a number from ${least} to ${units(QUANTITY_MAX)}.`;
    return { verdict: 'wrong', detail };
  }
  if (isFarBeyond(quantity, typed)) {
    const most = largest > 0 ? `the most so far was ${units(largest)}` : 'there was none so far';
    const detail = `${units(quantity)} is far more than this product ever had: ${most}. Is it right?`;
    return { verdict: 'doubtful', quantity, detail };
  }
  return { verdict: 'taken', quantity };
}

function isFarBeyond(quantity: number, { largest, isNew }: TypedQuantity): boolean {
  if (isNew && quantity < ASKED_FIRST) return false;
  return quantity > ASKED_BEYOND * largest && quantity >= largest + ASKED_MORE;
}
