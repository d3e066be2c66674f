import type { Ledger } from '../../../ledger/ledger';
import type { Locations } from '../../../ledger/locations/locations';
import { Problem } from '../../problems/problem';

/** The locations, if the one that is asked for is among them, retired or not. @throws Problem `unknown-location` */
export async function knownLocation(ledger: Ledger, locationID: number): Promise<Locations> {
  const locations = await ledger.locations();
  if (locations.get(locationID)) return locations;
  throw new Problem(
    'unknown-location',
    `There is no location ${locationID}: GET /locations lists them.`,
    { locationID },
  );
}
