import type { AlertEvent } from './alert';
import { isOver } from './decide-alert';
import type { ProductFields } from './product';

/** What an outlook is made from. */
export interface OutlookFacts {
  /** Null where it was never counted. */
  readonly availableQuantity: number | null;
  /** Units sold in the window, and how many days it has. */
  readonly unitsSold: number;
  readonly days: number;
  /** What the catalogue says, where it has the product. */
  readonly product:
    | (Pick<ProductFields, 'reorderPoint' | 'reorderQuantity'> & Retirable)
    | undefined;
  /** Null, or left out, where it is not ordered. */
  readonly ordered?: Ordered | null;
}

/** That a product is ordered: the day (UTC) on which it is due, and what was said of it. */
export interface Ordered {
  readonly due: string;
  readonly note: string | null;
}

/** What is ordered, by a product's alert; null where it is not, or its day is over and the goods are not there. */
export function orderedOf(
  alert: Pick<AlertEvent, 'status' | 'due' | 'note'> | undefined,
  now: Date,
): Ordered | null {
  if (alert?.status !== 'ordered' || alert.due === null) return null;
  const { status, due, note } = alert;
  return isOver({ status, due, until: null }, now) ? null : { due, note };
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
  /** How many days the stock lasts at that rate; null where nothing was sold, or it was never counted. */
  readonly daysOfCover: number | null;
  readonly reorderPoint: number | null;
  readonly reorderQuantity: number | null;
  /** See `isLow`. */
  readonly low: boolean;
  readonly ordered: Ordered | null;
  /**
   * How many to order now: whole reorder quantities until the reorder point is passed; 0 where it is not low, or is
   * ordered already.
   */
  readonly reorder: number;
}

/** Two decimals are enough for people, and the same everywhere. */
function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

/**
 * Whether a product is at or below its reorder point, be it 0. One that was never counted is taken as having none:
 * somebody has said when to order it, and nobody knows of any. A retired one is not ordered again.
 */
export function isLow({
  availableQuantity,
  reorderPoint,
  retired,
}: Pick<OutlookFacts, 'availableQuantity'> & Pick<ProductFields, 'reorderPoint'> & Retirable) {
  return !retired && reorderPoint !== null && (availableQuantity ?? 0) <= reorderPoint;
}

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
 * Whole reorder quantities, or single units where there is none, until a level is passed.
 *
 * @param missing units up to that level, which is still low
 */
export function toOrder(missing: number, reorderQuantity: number | null): number {
  if (!reorderQuantity) return missing + 1;
  return Math.ceil((missing + 1) / reorderQuantity) * reorderQuantity;
}
