import { z } from 'zod';
import { count } from './fields';

const locationID = z.int().min(1);

/** A place where stock is. */
export const locationAnswer = z.strictObject({
  locationID,
  name: z.string(),
  sellable: z
    .boolean()
    .meta({ description: 'Whether what is there is available. It cannot change' }),
  address: z.string().optional(),
  retired: z.literal(true).optional(),
});

/** What there is of a product at a location. */
export const cellAnswer = z.strictObject({
  productID: z.int().min(1),
  locationID,
  availableQuantity: count.meta({ description: 'Units there that no hold has set aside' }),
  onHandQuantity: count.meta({ description: 'Units there, held ones too' }),
  heldQuantity: count,
  record: z.int().min(1).meta({ description: 'The last record of the product at the location' }),
});

export type LocationAnswer = z.infer<typeof locationAnswer>;
export type CellAnswer = z.infer<typeof cellAnswer>;
