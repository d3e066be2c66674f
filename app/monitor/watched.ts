import type { Product } from '../client/shop';
import { freeAfter, locationOf } from '../wire/record-place';
import type { RecordAnswer } from '../wire/records';
import type { Situation } from './rules';

/** Something that may be short: a product, or a product at a location where it has a reorder point. */
export interface Watched extends Omit<Situation, 'alertKind' | 'unchangedMs'> {
  readonly productID: number;
  /** Absent for a product at all its locations together. */
  readonly locationID?: number;
  /** When it last changed; null if it never had a record. */
  readonly recordedAt: string | null;
}

/** What of a product may be short, as it is now. */
export function watchedOf(product: Product): Watched[] {
  const { availableQuantity, recordedAt } = product;
  const points = (product.reorderPoints ?? []).filter(({ reorderPoint }) => reorderPoint !== null);
  return [
    asWhole(product, availableQuantity, recordedAt),
    ...points.map((point) => atLocation(product, point)),
  ];
}

/** What a record has changed of what may be short. */
export function watchedAfter(record: RecordAnswer, product: Product): Watched[] {
  const { availableQuantity, recordedAt } = record;
  const whole = asWhole(product, availableQuantity, recordedAt);
  const locationID = locationOf(record);
  const point = product.reorderPoints?.find((point) => point.locationID === locationID);
  const free = freeAfter(record);
  if (!point || point.reorderPoint === null || free === undefined) return [whole];
  return [whole, atLocation(product, { ...point, availableQuantity: free, recordedAt })];
}

function asWhole(
  { productID, exactUnitsPerDay, reorderPoint, retired }: Product,
  availableQuantity: number | null,
  recordedAt: string | null,
): Watched {
  const daysOfCover =
    availableQuantity === null || exactUnitsPerDay === 0
      ? null
      : Math.round((availableQuantity / exactUnitsPerDay) * 100) / 100;
  return { productID, availableQuantity, reorderPoint, daysOfCover, retired, recordedAt };
}

/** How long the units at a location last is not told: only the sales of the whole product are known by day. */
function atLocation(
  { productID, retired }: Product,
  { locationID, availableQuantity, reorderPoint, recordedAt }: Point,
): Watched {
  const found = { availableQuantity, reorderPoint, daysOfCover: null, retired, recordedAt };
  return { productID, locationID, ...found };
}

type Point = NonNullable<Product['reorderPoints']>[number];
