import { type Cell, cellOf, cellsOf } from './cell';
import { Documents } from './documents/documents';
import { FIRST_LOCATION } from './locations/location';
import type { Locations } from './locations/locations';
import { stockAsOf } from './past-stock';
import type { Questions } from './questions';
import type { LedgerRecord } from './record';
import { othersFirst } from './slice';
import { Stock } from './stock';

/** Cells of a past moment that are read at a time. */
const CELLS_PAGE = 500;

/** A cell of the past, and whose it is. */
export interface PastCell extends Cell {
  readonly productID: number;
}

type Ask = Pick<Questions, 'cellsAsOf' | 'documentsAsOf' | 'latestAsOf'>;

/**
 * What there was of a product at each location when the ledger ended with a record, by locationID.
 *
 * @param locations those of now: whether one sells never changes
 */
export async function cellsAsOf(
  ask: Ask,
  locations: Locations,
  productID: number,
  record: number,
): Promise<Cell[]> {
  const stock = await stockBetween(ask, record, productID, productID);
  const isUnclear = cellRecords(stock, productID).some(isByHand);
  const documents = isUnclear ? await documentsAsOf(ask, record) : NO_DOCUMENTS;
  return cellsOf({ stock, locations, documents }, productID);
}

/**
 * What there was of each product at a location when the ledger ended with a record, by productID, part by part.
 *
 * @throws StoreUnavailable; Overloaded if too many long questions wait, but not after the first part
 */
export async function* atLocationAsOf(
  ask: Ask,
  locations: Locations,
  locationID: number,
  record: number,
): AsyncGenerator<readonly PastCell[]> {
  let documents = NO_DOCUMENTS;
  for await (const records of stockAsOf(ask, record, locationID)) {
    const isClear = locationID !== FIRST_LOCATION || !locations.hasOthers;
    const stock = isClear ? new Stock(records) : await withOthers(ask, records, record);
    // Few ledgers need them, and one answer needs them once.
    if (documents === NO_DOCUMENTS && records.some(isByHand)) {
      documents = await documentsAsOf(ask, record);
    }
    const places = { stock, locations, documents };
    yield records.map(({ productID }) => ({
      productID,
      ...(cellOf(places, productID, locationID) as Cell),
    }));
  }
}

/** The records at the first location with those at others, as far as the first one has only what the others do not have. */
async function withOthers(
  ask: Ask,
  records: readonly LedgerRecord[],
  record: number,
): Promise<Stock> {
  const unclear = records.filter(isByHand);
  const [first, last] = [unclear[0], unclear.at(-1)];
  if (!first || !last) return new Stock(records);
  const stock = await stockBetween(ask, record, first.productID, last.productID);
  stock.load(records);
  return stock;
}

const NO_DOCUMENTS = new Documents();

/** Whether a record does not say what was on hand and held, so that the holds of then are needed. */
function isByHand({ onHandQuantity }: LedgerRecord): boolean {
  return onHandQuantity === null;
}

/** The holds and transfers that were open then. */
async function documentsAsOf(ask: Ask, record: number): Promise<Documents> {
  const documents = new Documents();
  documents.load(await ask.documentsAsOf(record));
  return documents;
}

function cellRecords(stock: Stock, productID: number): LedgerRecord[] {
  return stock
    .locationsOf(productID)
    .map((locationID) => stock.latestAt(productID, locationID) as LedgerRecord);
}

/** The stock of some products, with all their locations. */
async function stockBetween(
  ask: Ask,
  record: number,
  from: number,
  through: number,
): Promise<Stock> {
  const stock = new Stock();
  for (let after: readonly [number, number] | undefined = [from, 0]; after !== undefined; ) {
    const cells: LedgerRecord[] = await ask.cellsAsOf({
      record,
      after,
      through,
      limit: CELLS_PAGE,
    });
    stock.load(cells);
    const last = cells.at(-1);
    after = last && cells.length === CELLS_PAGE ? [last.productID, last.locationID] : undefined;
    await othersFirst();
  }
  return stock;
}
