import { type Cell, cellsOf } from './cell';
import { outstandingOf } from './documents/document';
import { Documents } from './documents/documents';
import { FIRST_LOCATION, IN_TRANSIT } from './locations/location';
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
  /** Where that many more units are than came in and did not go out. */
  readonly locationID?: number;
  /** What moved that many more units in than out. Without place and document, the product's total has them and no location does. */
  readonly document?: string | null;
  /** These units are held and no open hold has them, or the other way round. */
  readonly isHeld?: true;
  /** These units are in transit and no open transfer has them, or the other way round. */
  readonly isOnTheWay?: true;
}

/** The cells as they are in memory: the fold of the latest records. By product and location. */
export function cellsInMemory(audit: CellAudit): CellLine[] {
  const stock = new Stock(audit.latest.quick);
  const places = { stock, locations: locationsOf(audit), documents: documentsOf(audit) };
  return productsOf(audit.latest.quick).flatMap((productID) =>
    cellsOf(places, productID).map((cell) => lineOf(productID, cell)),
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
  const held = heldByHolds(cells);
  return cells.latest.plain.map((latest) => {
    const { productID, locationID, record, onHandQuantity } = latest;
    const { heldQuantity } = latest;
    const cell = { productID, locationID, record };
    if (onHandQuantity !== null) return { ...cell, onHandQuantity, heldQuantity };
    const heldByHand = held.get(nameOf(cell)) ?? 0;
    if (locationID !== FIRST_LOCATION) {
      return { ...cell, onHandQuantity: heldByHand, heldQuantity: heldByHand };
    }
    const free = (available.get(productID) ?? 0) - (elsewhere.get(productID) ?? 0);
    return { ...cell, onHandQuantity: free + heldByHand, heldQuantity: heldByHand };
  });
}

/**
 * What is not accounted for; nothing in a ledger that is whole. In each cell, what came in less what went out must be there. What is
 * available of a product must be free at its sellable locations. A move must take away as much as it adds. What is held must be held
 * by open holds, and what is in transit must be outstanding in open transfers.
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
    ...inHolds(lines, heldByHolds(cells)),
    ...onTheWay(lines, cells),
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

/** Units that are held by no open hold, or the other way round. */
function inHolds(lines: readonly CellLine[], held: ReadonlyMap<string, number>): Imbalance[] {
  return lines.map((line) => {
    const { productID, locationID, heldQuantity } = line;
    const units = heldQuantity - (held.get(nameOf(line)) ?? 0);
    return { productID, locationID, isHeld: true, units };
  });
}

/** Units that are in transit and belong to no open transfer, or the other way round. */
function onTheWay(lines: readonly CellLine[], { openDocuments }: CellAudit): Imbalance[] {
  const left = new Map<number, number>();
  const add = (productID: number, units: number) =>
    left.set(productID, (left.get(productID) ?? 0) + units);
  for (const { productID, locationID, onHandQuantity } of lines) {
    if (locationID === IN_TRANSIT) add(productID, onHandQuantity);
  }
  for (const { kind, lines: sent } of openDocuments) {
    if (kind !== 'transfer') continue;
    for (const line of sent) add(line.productID, -outstandingOf(line));
  }
  return [...left].map(([productID, units]) => {
    return { productID, locationID: IN_TRANSIT, isOnTheWay: true, units };
  });
}

/** Units that open holds set aside in each cell. */
function heldByHolds({ openDocuments }: CellAudit): Map<string, number> {
  const held = new Map<string, number>();
  for (const { kind, lines } of openDocuments) {
    if (kind !== 'hold') continue;
    for (const line of lines) {
      held.set(nameOf(line), (held.get(nameOf(line)) ?? 0) + line.quantity);
    }
  }
  return held;
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

function documentsOf(audit: CellAudit): Documents {
  const documents = new Documents();
  documents.load(audit.openDocuments);
  return documents;
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
