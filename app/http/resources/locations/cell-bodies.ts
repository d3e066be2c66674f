import { cellOf, type Places } from '../../../ledger/cell';
import { type LinesOf, StockBody, type StockJson } from '../inventory/stock-body';
import { cellJson } from './location-json';

/** Locations whose bodies are kept. Each takes about a megabyte for 10,000 products. */
const KEPT_MAX = 8;

/** The bodies of `GET /inventory?locationID=`, kept as bytes for the locations that were asked for last. */
export class CellBodies {
  /** The one that was asked for last comes last. */
  readonly #bodies = new Map<number, StockBody>();
  #known: Omit<Places, 'stock'> | undefined;

  /** What there is of each product at a location, by productID, as of the call or a moment later. */
  of(places: Places, locationID: number): StockJson | Promise<StockJson> {
    const { locations, documents } = places;
    // After the ledger was loaded again, all are other objects.
    if (locations !== this.#known?.locations || documents !== this.#known.documents) {
      this.#bodies.clear();
      this.#known = { locations, documents };
    }
    const body = this.#bodies.get(locationID) ?? new StockBody(linesAt(this.#known, locationID));
    this.#bodies.delete(locationID);
    this.#bodies.set(locationID, body);
    for (const [longestUnasked] of this.#bodies) {
      if (this.#bodies.size <= KEPT_MAX) break;
      this.#bodies.delete(longestUnasked);
    }
    return body.of(places.stock);
  }
}

function linesAt(known: Omit<Places, 'stock'>, locationID: number): LinesOf {
  return (stock, productIDs) =>
    productIDs
      .map((productID) => {
        const cell = cellOf({ ...known, stock }, productID, locationID);
        return cell ? `,${JSON.stringify(cellJson(productID, cell))}` : '';
      })
      .join('');
}
