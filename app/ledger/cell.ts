import type { Documents } from './documents/documents';
import { FIRST_LOCATION, IN_TRANSIT } from './locations/location';
import type { Locations } from './locations/locations';
import type { LedgerRecord } from './record';
import type { FreeElsewhere } from './refusal';
import type { Stock } from './stock';

/** What there is of a product at a location. */
export interface Cell {
  readonly locationID: number;
  /** Units that are there, held ones too. */
  readonly onHandQuantity: number;
  /** Units of these that holds set aside. */
  readonly heldQuantity: number;
  /** The latest record about it. */
  readonly latest: LedgerRecord;
}

/** What is needed to find the cells of a product. */
export interface Places {
  readonly stock: Stock;
  readonly locations: Locations;
  readonly documents: Documents;
}

/** Units of a cell that no hold has set aside. */
export function freeIn(cell: Cell | undefined): number {
  return cell ? cell.onHandQuantity - cell.heldQuantity : 0;
}

/** What there is of a product at a location; undefined if nothing was ever recorded there. */
export function cellOf(places: Places, productID: number, locationID: number): Cell | undefined {
  const latest = places.stock.latestAt(productID, locationID);
  if (!latest) return undefined;
  const { onHandQuantity, heldQuantity } = latest;
  if (onHandQuantity !== null) return { locationID, onHandQuantity, heldQuantity, latest };
  return cellByHand(places, productID, latest);
}

/** What there is of a product at each location, by locationID. */
export function cellsOf(places: Places, productID: number): Cell[] {
  return places.stock
    .locationsOf(productID)
    .map((locationID) => cellOf(places, productID, locationID) as Cell);
}

/** What other locations have of a product, as far as it is free. */
export function freeElsewhere(
  places: Places,
  productID: number,
  locationID: number,
): FreeElsewhere[] {
  return cellsOf(places, productID)
    .filter((cell) => ![locationID, IN_TRANSIT].includes(cell.locationID) && freeIn(cell) > 0)
    .map((cell) => ({ locationID: cell.locationID, availableQuantity: freeIn(cell) }));
}

/**
 * A record from before there were locations, or by hand, says only what is available of the whole product. What no other
 * location has of it is at the first one, with what holds set aside there.
 */
function cellByHand(places: Places, productID: number, latest: LedgerRecord): Cell {
  const { stock, locations, documents } = places;
  const { locationID } = latest;
  const heldQuantity = documents.heldAt(productID, locationID);
  // A row by hand that names another location: only what holds set aside there is known.
  if (locationID !== FIRST_LOCATION)
    return { locationID, onHandQuantity: heldQuantity, heldQuantity, latest };
  const { availableQuantity } = stock.get(productID) as LedgerRecord;
  const elsewhere = stock
    .locationsOf(productID)
    .filter((other) => other !== FIRST_LOCATION && locations.isSellable(other))
    .reduce((sum, other) => sum + freeIn(cellOf(places, productID, other)), 0);
  return {
    locationID,
    onHandQuantity: availableQuantity - elsewhere + heldQuantity,
    heldQuantity,
    latest,
  };
}
