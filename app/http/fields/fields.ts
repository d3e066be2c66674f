import { z } from 'zod';
import { dayOf, isDay } from '../../ledger/day';
import { PRODUCT_ID_MAX } from '../../ledger/decide-product';
import { MONEY_DECIMALS, MONEY_SCALE, PRICE_MAX } from '../../ledger/money';
import { QUANTITY_MAX } from '../../ledger/quantity';
import { Slices } from '../../ledger/slice';
import type { FieldFault } from '../../wire/problem-members';
import { FAULTS_MAX, invalidRequest } from '../problems/problem';
import { textFault } from './text-fault';

/** What the documentation says of a field, whose value is text as it is sent and something else once read. */
export type FieldDoc = Readonly<Record<string, unknown>> & { readonly type: string };

/** Text given once; `expected` says what is wanted instead of anything else. */
export function text(expected: string) {
  return z.string({
    error: ({ input }) => {
      if (input === undefined) return 'is required';
      if (Array.isArray(input)) return 'must be given once';
      return expected;
    },
  });
}

/** A whole number in plain digits: no leading zero, no exponent, no other script's digits; a sign only where it may be negative. */
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
export const quantity = wholeNumber(0, QUANTITY_MAX);
/** Units of a sale: one of none says nothing. */
export const soldQuantity = wholeNumber(1, QUANTITY_MAX);
export const recordNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** Units that came, negative where they went. */
export const quantityChange = wholeNumber(-QUANTITY_MAX, QUANTITY_MAX).refine(
  (number) => number !== 0,
  'must not be 0',
);

const HIGHEST_PRICE = PRICE_MAX / MONEY_SCALE;

const PRICE = `must be a price from 0 to ${HIGHEST_PRICE} with at most four decimals, such as 4.50`;

/** A price, read as ten-thousandths of the currency unit: 4.50 as 45000. */
export const price = text(PRICE)
  .regex(/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?$/, PRICE)
  .transform((decimal) => {
    const [units = '', fraction = ''] = decimal.split('.');
    return Number(units) * MONEY_SCALE + Number(fraction.padEnd(MONEY_DECIMALS, '0'));
  })
  .meta({ doc: { type: 'number', minimum: 0, maximum: HIGHEST_PRICE } satisfies FieldDoc });

/** Text of people's own: bounded, not empty, and nothing in it that cannot be seen. `textFault` has the rule. */
export function freeText(maxLength: number, { lines = false } = {}) {
  const expected = `must be text of 1 to ${maxLength} characters${lines ? '' : ' in one line'}`;
  // Browsers end the lines of a form by CR LF (https://html.spec.whatwg.org/#constructing-form-data-set).
  return text(expected)
    .transform((value) => (lines ? value.replaceAll('\r\n', '\n') : value).trim())
    .superRefine((value, context) => {
      const isBounded = value !== '' && value.length <= maxLength;
      const fault = isBounded ? textFault(value, lines) : expected;
      // Aborts, so that one fault is told once.
      if (fault) context.addIssue({ code: 'custom', message: fault, continue: false });
    })
    .meta({ doc: { type: 'string', minLength: 1, maxLength } satisfies FieldDoc });
}

/** The number of a delivery note, an order or a till's receipt: a few of them, where one record has several. */
export const REFERENCE_MAX = 100;

/** What somebody has to say of one record: a paragraph. */
export const NOTE_MAX = 500;

export const reference = freeText(REFERENCE_MAX);
export const note = freeText(NOTE_MAX, { lines: true });

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  const expected = `must be one of ${words.join(', ')}`;
  return z
    .enum(words, {
      error: ({ input }) => {
        if (input === undefined) return 'is required';
        return Array.isArray(input) ? 'must be given once' : expected;
      },
    })
    .meta({ doc: { type: 'string', enum: [...words] } satisfies FieldDoc });
}

const DAY = 'must be a day such as 2026-11-23';

/** A calendar day, in UTC. */
export const day = text(DAY)
  .refine(isDay, DAY)
  .meta({
    doc: { type: 'string', format: 'date', examples: ['2026-11-23'] } satisfies FieldDoc,
  });

const MOMENT = 'must be a time such as 2026-11-23T10:20:30Z';

/** A moment, as RFC 3339 writes it; a `+` that came as a space, as it does in a query, is one. */
export const moment = text(MOMENT)
  .transform((value) => value.replace(' ', '+'))
  .refine(isMoment, MOMENT)
  .transform((value) => new Date(value))
  .meta({
    doc: {
      type: 'string',
      format: 'date-time',
      examples: ['2026-11-23T10:20:30Z'],
    } satisfies FieldDoc,
  });

export function isMoment(value: string): boolean {
  const match =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/.exec(
      value,
    );
  if (match === null || !isDay(match[1] as string)) return false;
  const time = new Date(value);
  // An offset may carry it beyond the days that a database knows.
  return !Number.isNaN(time.getTime()) && isDay(dayOf(time));
}

/**
 * Reads fields by a schema.
 *
 * @throws Problem `invalid-request` with every fault of them
 */
export function validated<S extends z.ZodType>(schema: S, fields: unknown): z.output<S> {
  const { data, faults } = checked(schema, fields);
  if (faults.length > 0) throw invalidRequest(faults);
  return data as z.output<S>;
}

/** Reads fields by a schema: what they say, or every fault of them. */
export function checked<S extends z.ZodType>(
  schema: S,
  fields: unknown,
): { readonly data: z.output<S> | undefined; readonly faults: readonly FieldFault[] } {
  const { data, error } = schema.safeParse(fields);
  return { data, faults: error?.issues.flatMap((issue) => faultsOf(issue, schema)) ?? [] };
}

/** Faults of a list that are told. A list with more usually repeats one mistake. */
const LISTED_FAULTS_MAX = 100;

/**
 * Reads a list, entry by entry, and lets others have their turn in between.
 *
 * @param field the list's name
 * @param read what an entry says, or its faults
 * @throws Problem `invalid-request`, each fault with the place of its entry
 */
export async function eachOf<T>(
  field: string,
  entries: readonly unknown[],
  read: (entry: unknown) => T | FieldFault[],
): Promise<Exclude<T, FieldFault[]>[]> {
  const slices = new Slices();
  const found: Exclude<T, FieldFault[]>[] = [];
  const faults: FieldFault[] = [];
  for (const [index, entry] of entries.entries()) {
    if (slices.isOver) await slices.next();
    const result = read(entry);
    if (!Array.isArray(result)) {
      found.push(result as Exclude<T, FieldFault[]>);
      continue;
    }
    for (const fault of result) {
      const place = [field, index, fault.field].filter((part) => part !== '').join('.');
      faults.push({ field: place, detail: fault.detail });
    }
    if (faults.length > LISTED_FAULTS_MAX) break;
  }
  if (faults.length > 0) throw invalidRequest(faults, LISTED_FAULTS_MAX);
  return found;
}

function faultsOf(issue: z.core.$ZodIssue, schema: z.ZodType): FieldFault[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    const hint = known.length > 0 && path === '' ? ` (fields: ${known.join(', ')})` : '';
    return issue.keys.slice(0, FAULTS_MAX).map((key) => ({
      field: path === '' ? key : `${path}.${key}`,
      detail: `is not known here${hint}`,
    }));
  }
  return [{ field: path, detail: issue.message }];
}
