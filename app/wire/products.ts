import { z } from 'zod';
import { count, money, time } from './fields';

/** The reorder point of a product at a location. */
export const reorderPoint = z.strictObject({
  locationID: z.int().min(1),
  reorderPoint: count.nullable().meta({ description: 'Low there at so many free, or fewer' }),
  reorderQuantity: count.nullable(),
});

/** A product of the catalogue. */
export const productAnswer = z.strictObject({
  productID: z.int().min(1),
  name: z.string(),
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  image: z.string().nullable(),
  price: money.nullable(),
  reorderPoint: count.nullable(),
  reorderQuantity: count.nullable(),
  reorderPoints: z
    .array(reorderPoint)
    .optional()
    .meta({ description: 'Its reorder points at single locations, if it has any' }),
  retired: z.literal(true).optional(),
  revision: z.int().min(1),
  revisedAt: time,
});

/** How long a product lasts, and how many to order. */
export const outlookAnswer = z.strictObject({
  productID: z.int(),
  locationID: z
    .int()
    .optional()
    .meta({ description: 'The location that all of it is about, if one was asked for' }),
  availableQuantity: z
    .int()
    .nullable()
    .meta({ description: 'Null if the product was never counted' }),
  days: z
    .int()
    .meta({ description: 'The window of the average: so many whole days, up to yesterday' }),
  unitsSold: z.int(),
  unitsPerDay: z.number(),
  daysOfCover: z.number().nullable().meta({
    description:
      'How many days the stock lasts at that rate; null if nothing was sold, or the product was never counted',
  }),
  reorderPoint: z.int().nullable(),
  reorderQuantity: z.int().nullable(),
  low: z.boolean().meta({
    description:
      'Whether the product is at or below its reorder point, or has one and was never counted',
  }),
  ordered: z
    .strictObject({
      due: z.iso.date().meta({ description: 'The day on which the goods are due' }),
      note: z.string().nullable(),
    })
    .nullable()
    .meta({
      description: 'From its alert; null if it is not ordered, or the due day is over',
    }),
  reorder: z.int().meta({ description: 'How many to order now; 0 if it is ordered already' }),
});

export type CatalogueProduct = z.infer<typeof productAnswer>;
export type OutlookAnswer = z.infer<typeof outlookAnswer>;
