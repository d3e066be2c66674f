import type { ProductFields } from './product';

/** What an outlook is made from. */
export interface OutlookFacts {
  readonly availableQuantity: number;
  /** Units sold in the window, and how many days it has. */
  readonly unitsSold: number;
  readonly days: number;
  /** What the catalogue says, where it has the product. */
  readonly product: Pick<ProductFields, 'reorderPoint' | 'reorderQuantity'> | undefined;
}

/** How long a product lasts, and what to order. */
export interface Outlook {
  readonly availableQuantity: number;
  readonly days: number;
  readonly unitsSold: number;
  readonly unitsPerDay: number;
  /** How many days the stock lasts at that rate; null where nothing was sold. */
  readonly daysOfCover: number | null;
  readonly reorderPoint: number | null;
  readonly reorderQuantity: number | null;
  /** Whether it is at or below its reorder point. */
  readonly low: boolean;
  /** How many to order now: whole reorder quantities until the reorder point is passed; 0 where it is not low. */
  readonly reorder: number;
}

/** Two decimals are enough for people, and the same everywhere. */
function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

export function outlook({ availableQuantity, unitsSold, days, product }: OutlookFacts): Outlook {
  const { reorderPoint = null, reorderQuantity = null } = product ?? {};
  const unitsPerDay = Math.max(0, unitsSold) / days;
  const low = reorderPoint !== null && availableQuantity <= reorderPoint;
  return {
    availableQuantity,
    days,
    unitsSold,
    unitsPerDay: rounded(unitsPerDay),
    daysOfCover: unitsPerDay > 0 ? rounded(availableQuantity / unitsPerDay) : null,
    reorderPoint,
    reorderQuantity,
    low,
    reorder: low ? toOrder(reorderPoint - availableQuantity, reorderQuantity) : 0,
  };
}

/**
 * Whole reorder quantities, or single units where there is none, until a level is passed.
 *
 * @param missing units up to that level, which is still low
 */
export function toOrder(missing: number, reorderQuantity: number | null): number {
  if (!reorderQuantity) return missing + 1;
  return Math.ceil((missing + 1) / reorderQuantity) * reorderQuantity;
}
