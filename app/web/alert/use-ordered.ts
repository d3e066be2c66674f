import { useQuery } from '@tanstack/react-query';
import type { Answer } from '../../client/service-client';
import { type Ordered, orderedOf } from '../../ledger/outlook';
import type { Alert } from '../../wire/alerts';
import { PAGE_MAX } from '../../wire/pages';
import { ask } from '../api/ask';
import { ALERTS, useLive } from '../page';

/** What is ordered already, by productID. */
export function useOrdered() {
  const { shop } = useLive();
  const today = shop?.today ?? '';
  return useQuery({
    queryKey: [...ALERTS, 'ordered', today],
    enabled: shop !== undefined,
    queryFn: async () => {
      const found = new Map<number, Ordered>();
      let path: string | undefined = `/alerts?status=ordered&limit=${PAGE_MAX}`;
      while (path !== undefined) {
        const { body, next }: Answer<Alert[]> = await ask(path);
        for (const alert of body) {
          const { productID, locationID } = alert;
          // What is brought to one location is not ordered for the product.
          const isOfProduct = productID !== null && locationID === undefined;
          const ordered = isOfProduct ? orderedOf(alert, today) : null;
          if (isOfProduct && ordered) found.set(productID, ordered);
        }
        path = next;
      }
      return found;
    },
  });
}
