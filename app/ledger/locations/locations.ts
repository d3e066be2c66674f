import type { Fold, FoldKind } from '../fold';
import {
  FIRST_LOCATION,
  isSameLocationEntry,
  type Location,
  type LocationEntry,
  TRANSIT,
  UNNAMED_FIRST,
} from './location';

const BUILT_IN = new Map(
  [UNNAMED_FIRST, TRANSIT].map((location) => [location.locationID, location]),
);

/** The places where stock is, exact as of the last entry: the fold of all entries. The first location is always there. */
export class Locations implements Fold<LocationEntry> {
  isWhole = true;
  readonly #latest = new Map<number, LocationEntry>();
  readonly #below: Locations | undefined;
  #last: LocationEntry | null;

  constructor(below?: Locations) {
    this.#below = below;
    this.#last = below?.last ?? null;
  }

  /** A layer on top of this. Entries added to it do not change what is below. */
  layer(): Locations {
    return new Locations(this);
  }

  get last(): LocationEntry | null {
    return this.#last;
  }

  /** Whether there is any location but the first. Every turn asks. */
  get hasOthers(): boolean {
    // Only the first one is there without an entry, and it can have one.
    const own = this.#latest.size - (this.#latest.has(FIRST_LOCATION) ? 1 : 0);
    return own > 0 || (this.#below?.hasOthers ?? false);
  }

  /** A location, retired or not, or that of goods on their way; undefined if there is none of this number. */
  get(locationID: number): Location | undefined {
    return this.#latest.get(locationID) ?? this.#below?.get(locationID) ?? BUILT_IN.get(locationID);
  }

  /** Whether what is at a location can be sold. */
  isSellable(locationID: number): boolean {
    return this.get(locationID)?.sellable ?? false;
  }

  /** All locations, retired ones too, by locationID. Goods on their way are at none of them. */
  all(): Location[] {
    const found = new Map<number, Location>();
    for (const location of this.#below?.all() ?? [UNNAMED_FIRST]) {
      found.set(location.locationID, location);
    }
    for (const location of this.#latest.values()) found.set(location.locationID, location);
    return [...found.values()].sort((a, b) => a.locationID - b.locationID);
  }

  load(latest: readonly LocationEntry[]): void {
    for (const entry of latest) {
      this.#latest.set(entry.locationID, entry);
      if (entry.entry > (this.#last?.entry ?? 0)) this.#last = entry;
    }
  }

  fold(entries: readonly LocationEntry[]): void {
    for (const entry of entries) {
      if (entry.entry <= (this.#last?.entry ?? 0)) continue;
      this.#latest.set(entry.locationID, entry);
      this.#last = entry;
    }
  }
}

/** How entries are folded into locations. */
export const LOCATIONS: FoldKind<LocationEntry, Locations> = {
  position: ({ entry }) => entry,
  isSame: isSameLocationEntry,
  empty: () => new Locations(),
};
