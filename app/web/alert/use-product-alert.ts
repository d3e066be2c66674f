import { useQuery } from '@tanstack/react-query';
import type { Alert } from '../../wire/alerts';
import { ask } from '../api/ask';
import { ALERTS, ALERTS_REFRESH_MS } from '../page';

/** The unresolved alert of a product at all its locations together; null if it has none. */
export function useProductAlert(productID: number) {
  return useQuery({
    queryKey: [...ALERTS, 'product', productID],
    queryFn: async () => {
      const { body } = await ask<Alert[]>(`/alerts?productID=${productID}`);
      return body.find(({ locationID }) => locationID === undefined) ?? null;
    },
    refetchInterval: ALERTS_REFRESH_MS,
    enabled: Number.isSafeInteger(productID),
  });
}
