import { cellOf } from '../cell';
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

  /** Decides one change. @param stock as it is then */
  decide(submission: LocationSubmission, stock: Stock): LocationEntry | LocationRefusal {
    const { command, actor = null } = submission;
    const productsAt = (locationID: number) => this.#productsAt(stock, locationID);
    const decided = decideLocation(this.current, productsAt, command);
    if ('refusal' in decided) return decided;
    const { now: recordedAt, turnMark } = this.#stamp;
    const number = (this.current.last?.entry ?? 0) + 1;
    const entry: LocationEntry = { entry: number, ...decided, recordedAt, actor, turnMark };
    this.current.fold([entry]);
    this.entries.push(entry);
    return entry;
  }

  /** How many products have units at a location other than the first. */
  #productsAt(stock: Stock, locationID: number): number {
    let products = 0;
    for (const productID of stock.productsElsewhere()) {
      const cell = cellOf(stock, this.current, productID, locationID);
      if (cell && cell.onHandQuantity > 0) products += 1;
    }
    return products;
  }
}
