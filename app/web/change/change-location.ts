import type { ShopLocations } from '../location/shop-locations';
import type { ChangeKind } from './change-kinds';

/** The location of a change, where the shop has several. */
export interface ChangeLocation {
  readonly locationID: number;
  readonly name: string;
}

/** The location as a change names it; undefined where there is only one. */
export function changeLocation(
  { areSeveral, nameOf }: ShopLocations,
  locationID: number,
): ChangeLocation | undefined {
  return areSeveral ? { locationID, name: nameOf(locationID) } : undefined;
}

/** Why nothing of this kind can be recorded at a location; undefined if it can. */
export function locationFault(
  { areSeveral, own, nameOf, isSellable }: ShopLocations,
  kind: ChangeKind,
  locationID: number,
): string | undefined {
  if (!areSeveral) return undefined;
  if (!own.some((location) => location.locationID === locationID)) return 'Choose a location.';
  if (kind === 'sale' && !isSellable(locationID))
    return `Nothing is sold at ${nameOf(locationID)}. Choose another location.`;
  return undefined;
}
