import { z } from 'zod';
import { REASONS } from '../ledger/record';

/** One answer that an operation may give when nothing is wrong, for the documentation. */
export interface AnswerDoc {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Its media type, where that is not JSON. */
  readonly type?: string;
  /** Further media types that Accept may ask for. */
  readonly also?: readonly string[];
  readonly example?: unknown;
}

/** The answers in schemas: for the documentation, which a test holds real answers to. */

const time = z.iso.datetime();
const count = z.int().min(0);
const money = z.number();

export const latestRecord = z.strictObject({
  record: z.int().min(1),
  productID: z.int().min(1),
  availableQuantity: count,
  recordedAt: time,
});

const annotations = { reference: z.string().optional(), note: z.string().optional() };

/** A record as the answer to the one who asked for it. */
export const acceptedRecord = latestRecord.extend({
  reason: z.enum(REASONS).optional(),
  quantityChange: z.int().optional(),
  quantity: z.int().optional(),
  unitPrice: money.optional(),
  saleRecord: z.int().optional(),
  ...annotations,
});

/** A record with all that it says. */
export const recordAnswer = acceptedRecord.extend({ reason: z.enum(REASONS) });

export const stockLine = z.strictObject({ productID: z.int().min(1), availableQuantity: count });

const sold = {
  unitsSold: z.int(),
  revenue: money.optional().meta({ description: 'Where any price is known' }),
  unitsPriced: z
    .int()
    .optional()
    .meta({ description: 'The units that the revenue is for, where those are not all' }),
};
export const sellerAnswer = z.strictObject({ productID: z.int().min(1), ...sold });
export const dayAnswer = z.strictObject({ day: z.iso.date(), ...sold });

export const problemAnswer = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});

export const productAnswer = z.strictObject({
  productID: z.int().min(1),
  name: z.string(),
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  image: z.string().nullable(),
  price: money.nullable(),
  reorderPoint: count.nullable(),
  reorderQuantity: count.nullable(),
  retired: z.literal(true).optional(),
  revision: z.int().min(1),
  revisedAt: time,
});

export const explanationAnswer = z.strictObject({
  productID: z.int(),
  asOf: z.int().meta({ description: 'The record that this is exact as of' }),
  availableQuantity: z.int(),
  count: recordAnswer
    .nullable()
    .meta({ description: 'The last count; null where it was never counted' }),
  expectedQuantity: z
    .int()
    .nullable()
    .meta({ description: 'What the ledger had before that count; null where it had nothing' }),
  difference: z
    .int()
    .nullable()
    .meta({ description: 'What the count found beyond that; negative where units were missing' }),
  movements: z
    .array(z.strictObject({ reason: z.enum(REASONS), records: z.int(), quantityChange: z.int() }))
    .meta({ description: 'What has moved since, by reason' }),
});

export const outlookAnswer = z.strictObject({
  productID: z.int(),
  availableQuantity: z.int(),
  days: z.int().meta({ description: 'The window: as many whole UTC days up to yesterday' }),
  unitsSold: z.int(),
  unitsPerDay: z.number(),
  daysOfCover: z
    .number()
    .nullable()
    .meta({ description: 'How long it lasts at that rate; null where nothing was sold' }),
  reorderPoint: z.int().nullable(),
  reorderQuantity: z.int().nullable(),
  low: z.boolean().meta({ description: 'Whether it is at or below its reorder point' }),
  reorder: z.int().meta({ description: 'How many to order now' }),
});

export const lineFault = z.strictObject({
  line: z.int().min(1).meta({ description: 'Where the line begins in the file; the header is 1' }),
  column: z.string().nullable().meta({ description: 'Null where it is about the whole line' }),
  detail: z.string(),
});

export const dryRunAnswer = z.strictObject({
  rows: z.int().meta({ description: 'Lines below the header, as far as the file was read' }),
  faults: z.array(lineFault).meta({ description: 'The first 1000' }),
  faulty: z.int().meta({ description: 'How many lines are faulty' }),
});

/** A product at a glance; null where it has no record yet, or the catalogue does not say. */
export const overviewProduct = productAnswer
  .omit({ image: true, revision: true, revisedAt: true })
  .extend({
    name: z.string().nullable().meta({ description: 'Null where the catalogue does not have it' }),
    availableQuantity: count.nullable(),
    record: z.int().min(1).nullable().meta({ description: 'Its latest record' }),
    recordedAt: time.nullable(),
    unitsSold: z.array(z.int()).meta({
      description: 'By day, today last, less what was returned; empty where nothing was sold',
    }),
  });

export const overviewAnswer = z.strictObject({
  asOf: z.int().meta({ description: 'The record that availableQuantity is exact as of' }),
  salesAsOf: z.int().meta({
    description:
      'The record that unitsSold is exact as of: a follower of /records goes on after it',
  }),
  revision: z.int().meta({ description: "The catalogue's last revision" }),
  today: z.iso.date().meta({ description: 'The UTC day that the last of unitsSold is for' }),
  products: z.array(overviewProduct),
});

export const recorded: AnswerDoc = { description: 'Recorded.', schema: acceptedRecord };
export const unchanged: AnswerDoc = { description: 'It is as the client has it.' };
