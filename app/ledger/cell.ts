import { FIRST_LOCATION } from './locations/location';
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

/** Units of a cell that no hold has set aside. */
export function freeIn(cell: Cell | undefined): number {
  return cell ? cell.onHandQuantity - cell.heldQuantity : 0;
}

/** What there is of a product at a location; undefined if nothing was ever recorded there. */
export function cellOf(
  stock: Stock,
  locations: Locations,
  productID: number,
  locationID: number,
): Cell | undefined {
  const latest = stock.latestAt(productID, locationID);
  if (!latest) return undefined;
  const { heldQuantity } = latest;
  const onHandQuantity =
    latest.onHandQuantity ??
    (locationID === FIRST_LOCATION ? onHandAtFirst(stock, locations, productID, latest) : 0);
  return { locationID, onHandQuantity, heldQuantity, latest };
}

/** What there is of a product at each location, by locationID. */
export function cellsOf(stock: Stock, locations: Locations, productID: number): Cell[] {
  return stock
    .locationsOf(productID)
    .map((locationID) => cellOf(stock, locations, productID, locationID) as Cell);
}

/** What other locations have of a product, as far as it is free. */
export function freeElsewhere(
  stock: Stock,
  locations: Locations,
  productID: number,
  locationID: number,
): FreeElsewhere[] {
  return cellsOf(stock, locations, productID)
    .filter((cell) => cell.locationID !== locationID && freeIn(cell) > 0)
    .map((cell) => ({ locationID: cell.locationID, availableQuantity: freeIn(cell) }));
}

/**
 * A record from before there were locations, or by hand, says only what is available of the whole product. All that the other
 * locations do not have is at the first one.
 */
function onHandAtFirst(
  stock: Stock,
  locations: Locations,
  productID: number,
  { heldQuantity }: LedgerRecord,
): number {
  const { availableQuantity } = stock.get(productID) as LedgerRecord;
  const elsewhere = stock
    .locationsOf(productID)
    .filter((locationID) => locationID !== FIRST_LOCATION && locations.isSellable(locationID))
    .reduce((sum, locationID) => sum + freeIn(cellOf(stock, locations, productID, locationID)), 0);
  return availableQuantity - elsewhere + heldQuantity;
}
