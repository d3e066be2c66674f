import type { Catalogue } from '../../../ledger/catalogue';
import { cellOf, freeIn, type Places } from '../../../ledger/cell';
import type { Ledger } from '../../../ledger/ledger';
import type { Locations } from '../../../ledger/locations/locations';
import { markOf } from '../../../ledger/mark';
import { NumberOrder, type Part } from '../../../ledger/number-order';
import { PartCache } from '../../../ledger/part-cache';
import { type ProductRevision, reorderPointAt } from '../../../ledger/product';
import { Reader } from '../../../ledger/reader';
import type { RecentSales } from '../../../ledger/recent-sales';
import type { LedgerRecord } from '../../../ledger/record';
import type { OverviewProduct } from '../../../wire/overview';
import type { BeforeJson } from '../../answers/before-json';
import { recordPosition, revisionPosition } from '../../answers/entity-tags';
import { money } from '../../answers/entry-json';
import { JsonBody } from '../../answers/json-body';

/** The data of an overview. */
export interface OverviewFacts extends Places {
  readonly sales: RecentSales;
  readonly catalogue: Catalogue;
}

/** An overview, and the position as of which it is exact. */
export interface OverviewJson {
  readonly body: JsonBody;
  readonly position: string;
}

/** The position of an overview as one text. Two overviews of one place with the same position are the same. */
export function positionOf({ sales, stock, catalogue, locations }: OverviewFacts): string {
  const { asOf, today } = sales;
  return [
    recordPosition(stock.last),
    asOf,
    revisionPosition(catalogue.last),
    today,
    placesOf(locations),
  ].join('/');
}

/** Reads the data of an overview. Sales come first, so that the stock is as of the same record or a later one. */
export async function factsOf(ledger: Ledger): Promise<OverviewFacts> {
  const sales = await ledger.sales.recent();
  const [places, catalogue] = await Promise.all([ledger.places(), ledger.catalogue()]);
  return { ...places, sales, catalogue };
}

/** Builds the overview of one location. It is not kept: there may be many locations, and each overview has all products. */
export async function overviewAt(ledger: Ledger, locationID: number): Promise<OverviewJson> {
  const facts = await factsOf(ledger);
  return new Builder(facts, locationID).build(facts.sales);
}

/** The body of `GET /overview`, kept as bytes. Only parts with a product that changed are built again. */
export class OverviewBody {
  readonly #ledger: Ledger;
  readonly #reader = new Reader(() => this.#read());
  #builder: Builder | undefined;
  #latest: OverviewJson | undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** The body as of a moment after the call. @param position the position at the call @throws StoreUnavailable */
  async at(position: string): Promise<OverviewJson> {
    return this.#latest?.position === position ? this.#latest : this.#reader.current();
  }

  async #read(): Promise<OverviewJson> {
    const facts = await factsOf(this.#ledger);
    if (!this.#builder?.isOf(facts)) this.#builder = new Builder(facts);
    this.#latest = await this.#builder.build(facts.sales);
    return this.#latest;
  }
}

/** Builds the overviews of one stock and one catalogue as they grow. */
class Builder {
  readonly #facts: OverviewFacts;
  /** All products that have a record or are in the catalogue. */
  readonly #order = new NumberOrder();
  /** The parts of stock and catalogue that the order has, by version. */
  readonly #seen = new WeakMap<Part, number>();
  /** The last entry about a location that the parts were built with. */
  #places: number;
  #parts = new PartCache<Buffer>();
  #sales: RecentSales;
  readonly #locationID: number | undefined;

  /** @param locationID undefined for all locations together */
  constructor(facts: OverviewFacts, locationID?: number) {
    this.#facts = facts;
    this.#sales = facts.sales;
    this.#places = placesOf(facts.locations);
    this.#locationID = locationID;
  }

  isOf({ stock, catalogue, locations, documents }: OverviewFacts): boolean {
    const facts = this.#facts;
    return (
      stock === facts.stock &&
      catalogue === facts.catalogue &&
      locations === facts.locations &&
      documents === facts.documents
    );
  }

  async build(sales: RecentSales): Promise<OverviewJson> {
    const changed = sales.changedSince(this.#sales);
    const places = placesOf(this.#facts.locations);
    // A location is retired about once a year: then every part is built again.
    if (!changed || places !== this.#places) this.#parts = new PartCache();
    this.#places = places;
    this.#sales = sales;
    // An iterator, so that each slice goes on where the one before stopped.
    const sold = (changed ?? [])[Symbol.iterator]();
    const facts = { ...this.#facts, sales };
    const { made, at } = await this.#parts.all(
      this.#order,
      ({ numbers }) => Buffer.from(lines(numbers, facts, this.#locationID)),
      () => ({ position: positionOf(facts), head: head(facts) }),
      (isOver) => this.#markChanges(sold, isOver),
    );
    return { body: JsonBody.list(at.head, made, ']}'), position: at.position };
  }

  /** Marks the changed products in the order. @returns false if there are more to mark */
  #markChanges(sold: Iterator<number | undefined>, isOver: () => boolean): boolean {
    for (let next = sold.next(); !next.done; next = sold.next()) {
      if (next.value !== undefined) this.#order.change(next.value);
      if (isOver()) return false;
    }
    if (!this.#facts.stock.isWhole || !this.#facts.catalogue.isWhole) return false;
    for (const { parts } of [this.#facts.stock.order, this.#facts.catalogue.order]) {
      for (const part of parts) {
        if (this.#seen.get(part) === part.version) continue;
        for (const productID of part.numbers) this.#order.change(productID);
        this.#seen.set(part, part.version);
        if (isOver()) return false;
      }
    }
    return true;
  }
}

function head(facts: OverviewFacts): string {
  const { sales, stock, catalogue } = facts;
  const known = {
    asOf: stock.last?.record ?? 0,
    salesAsOf: sales.asOf,
    revision: catalogue.last?.revision ?? 0,
    timeZone: sales.timeZone,
    today: sales.today,
    todayBegins: new Date(sales.todayBounds.from).toISOString(),
    todayEnds: new Date(sales.todayBounds.to).toISOString(),
  };
  return `${JSON.stringify(known).slice(0, -1)},"products":[`;
}

/** The products of a part, each with a comma before it, without retired products that have no record. */
function lines(
  productIDs: readonly number[],
  facts: OverviewFacts,
  locationID: number | undefined,
): string {
  const { sales, stock, catalogue } = facts;
  return productIDs
    .map((productID) => {
      const record = stock.get(productID);
      const product = catalogue.get(productID);
      if (!record && (!product || product.retired)) return '';
      const line: BeforeJson<OverviewProduct> = {
        productID,
        ...catalogueJson(product),
        ...(locationID === undefined
          ? { ...stockJson(record), ...reorderPointsJson(product, facts) }
          : jsonAt(productID, locationID, facts)),
        unitsSold: sales.of(productID),
      };
      return `,${JSON.stringify(line)}`;
    })
    .join('');
}

function catalogueJson(product: ProductRevision | undefined) {
  const price = product?.price ?? null;
  return {
    name: product?.name ?? null,
    sku: product?.sku ?? null,
    barcode: product?.barcode ?? null,
    price: price === null ? null : money(price),
    reorderPoint: product?.reorderPoint ?? null,
    reorderQuantity: product?.reorderQuantity ?? null,
    ...(product?.retired && { retired: true as const }),
  };
}

/** What there is of a product at a location, and when it is low there. */
function jsonAt(productID: number, locationID: number, facts: OverviewFacts) {
  const cell = cellOf(facts, productID, locationID);
  const point = reorderPointAt(facts.catalogue.get(productID), locationID);
  return {
    ...stockJson(cell?.latest),
    availableQuantity: cell ? freeIn(cell) : null,
    reorderPoint: point?.reorderPoint ?? null,
    reorderQuantity: point?.reorderQuantity ?? null,
  };
}

/** The reorder points of a product at locations, with what is there. */
function reorderPointsJson(
  product: ProductRevision | undefined,
  facts: OverviewFacts,
): Pick<BeforeJson<OverviewProduct>, 'reorderPoints'> {
  const points = product?.reorderPoints?.filter(
    ({ locationID }) => facts.locations.get(locationID)?.retired === false,
  );
  if (!product || !points || points.length === 0) return {};
  const reorderPoints = points.map((point) => {
    const cell = cellOf(facts, product.productID, point.locationID);
    return {
      ...point,
      availableQuantity: cell ? freeIn(cell) : null,
      recordedAt: cell?.latest.recordedAt ?? null,
    };
  });
  return { reorderPoints };
}

/** The last entry about a location. */
function placesOf(locations: Locations): number {
  return locations.last?.entry ?? 0;
}

function stockJson(record: LedgerRecord | undefined) {
  return {
    availableQuantity: record?.availableQuantity ?? null,
    record: record?.record ?? null,
    mark: record ? markOf(record, record.recordedAt) : null,
    recordedAt: record?.recordedAt ?? null,
  };
}
