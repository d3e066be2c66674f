import { z } from 'zod';
import type { Expected } from '../../ledger/mark';
import { type FieldDoc, text } from './field';

/** The content of an entity tag, or of a field that names a record or revision: a number, and usually its mark. */
const NUMBER_AND_MARK = /^([0-9]{1,16})(?:-([0-9a-z.]{1,40}))?$/;

/** Reads a position such as `231-h5x2k1`, or a number alone; undefined for other text. */
export function positionFrom(named: string): Expected | undefined {
  const [, number, mark] = NUMBER_AND_MARK.exec(named) ?? [];
  if (number === undefined) return undefined;
  return mark === undefined ? Number(number) : { number: Number(number), mark };
}

/** The number of a position, with or without a mark. */
export function numberOf(position: Expected): number {
  return typeof position === 'number' ? position : position.number;
}

/**
 * A field that names a record or revision: `231-h5x2k1` as answers have it, or the number alone, which would also fit
 * a record of another ledger.
 */
export function position(min: number) {
  const expected = `must be a whole number from ${min} in plain digits, such as 231, or one with its mark, such as 231-h5x2k1`;
  return text(expected)
    .transform((value, context) => {
      const found = positionFrom(value);
      const isPlain = !/^0[0-9]/.test(value);
      if (found !== undefined && isPlain && isWithin(numberOf(found), min)) return found;
      context.addIssue(expected);
      return z.NEVER;
    })
    .meta({ doc: { type: 'string', examples: ['231-h5x2k1'] } satisfies FieldDoc });
}

function isWithin(number: number, min: number): boolean {
  return number >= min && number <= Number.MAX_SAFE_INTEGER;
}
