import { useQuery } from '@tanstack/react-query';
import type { Alert } from '../../client/answers';
import { ask } from '../api/ask';
import { ALERTS } from '../page';

/**
 * How often alerts in sight are asked for anew: the stream tells of what happens to them, but not of what became of
 * the messages about them. An answer that says nothing new is a 304.
 */
export const REFRESH_MS = 4_000;

/** The alert of a product that is not over; null where it has none. */
export function useProductAlert(productID: number) {
  return useQuery({
    queryKey: [...ALERTS, 'product', productID],
    queryFn: async () => (await ask<Alert[]>(`/alerts?productID=${productID}`)).body[0] ?? null,
    refetchInterval: REFRESH_MS,
    enabled: Number.isSafeInteger(productID),
  });
}
