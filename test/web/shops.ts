import { DAYS } from '../../app/client/shop';
import type { Overview, OverviewProduct } from '../../app/wire/overview';
import type { RecordAnswer } from '../../app/wire/records';

/** The day that is today in these shops, and the one before it. */
export const TODAY = '2026-11-23';
export const YESTERDAY = '2026-11-22';

/** What each day sold, by how many days ago it was; empty where nothing was. */
export function unitsSold(byDaysAgo: Readonly<Record<number, number>> = {}): number[] {
  const entries = Object.entries(byDaysAgo);
  if (entries.length === 0) return [];
  const days = Array<number>(DAYS).fill(0);
  for (const [daysAgo, units] of entries) days[DAYS - 1 - Number(daysAgo)] = units;
  return days;
}

/** A product of an overview, which has 10 units as of record 5. */
export function glance(changes: Partial<OverviewProduct> = {}): OverviewProduct {
  return {
    productID: 1,
    name: 'House Espresso',
    sku: 'BEA-0001',
    barcode: null,
    price: 18.9,
    reorderPoint: null,
    reorderQuantity: null,
    availableQuantity: 10,
    record: 5,
    mark: 'm5',
    recordedAt: `${TODAY}T08:00:00.000Z`,
    unitsSold: [],
    ...changes,
  };
}

/** A product that is in the catalogue alone. */
export function neverCounted(changes: Partial<OverviewProduct> = {}): OverviewProduct {
  return glance({
    availableQuantity: null,
    record: null,
    mark: null,
    recordedAt: null,
    ...changes,
  });
}

/** An overview of these products, exact as of record 5. */
export function overviewOf(
  products: readonly OverviewProduct[],
  changes: Partial<Overview> = {},
): Overview {
  return {
    asOf: 5,
    salesAsOf: 5,
    revision: 3,
    timeZone: 'UTC',
    today: TODAY,
    todayBegins: `${TODAY}T00:00:00.000Z`,
    todayEnds: '2026-11-24T00:00:00.000Z',
    products: [...products],
    ...changes,
  };
}

/** A record of the stream; of product 1, today, by default. */
export function record(
  number: number,
  availableQuantity: number,
  changes: Partial<RecordAnswer> = {},
): RecordAnswer {
  return {
    record: number,
    productID: 1,
    reason: 'count',
    quantityChange: 0,
    availableQuantity,
    recordedAt: `${TODAY}T12:00:00.000Z`,
    ...changes,
  };
}

/** A sale as the stream tells it. */
export function sale(
  number: number,
  quantity: number,
  availableQuantity: number,
  changes: Partial<RecordAnswer> = {},
): RecordAnswer {
  return record(number, availableQuantity, {
    reason: 'sale',
    quantity,
    quantityChange: -quantity,
    ...changes,
  });
}
