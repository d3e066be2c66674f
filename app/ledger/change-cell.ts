import { type Cell, freeIn } from './cell';
import type { Change, Place } from './facts';
import { FIRST_LOCATION } from './locations/location';
import { QUANTITY_MAX } from './quantity';
import type { StockRefusal } from './refusal';

/** The most units that a record can name: those of its columns, of which the service uses half. */
const RECORD_MAX = 2 ** 32 - 1;

/** What there is at the location from then on. */
type ToBe = Pick<Cell, 'onHandQuantity' | 'heldQuantity'>;

/** Changes the units at the location, unless there would be too many. */
export function change(
  at: Place,
  productID: number,
  reason: Change['reason'],
  toBe: ToBe,
): Change | StockRefusal {
  const available = at.latest?.availableQuantity ?? 0;
  const changed = changeFreely(at, productID, reason, toBe);
  if ('refusal' in changed) return changed;
  // What a row by hand left above the limit can still go down. Held units must find room when they are given back.
  const isMore = changed.onHandChange > 0;
  if (
    isMore &&
    (changed.onHandQuantity > QUANTITY_MAX ||
      changed.availableQuantity + at.heldEverywhere() > QUANTITY_MAX)
  ) {
    return { refusal: 'stock-limit', productID, availableQuantity: available };
  }
  return changed;
}

/** The same without the limit. What is available of the product changes by the units that are free, if they can be sold. */
function changeFreely(
  at: Place,
  productID: number,
  reason: Change['reason'],
  toBe: ToBe,
): Change | StockRefusal {
  const { latest, cell, location } = at;
  const { heldQuantity } = toBe;
  const available = latest?.availableQuantity ?? 0;
  const availableFor = (onHandQuantity: number) =>
    available + (location.sellable ? onHandQuantity - heldQuantity - freeIn(cell) : 0);
  // A row by hand can name so many that these and the held ones together do not fit into a record.
  const excess = Math.max(toBe.onHandQuantity, availableFor(toBe.onHandQuantity)) - RECORD_MAX;
  const onHandQuantity = toBe.onHandQuantity - Math.max(0, excess);
  const availableQuantity = availableFor(onHandQuantity);
  // Only if a row by hand left the first location with less than nothing: then not all can be taken that the others have.
  if (availableQuantity < 0) return insufficient(at, productID);
  return {
    reason,
    availableQuantity,
    quantity: null,
    unitPrice: null,
    saleRecord: null,
    locationID: location.locationID,
    onHandQuantity,
    onHandChange: onHandQuantity - (cell?.onHandQuantity ?? 0),
    heldQuantity,
  };
}

/** Takes units from what is free at the location, or adds some. */
export function changeBy(
  at: Place,
  productID: number,
  reason: Change['reason'],
  units: number,
): Change | StockRefusal {
  const { cell } = at;
  const onHandQuantity = (cell?.onHandQuantity ?? 0) + units;
  // What a count by hand left unclear can be negative; a count here sets it right.
  if (freeIn(cell) + units < 0) return insufficient(at, productID);
  return change(at, productID, reason, { onHandQuantity, heldQuantity: heldIn(cell) });
}

/** The refusal of what takes more than is free at the location. */
export function insufficient(
  { location, cell, latest, elsewhere }: Place,
  productID: number,
): StockRefusal {
  const others = elsewhere();
  const free = freeIn(cell);
  const available = latest?.availableQuantity ?? 0;
  return {
    refusal: 'insufficient-stock',
    productID,
    availableQuantity: location.sellable ? Math.min(free, available) : free,
    // A shop with one location need not know that it has a number.
    ...((location.locationID !== FIRST_LOCATION || others.length > 0) && {
      locationID: location.locationID,
    }),
    ...(others.length > 0 && { elsewhere: others }),
  };
}

/** A row by hand may say that less is on hand or held than holds have. They can end all the same: what is held counts as there. */
export function changeHeld(
  at: Place,
  productID: number,
  reason: Change['reason'],
  by: { readonly onHand: number; readonly held: number },
): Change | StockRefusal {
  const { cell } = at;
  const heldQuantity = Math.max(0, heldIn(cell) + by.held);
  const onHandQuantity = Math.max(heldQuantity, (cell?.onHandQuantity ?? 0) + by.onHand);
  return changeFreely(at, productID, reason, { onHandQuantity, heldQuantity });
}

/** Units of a cell that holds have set aside. */
export function heldIn(cell: Cell | undefined): number {
  return cell?.heldQuantity ?? 0;
}
