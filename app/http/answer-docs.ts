import { z } from 'zod';
import { REASONS } from '../ledger/record';
import type { AnswerDoc } from './operation';

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

export const recorded: AnswerDoc = { description: 'Recorded.', schema: acceptedRecord };
export const unchanged: AnswerDoc = { description: 'It is as the client has it.' };
