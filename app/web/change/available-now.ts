import { freeOf } from '../../client/shop';
import type { AcceptedRecord } from '../../wire/records';
import type { LiveShop } from '../live/live-shop';
import { units } from '../ui/format';

/** What is available after a change, in words; with the units at its location if the shop has several. */
export function availableNow(
  { state: { shop } }: LiveShop,
  { productID, availableQuantity }: Pick<AcceptedRecord, 'productID' | 'availableQuantity'>,
  locationID: number | undefined,
): string {
  const free = shop && locationID !== undefined ? freeOf(shop, productID, locationID) : null;
  return free === null
    ? `${units(availableQuantity)} available now`
    : `${units(free)} there now, ${units(availableQuantity)} available in all`;
}
