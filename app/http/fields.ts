import { z } from 'zod';
import { type FieldFault, invalidRequest } from './problem';

/** The largest productID: what INT UNSIGNED holds. */
const PRODUCT_ID_MAX = 4_294_967_295;

/** The largest quantity: what a signed 32-bit integer holds, in every language that reads it. */
const QUANTITY_MAX = 2_147_483_647;

/** Text given once; `expected` says what is wanted instead of anything else. */
function text(expected: string) {
  return z.string({
    error: ({ input }) => {
      if (input === undefined) return 'is required';
      if (Array.isArray(input)) return 'must be given once';
      return expected;
    },
  });
}

/** A whole number in plain digits: no sign, no leading zero, no exponent, no other script's digits. */
export function wholeNumber(min: number, max: number) {
  const expected = `must be a whole number from ${min} to ${max} in plain digits, such as 55`;
  return text(expected)
    .regex(/^(0|[1-9][0-9]*)$/, expected)
    .transform(Number)
    .refine((number) => number >= min && number <= max, expected);
}

export const productID = wholeNumber(1, PRODUCT_ID_MAX);
export const quantity = wholeNumber(0, QUANTITY_MAX);

const PRICE = 'must be a price from 0 to 999999999.9999 with at most four decimals, such as 4.50';

/** A price, read as ten-thousandths of the currency unit: 4.50 as 45000. */
export const price = text(PRICE)
  .regex(/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?$/, PRICE)
  .transform((decimal) => {
    const [units = '', fraction = ''] = decimal.split('.');
    return Number(units) * 10_000 + Number(fraction.padEnd(4, '0'));
  });

const DAY = 'must be a day such as 2026-11-23';

/** A calendar day, in UTC. */
export const day = text(DAY).refine(isDay, DAY);

function isDay(value: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return (
    value >= '1000-01-01' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
  );
}

/**
 * Reads fields by a schema.
 *
 * @throws Problem `invalid-request` with every fault of them
 */
export function validated<S extends z.ZodObject>(schema: S, fields: unknown): z.output<S> {
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues.flatMap((issue) => faults(issue, schema)));
}

function faults(issue: z.core.$ZodIssue, schema: z.ZodObject): FieldFault[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema.shape).join(', ') || 'none';
    return issue.keys.map((field) => ({ field, detail: `is not known here (fields: ${known})` }));
  }
  return [{ field: issue.path.join('.'), detail: issue.message }];
}
