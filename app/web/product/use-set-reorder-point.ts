import { useMutation } from '@tanstack/react-query';
import { Refused } from '../../client/failure';
import type { CatalogueProduct } from '../../wire/products';
import { ask } from '../api/ask';
import { useShopLocations } from '../location/use-shop-locations';
import { CATALOGUE, usePage } from '../page';
import { useAnnounce } from '../ui/announce';

/** A reorder point to set, or to remove. Repeated, it does the same. */
interface ReorderPointChange {
  readonly locationID: number;
  /** As the service takes them; left out to remove it. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Sets or removes the reorder point of a product at a location, and says that it is done. */
export function useSetReorderPoint({ productID }: CatalogueProduct) {
  const { queries } = usePage();
  const { nameOf } = useShopLocations();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: ({ locationID, fields }: ReorderPointChange) =>
      ask<CatalogueProduct>(`/products/${productID}/locations/${locationID}`, {
        method: fields ? 'PUT' : 'DELETE',
        ...(fields && { json: fields }),
      }),
    onSuccess: ({ body, etag }, { locationID, fields }) => {
      const done = fields ? 'set' : 'removed';
      announce(`The reorder point at ${nameOf(locationID)} is ${done}`, 'good');
      queries.setQueriesData({ queryKey: [...CATALOGUE, productID] }, { ...body, etag });
    },
  });
}

/** Why a reorder point was not set. */
export function whyNot(error: unknown): string {
  if (error instanceof Refused) return error.problem.detail;
  return 'The service does not answer, so this may not have been done. Look at the list, and try again.';
}
