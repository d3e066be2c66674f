import { useQuery } from '@tanstack/react-query';
import { Refused } from '../../client/failure';
import type { CatalogueProduct } from '../../wire/products';
import { ask } from '../api/ask';
import { CATALOGUE, useLive } from '../page';

/** How often the catalogue is asked again after a failure: no record tells that the service is back. */
const AGAIN_MS = 3_000;

/** Answers that mean that the catalogue has no such product. A number that no product can have is refused. */
const NONE = new Set([400, 404]);

/** A product of the catalogue, with the entity tag that it came with. */
export type TaggedProduct = CatalogueProduct & { readonly etag?: string | undefined };

/** A product's catalogue data; null if the catalogue does not have it, undefined until it has answered. */
export function useCatalogueProduct(productID: number) {
  const revision = useLive().shop?.revision;
  return useQuery({
    queryKey: [...CATALOGUE, productID, revision],
    queryFn: () =>
      ask<CatalogueProduct>(`/products/${productID}`).then(
        ({ body, etag }): TaggedProduct => ({ ...body, etag }),
        (error) => {
          if (error instanceof Refused && NONE.has(error.problem.status)) return null;
          throw error;
        },
      ),
    enabled: Number.isSafeInteger(productID),
    refetchInterval: ({ state }) => state.status === 'error' && AGAIN_MS,
    placeholderData: (before: TaggedProduct | null | undefined) => before,
  });
}
