import { type Outlook, outlook } from '../ledger/outlook';
import { searchText } from '../ledger/search-text';
import type { Overview, OverviewProduct } from '../wire/overview';
import { freeAfter, locationOf } from '../wire/record-place';
import type { AcceptedRecord, LatestRecord, RecordAnswer } from '../wire/records';
import { followCells, freeAt, type LocatedStock, NO_LOCATIONS } from './cells';
import { entityTag } from './entity-tag';

/** Days in the overview; today is the last. */
export const DAYS = 30;

/** The window of the outlook: this many whole days up to yesterday, as in `GET /products/{productID}/outlook`. */
const OUTLOOK_DAYS = 28;

/** A product as the page shows it. */
export interface Product extends OverviewProduct {
  /** Its name, or its number if it is not in the catalogue. */
  readonly title: string;
  /** The text that a search looks through. */
  readonly searchText: string;
  readonly units7: number;
  readonly units30: number;
  /** Mean units sold a day: rounded to two decimals, and exact. */
  readonly unitsPerDay: number;
  readonly exactUnitsPerDay: number;
  readonly daysOfCover: number | null;
  /** At or below its reorder point, or never counted though it has one. */
  readonly low: boolean;
  readonly out: boolean;
  /** How many to order now. */
  readonly reorder: number;
}

/** A product's latest record, with its mark if that is known. */
export type MarkedRecord = LatestRecord &
  Partial<AcceptedRecord> & { readonly mark?: string | undefined };

/** All products, exact as of a record, and where they are. */
export interface Shop extends LocatedStock {
  /** The last record that is in these numbers. */
  readonly asOf: number;
  /** The last record whose sale is in `unitsSold`. A follower continues from here. */
  readonly followed: number;
  /** The catalogue's last revision. */
  readonly revision: number;
  /** The time zone of the days. */
  readonly timeZone: string;
  /** The day that is the last of `unitsSold`. */
  readonly today: string;
  /** When it begins and when the next day does, in milliseconds since 1970. */
  readonly todayBegins: number;
  readonly todayEnds: number;
  /** By productID. */
  readonly products: readonly Product[];
  readonly byID: ReadonlyMap<number, Product>;
}

/** The entity tag of a product's latest record; undefined if it has none. */
export function recordTag({ record, mark }: OverviewProduct): string | undefined {
  return record === null ? undefined : entityTag(record, mark);
}

/** The shop of an overview, and of its locations. */
export function shopOf(
  { salesAsOf, products, todayBegins, todayEnds, ...overview }: Overview,
  { locations, cells }: LocatedStock = NO_LOCATIONS,
): Shop {
  return {
    ...overview,
    followed: salesAsOf,
    todayBegins: Date.parse(todayBegins),
    todayEnds: Date.parse(todayEnds),
    locations,
    cells,
    ...indexed(products.map(productOf)),
  };
}

/** Whether something was recorded today, as far as the shop knows which day it is. */
export function isOfToday(
  { todayBegins, todayEnds }: Pick<Shop, 'todayBegins' | 'todayEnds'>,
  { recordedAt }: Pick<RecordAnswer, 'recordedAt'>,
): boolean {
  const at = Date.parse(recordedAt);
  return todayBegins <= at && at < todayEnds;
}

/** Whether a record changes the sales of another day than its own: then the overview says them. */
export function isCancellation({ reason }: Pick<RecordAnswer, 'reason'>): boolean {
  return reason === 'cancellation';
}

/** The units of a product that are free at a location; null if it has no record. */
export function freeOf(shop: Shop, productID: number, locationID: number): number | null {
  const total = shop.byID.get(productID)?.availableQuantity ?? null;
  return freeAt(shop, productID, total, locationID);
}

/**
 * Adds records of the stream, in their order. Known ones are skipped.
 *
 * @returns the same shop if nothing was new
 */
export function follow(shop: Shop, records: readonly RecordAnswer[]): Shop {
  const news = records.filter(({ record }) => record > shop.followed);
  const last = news.at(-1);
  if (!last) return shop;
  const changed = new Map<number, OverviewProduct>();
  for (const record of news) {
    const { productID } = record;
    const before = changed.get(productID) ?? shop.byID.get(productID) ?? unlisted(productID);
    const counted = withReorderPoint(withStock(before, record), record);
    changed.set(productID, withSale(counted, record, shop));
  }
  return {
    ...shop,
    ...replaced(shop, changed),
    cells: followCells(shop.cells, news),
    asOf: Math.max(shop.asOf, last.record),
    followed: last.record,
  };
}

/**
 * Adds the answer to a change at once. Its sale comes with the stream. So does an unknown product, since the answer has no
 * name.
 */
export function acknowledge(shop: Shop, record: MarkedRecord): Shop {
  const before = shop.byID.get(record.productID);
  if (!before) return shop;
  const after = withStock(before, record);
  const cells = followCells(shop.cells, [record]);
  if (after === before && cells === shop.cells) return shop;
  return { ...shop, cells, ...replaced(shop, new Map([[record.productID, after]])) };
}

function withStock(product: OverviewProduct, latest: MarkedRecord): OverviewProduct {
  if ((product.record ?? 0) >= latest.record) return product;
  const { record, availableQuantity, recordedAt, mark = null } = latest;
  return { ...product, record, mark, availableQuantity, recordedAt };
}

/** With what the record left at its location, if the product has a reorder point there. */
function withReorderPoint(product: OverviewProduct, record: RecordAnswer): OverviewProduct {
  const free = freeAfter(record);
  const { recordedAt } = record;
  if (!product.reorderPoints || free === undefined) return product;
  const reorderPoints = product.reorderPoints.map((point) =>
    point.locationID === locationOf(record)
      ? { ...point, availableQuantity: free, recordedAt }
      : point,
  );
  return { ...product, reorderPoints };
}

function withSale(product: OverviewProduct, record: RecordAnswer, shop: Shop): OverviewProduct {
  // Of a cancellation only the service knows on which day its sale was.
  if (!record.quantity || !isOfToday(shop, record) || isCancellation(record)) return product;
  const unitsSold = product.unitsSold.length > 0 ? [...product.unitsSold] : Array(DAYS).fill(0);
  unitsSold[DAYS - 1] += record.quantity;
  return { ...product, unitsSold };
}

function unlisted(productID: number): OverviewProduct {
  return {
    productID,
    name: null,
    sku: null,
    barcode: null,
    price: null,
    reorderPoint: null,
    reorderQuantity: null,
    availableQuantity: null,
    record: null,
    mark: null,
    recordedAt: null,
    unitsSold: [],
  };
}

function replaced(shop: Shop, changed: ReadonlyMap<number, OverviewProduct>) {
  const isNew = [...changed.keys()].some((productID) => !shop.byID.has(productID));
  const products = shop.products.map((product) => {
    const after = changed.get(product.productID);
    return after && after !== product ? productOf(after) : product;
  });
  if (isNew) {
    for (const [productID, product] of changed) {
      if (!shop.byID.has(productID)) products.push(productOf(product));
    }
    products.sort((a, b) => a.productID - b.productID);
  }
  return indexed(products);
}

function indexed(products: readonly Product[]): Pick<Shop, 'products' | 'byID'> {
  return { products, byID: new Map(products.map((product) => [product.productID, product])) };
}

/** A product, with the numbers that are computed for it. */
export function productOf(product: OverviewProduct): Product {
  const { productID, name, sku, barcode, unitsSold } = product;
  const available = product.availableQuantity;
  const window = unitsSold.slice(DAYS - 1 - OUTLOOK_DAYS, DAYS - 1);
  const { unitsPerDay, daysOfCover, low, reorder }: Outlook = outlook({
    availableQuantity: available,
    unitsSold: sum(window),
    days: OUTLOOK_DAYS,
    product,
  });
  return {
    ...product,
    title: name ?? `Product ${productID}`,
    searchText: searchText([name, sku, barcode, productID].join(' ')),
    units7: sum(unitsSold.slice(-7)),
    units30: sum(unitsSold),
    unitsPerDay,
    exactUnitsPerDay: Math.max(0, sum(window)) / OUTLOOK_DAYS,
    daysOfCover,
    low,
    out: available === 0,
    reorder,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
