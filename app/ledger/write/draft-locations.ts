import { cellOf } from '../cell';
import type { Documents } from '../documents/documents';
import { decideLocation } from '../locations/decide-location';
import type { LocationEntry } from '../locations/location';
import type { LocationRefusal } from '../locations/location-command';
import type { Locations } from '../locations/locations';
import type { Stock } from '../stock';
import type { LocationSubmission } from '../submission';
import type { StampAndLimits } from './turn-facts';

/** The changes of locations in a draft, each decided by itself. */
export class LocationDraft {
  /** The entries to append. */
  readonly entries: LocationEntry[] = [];
  /** The locations after these. */
  readonly current: Locations;
  readonly #stamp: StampAndLimits;

  constructor(locations: Locations, stamp: StampAndLimits) {
    this.current = locations.layer();
    this.#stamp = stamp;
  }

  /** Decides one change. @param now stock and documents as they are then */
  decide(
    submission: LocationSubmission,
    now: { readonly stock: Stock; readonly documents: Documents },
  ): LocationEntry | LocationRefusal {
    const { command, actor = null } = submission;
    const use = {
      productsAt: (locationID: number) => this.#productsAt(now, locationID),
      transfersAt: (locationID: number) => transfersAt(now.documents, locationID),
    };
    const decided = decideLocation(this.current, use, command);
    if ('refusal' in decided) return decided;
    const { now: recordedAt, turnMark } = this.#stamp;
    const number = (this.current.last?.entry ?? 0) + 1;
    const entry: LocationEntry = { entry: number, ...decided, recordedAt, actor, turnMark };
    this.current.fold([entry]);
    this.entries.push(entry);
    return entry;
  }

  /** How many products have units, or holds, at a location other than the first. */
  #productsAt(
    { stock, documents }: { readonly stock: Stock; readonly documents: Documents },
    locationID: number,
  ): number {
    let products = 0;
    for (const productID of stock.productsElsewhere()) {
      const places = { stock, documents, locations: this.current };
      const cell = cellOf(places, productID, locationID);
      // A row by hand may say that nothing is there of what a hold has.
      const isThere =
        cell && (cell.onHandQuantity > 0 || documents.heldAt(productID, locationID) > 0);
      if (isThere) products += 1;
    }
    return products;
  }
}

/** How many transfers are on their way to or from a location. */
function transfersAt(documents: Documents, locationID: number): number {
  return documents.open('transfer').filter(({ from, to }) => [from, to].includes(locationID))
    .length;
}
