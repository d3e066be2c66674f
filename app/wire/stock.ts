import { z } from 'zod';
import { REASONS } from '../ledger/reason';
import { count } from './fields';
import { recordAnswer } from './records';

/** How much of a product is in stock. */
export const stockLine = z.strictObject({ productID: z.int().min(1), availableQuantity: count });

/** Why a product has its present stock. */
export const explanationAnswer = z.strictObject({
  productID: z.int(),
  asOf: z.int().meta({ description: 'The record as of which this is exact' }),
  availableQuantity: z.int(),
  count: recordAnswer
    .nullable()
    .meta({ description: 'The last count; null if the product was never counted' }),
  expectedQuantity: z
    .int()
    .nullable()
    .meta({ description: 'The quantity before that count; null if there was no record before it' }),
  difference: z
    .int()
    .nullable()
    .meta({ description: 'How many more the count found; negative if units were missing' }),
  movements: z
    .array(z.strictObject({ reason: z.enum(REASONS), records: z.int(), quantityChange: z.int() }))
    .meta({ description: 'The changes since that count, by reason' }),
});

/** Why a location has its present units of a product. */
export const cellExplanationAnswer = explanationAnswer.omit({ movements: true }).extend({
  locationID: z.int().min(1),
  availableQuantity: z.int().meta({ description: 'Units there that no hold has set aside' }),
  onHandQuantity: z.int().meta({ description: 'Units there, held ones too' }),
  heldQuantity: count,
  count: recordAnswer
    .nullable()
    .meta({ description: 'The last count at the location; null if there was none' }),
  countedQuantity: z
    .int()
    .nullable()
    .meta({ description: 'Units there after that count; null if there was none' }),
  expectedQuantity: z
    .int()
    .nullable()
    .meta({ description: 'Units there before that count; null if there was no record before it' }),
  movements: z
    .array(z.strictObject({ reason: z.enum(REASONS), records: z.int(), onHandChange: z.int() }))
    .meta({ description: 'The changes since that count, by reason' }),
});

export type CellExplanationAnswer = z.infer<typeof cellExplanationAnswer>;
export type StockLine = z.infer<typeof stockLine>;
export type ExplanationAnswer = z.infer<typeof explanationAnswer>;
