import { FIRST_LOCATION } from '../../client/cells';
import { readLocation } from './kept-location';
import { useShopLocations } from './use-shop-locations';

/**
 * Where a change is made unless somebody chooses: at the wanted location, or where the last choice on this device was; else at
 * the first one where the one who is signed in may change stock.
 */
export function useFirstLocation(wanted?: number): number {
  const { own } = useShopLocations();
  const offered = [wanted, readLocation()].find((locationID) =>
    own.some((location) => location.locationID === locationID),
  );
  return offered ?? own[0]?.locationID ?? FIRST_LOCATION;
}
