import { FIRST_LOCATION, LOCATIONS_MAX, type Location } from './location';
import type { LocationCommand, LocationRefusal, PutLocationCommand } from './location-command';
import type { Locations } from './locations';

/** What may keep a location from being retired. */
interface Use {
  /** How many products have units there. */
  productsAt(locationID: number): number;
  /** How many transfers are on their way from or to there. */
  transfersAt(locationID: number): number;
}

/** Decides one change of a location. */
export function decideLocation(
  locations: Locations,
  use: Use,
  command: LocationCommand,
): Location | LocationRefusal {
  return command.kind === 'put'
    ? put(locations, command)
    : retire(locations, use, command.locationID);
}

function put(
  locations: Locations,
  { locationID, name, sellable, address }: PutLocationCommand,
): Location | LocationRefusal {
  const known = locations.get(locationID);
  if (!known && locations.all().length >= LOCATIONS_MAX) {
    return { refusal: 'location-limit', limit: LOCATIONS_MAX };
  }
  if (known && sellable !== undefined && sellable !== known.sellable) {
    return { refusal: 'sellable-is-fixed', locationID, sellable: known.sellable };
  }
  const isSellable = known?.sellable ?? sellable ?? true;
  return { locationID, name, sellable: isSellable, address, retired: false };
}

function retire(locations: Locations, use: Use, locationID: number): Location | LocationRefusal {
  if (locationID === FIRST_LOCATION) return { refusal: 'first-location', locationID };
  const known = locations.get(locationID);
  if (!known || known.retired) return { refusal: 'unknown-location', locationID };
  const products = use.productsAt(locationID);
  const transfers = use.transfersAt(locationID);
  if (products + transfers > 0) {
    return { refusal: 'location-in-use', locationID, products, transfers };
  }
  const { name, sellable, address } = known;
  return { locationID, name, sellable, address, retired: true };
}
