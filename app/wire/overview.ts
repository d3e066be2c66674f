import { z } from 'zod';
import { count, mark, time } from './fields';
import { productAnswer, reorderPoint } from './products';

/** A product with its stock and its recent sales. Fields are null if it has no record, or the catalogue has no value. */
export const overviewProduct = productAnswer
  .omit({ image: true, revision: true, revisedAt: true })
  .extend({
    name: z
      .string()
      .nullable()
      .meta({ description: 'Null if the product is not in the catalogue' }),
    availableQuantity: count.nullable(),
    record: z.int().min(1).nullable().meta({ description: 'Its latest record' }),
    mark: mark.nullable(),
    recordedAt: time.nullable(),
    reorderPoints: z
      .array(
        reorderPoint.extend({
          availableQuantity: count.nullable().meta({
            description: 'Units there that no hold has set aside; null if it has no record there',
          }),
          recordedAt: time.nullable(),
        }),
      )
      .optional()
      .meta({ description: 'Its reorder points at single locations, retired ones aside' }),
    unitsSold: z.array(z.int()).meta({
      description: 'By day, today last, less what was returned; empty if nothing was sold',
    }),
  });

/** All products, in one answer. */
export const overviewAnswer = z.strictObject({
  asOf: z.int().meta({ description: 'The record as of which availableQuantity is exact' }),
  salesAsOf: z.int().meta({
    description:
      'The record as of which unitsSold is exact: a client that follows /records goes on after it',
  }),
  revision: z.int().meta({ description: "The catalogue's last revision" }),
  timeZone: z.string().meta({
    description: 'The time zone whose days are counted, such as Europe/Berlin',
  }),
  today: z.iso.date().meta({ description: 'The day of the last entry of unitsSold' }),
  todayBegins: time.meta({ description: 'Its first moment' }),
  todayEnds: time.meta({ description: 'The moment after its last, when the next day begins' }),
  products: z.array(overviewProduct),
});

/** The reorder point of a product at a location, with what is there. */
export type OverviewReorderPoint = NonNullable<OverviewProduct['reorderPoints']>[number];
export type OverviewProduct = z.infer<typeof overviewProduct>;
export type Overview = z.infer<typeof overviewAnswer>;
