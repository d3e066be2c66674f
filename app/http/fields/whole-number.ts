import { z } from 'zod';
import { PRODUCT_ID_MAX } from '../../ledger/decide-product';
import { LOCATION_ID_MAX } from '../../ledger/locations/location';
import { QUANTITY_MAX } from '../../ledger/quantity';
import { type FieldDoc, text } from './field';

/** A whole number in digits from 0 to 9, without leading zeros or an exponent. A minus is taken only if it may be negative. */
export function wholeNumber(min: number, max: number) {
  const expected = `must be a whole number from ${min} to ${max} in plain digits, such as 55`;
  const digits = min < 0 ? /^(0|-?[1-9][0-9]*)$/ : /^(0|[1-9][0-9]*)$/;
  return text(expected)
    .transform((value, context) => {
      const number = digits.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      context.addIssue(expected);
      return z.NEVER;
    })
    .meta({ doc: { type: 'integer', minimum: min, maximum: max } satisfies FieldDoc });
}

export const productID = wholeNumber(1, PRODUCT_ID_MAX).meta({
  doc: { type: 'integer', minimum: 1, maximum: PRODUCT_ID_MAX, examples: [1] } satisfies FieldDoc,
});
/** A location; where it is left out, the first one is meant. */
export const locationID = wholeNumber(1, LOCATION_ID_MAX).meta({
  doc: { type: 'integer', minimum: 1, maximum: LOCATION_ID_MAX, examples: [2] } satisfies FieldDoc,
});
export const quantity = wholeNumber(0, QUANTITY_MAX);
/** Units of a sale, at least one. */
export const soldQuantity = wholeNumber(1, QUANTITY_MAX);
export const recordNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** Units that came in; negative if they went out. */
export const quantityChange = wholeNumber(-QUANTITY_MAX, QUANTITY_MAX).refine(
  (number) => number !== 0,
  'must not be 0',
);
