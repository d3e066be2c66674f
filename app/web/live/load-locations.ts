import {
  type Cells,
  FIRST_LOCATION,
  type LocatedStock,
  loadCells,
  NO_LOCATIONS,
} from '../../client/cells';
import type { CellAnswer, LocationAnswer } from '../../wire/locations';
import { ask } from '../api/ask';

/**
 * Loads the locations, and what is at those whose stock is not followed yet. What is at the first location follows from the total, and
 * a retired one has nothing.
 *
 * @param followed what is known of locations whose every record is followed
 * @throws Refused, Unreachable
 */
export async function loadLocations(followed: Cells = NO_LOCATIONS.cells): Promise<LocatedStock> {
  const { body: locations } = await ask<LocationAnswer[]>('/locations', { cache: 'no-store' });
  const wanted = locations.filter(
    ({ locationID, retired }) =>
      locationID !== FIRST_LOCATION && !retired && !followed.has(locationID),
  );
  const loaded = await Promise.all(
    wanted.map(async ({ locationID }) => {
      const { body } = await ask<CellAnswer[]>(`/inventory?locationID=${locationID}`);
      return { locationID, body };
    }),
  );
  const cells = loaded.reduce(
    (all, { locationID, body }) => loadCells(all, locationID, body),
    followed,
  );
  return { locations, cells };
}
