import type { Fold, FoldKind } from './fold';

/** What a place is called, from one change on. */
export interface Place {
  /** Position in the history of all places: 1, 2, 3, … in commit order. */
  readonly change: number;
  readonly placeID: number;
  readonly name: string;
  readonly recordedAt: Date;
  /** The random mark of the turn that appended it. */
  readonly turnMark: number | null;
}

/** What each place is called now. */
export class Places implements Fold<Place> {
  isWhole = true;
  readonly #latest = new Map<number, Place>();
  #last: Place | null = null;

  get last(): Place | null {
    return this.#last;
  }

  get(placeID: number): Place | undefined {
    return this.#latest.get(placeID);
  }

  load(latest: readonly Place[]): void {
    for (const place of latest) {
      this.#latest.set(place.placeID, place);
      if (place.change > (this.#last?.change ?? 0)) this.#last = place;
    }
  }

  fold(places: readonly Place[]): void {
    this.load(places.filter(({ change }) => change > (this.#last?.change ?? 0)));
  }
}

export const PLACES: FoldKind<Place, Places> = {
  position: ({ change }) => change,
  isSame: (a, b) => a.change === b.change && a.turnMark === b.turnMark && a.placeID === b.placeID,
  empty: () => new Places(),
};
