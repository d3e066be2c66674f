import type { AlertEvent } from './alert';
import type { ProductFields } from './product';

/** What an outlook is computed from. */
export interface OutlookFacts {
  /** Null if it was never counted. */
  readonly availableQuantity: number | null;
  /** Units sold in a period, and its number of days. */
  readonly unitsSold: number;
  readonly days: number;
  /** What the catalogue says; undefined if it does not have the product. */
  readonly product:
    | (Pick<ProductFields, 'reorderPoint' | 'reorderQuantity'> & Retirable)
    | undefined;
  /** Null or undefined if it is not ordered. */
  readonly ordered?: Ordered | null;
}

/** An order of a product: the day on which it is due, and a note. */
export interface Ordered {
  readonly due: string;
  readonly note: string | null;
}

/** The order that a product's alert is marked with; null if there is none, or its day was before today. */
export function orderedOf(
  alert: Pick<AlertEvent, 'status' | 'due' | 'note'> | undefined,
  today: string,
): Ordered | null {
  if (alert?.status !== 'ordered' || alert.due === null) return null;
  const { due, note } = alert;
  return due < today ? null : { due, note };
}

interface Retirable {
  readonly retired?: boolean | undefined;
}

/** How long a product lasts, and what to order. */
export interface Outlook {
  readonly availableQuantity: number | null;
  readonly days: number;
  readonly unitsSold: number;
  readonly unitsPerDay: number;
  /** How many days the stock lasts at that rate; null if nothing was sold, or it was never counted. */
  readonly daysOfCover: number | null;
  readonly reorderPoint: number | null;
  readonly reorderQuantity: number | null;
  /** See `isLow`. */
  readonly low: boolean;
  readonly ordered: Ordered | null;
  /**
   * How many to order now, in whole reorder quantities, to get above the reorder point; 0 if it is not low or is ordered
   * already.
   */
  readonly reorder: number;
}

/** Two decimals are enough for people. */
function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

/**
 * Whether a product is at or below its reorder point, which may be 0. A product that was never counted counts as having 0
 * units. A retired product is never low, because it is not ordered again.
 */
export function isLow({
  availableQuantity,
  reorderPoint,
  retired,
}: Pick<OutlookFacts, 'availableQuantity'> & Pick<ProductFields, 'reorderPoint'> & Retirable) {
  return !retired && reorderPoint !== null && (availableQuantity ?? 0) <= reorderPoint;
}

/** How long a product lasts at the rate of its recent sales, and what to order. */
export function outlook({
  availableQuantity,
  unitsSold,
  days,
  product,
  ordered = null,
}: OutlookFacts): Outlook {
  const { reorderPoint = null, reorderQuantity = null, retired } = product ?? {};
  const unitsPerDay = Math.max(0, unitsSold) / days;
  const low = isLow({ availableQuantity, reorderPoint, retired });
  return {
    availableQuantity,
    days,
    unitsSold,
    unitsPerDay: rounded(unitsPerDay),
    daysOfCover:
      availableQuantity !== null && unitsPerDay > 0
        ? rounded(availableQuantity / unitsPerDay)
        : null,
    reorderPoint,
    reorderQuantity,
    low,
    ordered,
    reorder:
      low && !ordered
        ? toOrder((reorderPoint ?? 0) - (availableQuantity ?? 0), reorderQuantity)
        : 0,
  };
}

/**
 * How many to order to get above a level: whole reorder quantities, or single units if there is no reorder quantity.
 *
 * @param missing units up to that level, at which the product is still low
 */
export function toOrder(missing: number, reorderQuantity: number | null): number {
  if (!reorderQuantity) return missing + 1;
  return Math.ceil((missing + 1) / reorderQuantity) * reorderQuantity;
}
