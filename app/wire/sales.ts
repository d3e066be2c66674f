import { z } from 'zod';
import { money } from './fields';

const sold = {
  unitsSold: z.int(),
  revenue: money.optional().meta({ description: 'Only if any price is known' }),
  unitsPriced: z
    .int()
    .optional()
    .meta({ description: 'The units whose price is known, if not all are' }),
};

/** What was sold of a product. */
export const sellerAnswer = z.strictObject({ productID: z.int().min(1), ...sold });

/** What was sold on a day. */
export const dayAnswer = z.strictObject({ day: z.iso.date(), ...sold });

/** What was sold, of a product or on a day. */
export type SoldAnswer = Omit<SellerAnswer, 'productID'>;
export type SellerAnswer = z.infer<typeof sellerAnswer>;
export type DayAnswer = z.infer<typeof dayAnswer>;
