import { FIRST_LOCATION, IN_TRANSIT } from '../../client/cells';
import type { LocationAnswer } from '../../wire/locations';

/** The locations of the shop, for the one who is signed in. */
export interface ShopLocations {
  /** Whether there are several. If not, the page does not mention them. */
  readonly areSeveral: boolean;
  /** Those that are not retired, by locationID. */
  readonly open: readonly LocationAnswer[];
  /** Those of them where the one who is signed in may change stock. */
  readonly own: readonly LocationAnswer[];
  /** What a location is called. A name that several have is told apart by its number. */
  nameOf(locationID: number | undefined): string;
  isSellable(locationID: number): boolean;
}

/** @param bound the only locations where somebody may change stock; undefined for all */
export function shopLocations(
  all: readonly LocationAnswer[],
  bound: readonly number[] | undefined,
): ShopLocations {
  const open = all.filter(({ retired }) => !retired);
  const byID = new Map(all.map((location) => [location.locationID, location]));
  const counts = new Map<string, number>();
  for (const { name } of open) counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    areSeveral: open.length > 1,
    open,
    own: open.filter(({ locationID }) => bound?.includes(locationID) ?? true),
    nameOf: (locationID = FIRST_LOCATION) => {
      if (locationID === IN_TRANSIT) return 'In transit';
      const name = byID.get(locationID)?.name;
      if (name === undefined) return `Location ${locationID}`;
      return (counts.get(name) ?? 0) > 1 ? `${name} (#${locationID})` : name;
    },
    isSellable: (locationID) => byID.get(locationID)?.sellable ?? false,
  };
}
