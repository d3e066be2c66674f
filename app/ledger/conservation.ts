import { type Cell, cellsOf } from './cell';
import { FIRST_LOCATION } from './locations/location';
import { Locations } from './locations/locations';
import type { Audit, CellAudit, CellChange, StockLine } from './questions';
import type { LedgerRecord } from './record';
import { Stock } from './stock';

/** What there is of a product at a location, to compare. */
export interface CellLine extends Pick<Cell, 'locationID' | 'onHandQuantity' | 'heldQuantity'> {
  readonly productID: number;
  /** The number of the latest record about it. */
  readonly record: number;
}

/** Units that are not accounted for: too many, or below 0 for too few. */
export interface Imbalance {
  readonly productID: number;
  readonly units: number;
  /** Where that many more are than came in less went out. */
  readonly locationID?: number;
  /** What moved that many more units in than out. Without place and document, the product's total has them and no location does. */
  readonly document?: string | null;
}

/** The cells as they are in memory: the fold of the latest records. By product and location. */
export function cellsInMemory(audit: CellAudit): CellLine[] {
  const stock = new Stock(audit.latest.quick);
  const locations = locationsOf(audit);
  return productsOf(audit.latest.quick).flatMap((productID) =>
    cellsOf(stock, locations, productID).map((cell) => lineOf(productID, cell)),
  );
}

/**
 * The cells by the plain left join on product and location. A row by hand says only what is available of the product: the first
 * location has what the others do not have.
 */
export function cellsByJoin({ stock, cells }: Pick<Audit, 'stock' | 'cells'>): CellLine[] {
  const locations = locationsOf(cells);
  const available = availableBy(stock.plain);
  const elsewhere = new Map<number, number>();
  for (const { productID, locationID, onHandQuantity, heldQuantity } of cells.latest.plain) {
    if (locationID === FIRST_LOCATION || !locations.isSellable(locationID)) continue;
    const free = (onHandQuantity ?? 0) - heldQuantity;
    elsewhere.set(productID, (elsewhere.get(productID) ?? 0) + free);
  }
  const unsaid = ({ productID, locationID, heldQuantity }: LedgerRecord) =>
    locationID === FIRST_LOCATION
      ? (available.get(productID) ?? 0) - (elsewhere.get(productID) ?? 0) + heldQuantity
      : 0;
  return cells.latest.plain.map((latest) => {
    const { productID, locationID, heldQuantity } = latest;
    const onHandQuantity = latest.onHandQuantity ?? unsaid(latest);
    return { productID, locationID, onHandQuantity, heldQuantity, record: latest.record };
  });
}

/**
 * What is not accounted for; nothing in a ledger that is whole. In each cell, what came in less what went out must be there. What is
 * available of a product must be free at its sellable locations. A move must take away as much as it adds.
 */
export function imbalancesOf({ stock, cells }: Pick<Audit, 'stock' | 'cells'>): Imbalance[] {
  const lines = cellsInMemory(cells);
  const moves = cells.unevenMoves.map(({ productID, document, onHandChange }) => {
    return { productID, document, units: onHandChange };
  });
  return [
    ...inCells(lines, cells.changes),
    ...inTotals(lines, locationsOf(cells), availableBy(stock.plain)),
    ...moves,
  ].filter(({ units }) => units !== 0);
}

function inCells(lines: readonly CellLine[], changes: readonly CellChange[]): Imbalance[] {
  const came = new Map(changes.map((change) => [nameOf(change), change.onHandChange]));
  const known = new Set(lines.map(nameOf));
  const lost = changes
    .filter((change) => !known.has(nameOf(change)))
    .map(({ productID, locationID, onHandChange }) => {
      return { productID, locationID, units: -onHandChange };
    });
  const found = lines.map((line) => {
    const { productID, locationID, onHandQuantity } = line;
    return { productID, locationID, units: onHandQuantity - (came.get(nameOf(line)) ?? 0) };
  });
  return [...found, ...lost];
}

function inTotals(
  lines: readonly CellLine[],
  locations: Locations,
  available: ReadonlyMap<number, number>,
): Imbalance[] {
  const left = new Map(available);
  for (const { productID, locationID, onHandQuantity, heldQuantity } of lines) {
    const free = locations.isSellable(locationID) ? onHandQuantity - heldQuantity : 0;
    left.set(productID, (left.get(productID) ?? 0) - free);
  }
  return [...left].map(([productID, units]) => ({ productID, units }));
}

/** How many units are not accounted for, too many and too few together: they must not cancel each other out. */
export function conservationOf(imbalances: readonly Imbalance[]): number {
  return imbalances.reduce((sum, { units }) => sum + Math.abs(units), 0);
}

function locationsOf(audit: CellAudit): Locations {
  const locations = new Locations();
  locations.load(audit.locations);
  return locations;
}

function availableBy(lines: readonly StockLine[]): Map<number, number> {
  return new Map(lines.map(({ productID, availableQuantity }) => [productID, availableQuantity]));
}

function productsOf(records: readonly LedgerRecord[]): number[] {
  return [...new Set(records.map(({ productID }) => productID))].sort((a, b) => a - b);
}

function lineOf(productID: number, cell: Cell): CellLine {
  const { locationID, onHandQuantity, heldQuantity, latest } = cell;
  return { productID, locationID, onHandQuantity, heldQuantity, record: latest.record };
}

function nameOf({ productID, locationID }: Pick<CellLine, 'productID' | 'locationID'>): string {
  return `${productID} ${locationID}`;
}
