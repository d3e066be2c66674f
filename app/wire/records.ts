import { z } from 'zod';
import { REASONS } from '../ledger/reason';
import { eachAnnotation } from '../ledger/record';
import { actor, count, mark, money, time } from './fields';

/** A product's latest record: its stock now. */
export const latestRecord = z.strictObject({
  record: z.int().min(1),
  productID: z.int().min(1),
  availableQuantity: count,
  recordedAt: time,
});

/** What people wrote about a record. Left out if they wrote nothing. */
const annotations = eachAnnotation(() => z.string().optional());

/** A record as the answer to the request that made it. */
export const acceptedRecord = latestRecord.extend({
  reason: z.enum(REASONS).optional(),
  quantityChange: z.int().optional(),
  quantity: z.int().optional(),
  unitPrice: money.optional(),
  saleRecord: z.int().optional(),
  locationID: z.int().min(1).optional().meta({ description: 'The location, if it is not 1' }),
  onHandQuantity: count.optional().meta({
    description:
      'Units at the location after this record, if it is not 1 or has other units than availableQuantity',
  }),
  heldQuantity: count
    .optional()
    .meta({ description: 'Units of these that holds set aside, if any' }),
  document: z
    .string()
    .optional()
    .meta({ description: 'What it belongs to, such as move:17 or hold:basket-1' }),
  expiresAt: time.optional().meta({ description: 'When the hold of this record ends by itself' }),
  unitCost: money.optional().meta({ description: 'What a unit of a receipt cost' }),
  ...annotations,
  occurredAt: time.optional().meta({ description: 'When it happened, if the client said so' }),
});

/** A record with all of its fields. */
export const recordAnswer = acceptedRecord.extend({
  reason: z.enum(REASONS),
  actor: actor.optional(),
  mark: mark.optional().meta({ description: 'With marks=true' }),
});

export type LatestRecord = z.infer<typeof latestRecord>;
export type AcceptedRecord = z.infer<typeof acceptedRecord>;
export type RecordAnswer = z.infer<typeof recordAnswer>;
