import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Answer } from '../../client/service-client';
import { type Ordered, orderedOf } from '../../ledger/outlook';
import type { Alert } from '../../wire/alerts';
import { PAGE_MAX } from '../../wire/pages';
import { ask } from '../api/ask';
import { ALERTS, useLive } from '../page';

/** What is ordered already, by productID. @param locationID 0 for what is ordered for products as a whole */
export function useOrdered(locationID = 0) {
  const { shop } = useLive();
  const today = shop?.today ?? '';
  return useQuery({
    queryKey: [...ALERTS, 'ordered', today],
    enabled: shop !== undefined,
    queryFn: async () => {
      const found: Alert[] = [];
      let path: string | undefined = `/alerts?status=ordered&limit=${PAGE_MAX}`;
      while (path !== undefined) {
        const { body, next }: Answer<Alert[]> = await ask(path);
        found.push(...body);
        path = next;
      }
      return found;
    },
    select: useCallback(
      (alerts: readonly Alert[]) => orderedBy(alerts, locationID, today),
      [locationID, today],
    ),
  });
}

/** What is brought to one location is not ordered for the product. */
function orderedBy(alerts: readonly Alert[], locationID: number, today: string) {
  const found = new Map<number, Ordered>();
  for (const alert of alerts) {
    const ordered = (alert.locationID ?? 0) === locationID && orderedOf(alert, today);
    if (alert.productID !== null && ordered) found.set(alert.productID, ordered);
  }
  return found;
}
