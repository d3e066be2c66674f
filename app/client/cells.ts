import type { CellAnswer, LocationAnswer } from '../wire/locations';
import type { AcceptedRecord } from '../wire/records';

/** The location that is always there. A record that names no location is about it. */
export const FIRST_LOCATION = 1;

/** Where goods are while a transfer is on its way. `GET /locations` does not list it. */
export const IN_TRANSIT = 4_294_967_295;

/** What there is of a product at a location other than the first, as of a record. */
export interface CellUnits {
  readonly record: number;
  /** Units that no hold has set aside. */
  readonly free: number;
}

/** What there is at each location other than the first, by locationID and productID. */
export type Cells = ReadonlyMap<number, ReadonlyMap<number, CellUnits>>;

/** The locations of a shop, and what there is at each. */
export interface LocatedStock {
  /** By locationID, retired ones too. None if they were not asked for. */
  readonly locations: readonly LocationAnswer[];
  readonly cells: Cells;
}

export const NO_LOCATIONS: LocatedStock = { locations: [], cells: new Map() };

/** A change of a cell, as a record or the answer to a request tells it. */
type CellNews = Pick<
  AcceptedRecord,
  'record' | 'productID' | 'locationID' | 'onHandQuantity' | 'heldQuantity'
>;

/**
 * Adds what records say. Of each cell the latest record counts, so they may come in any order and more than once.
 *
 * @returns the same cells if nothing was new
 */
export function followCells(cells: Cells, records: readonly CellNews[]): Cells {
  const news = records.flatMap(({ record, productID, locationID, ...units }) => {
    const { onHandQuantity, heldQuantity = 0 } = units;
    // What is at the first location follows from the total and the others.
    if (locationID === undefined || locationID === FIRST_LOCATION) return [];
    if (onHandQuantity === undefined) return [];
    return [{ locationID, productID, record, free: onHandQuantity - heldQuantity }];
  });
  return withCells(cells, news);
}

/** Adds what `GET /inventory?locationID=` answers for a location. */
export function loadCells(cells: Cells, locationID: number, loaded: readonly CellAnswer[]): Cells {
  const news = loaded.map(({ productID, record, availableQuantity: free }) => {
    return { locationID, productID, record, free };
  });
  return withCells(cells, news, [locationID]);
}

/** Both: of each cell the latest record. */
export function mergeCells(cells: Cells, others: Cells): Cells {
  const news = [...others].flatMap(([locationID, own]) =>
    [...own].map(([productID, units]) => ({ locationID, productID, ...units })),
  );
  return withCells(cells, news, [...others.keys()]);
}

interface LocatedUnits extends CellUnits {
  readonly locationID: number;
  readonly productID: number;
}

/** @param known locations that are there from now on, even if they are empty */
function withCells(
  cells: Cells,
  news: readonly LocatedUnits[],
  known: readonly number[] = [],
): Cells {
  const after = new Map(cells);
  const copied = new Map<number, Map<number, CellUnits>>();
  for (const locationID of known) if (!after.has(locationID)) after.set(locationID, new Map());
  for (const { locationID, productID, record, free } of news) {
    if ((after.get(locationID)?.get(productID)?.record ?? 0) >= record) continue;
    const own = copied.get(locationID) ?? new Map(after.get(locationID));
    own.set(productID, { record, free });
    copied.set(locationID, own);
    after.set(locationID, own);
  }
  return copied.size > 0 || after.size > cells.size ? after : cells;
}

/**
 * The units of a product that are free at a location. What no other location has of the total is at the first one, as the ledger
 * counts, too.
 *
 * @param total what is available of the product; null if it has no record
 * @returns null if it has no record
 */
export function freeAt(
  { locations, cells }: LocatedStock,
  productID: number,
  total: number | null,
  locationID: number,
): number | null {
  if (total === null) return null;
  if (locationID !== FIRST_LOCATION) return cells.get(locationID)?.get(productID)?.free ?? 0;
  let elsewhere = 0;
  for (const location of locations) {
    if (!location.sellable || location.locationID === FIRST_LOCATION) continue;
    elsewhere += cells.get(location.locationID)?.get(productID)?.free ?? 0;
  }
  return total - elsewhere;
}
