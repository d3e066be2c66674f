import { useQuery } from '@tanstack/react-query';
import type { Alert } from '../../wire/alerts';
import { ask } from '../api/ask';
import { ALERTS } from '../page';

/**
 * How often the visible alerts are loaded again: the stream reports what happens to them, but not what became of
 * the messages about them. An answer that says nothing new is a 304.
 */
export const REFRESH_MS = 4_000;

/** The unresolved alert of a product; null if it has none. */
export function useProductAlert(productID: number) {
  return useQuery({
    queryKey: [...ALERTS, 'product', productID],
    queryFn: async () => (await ask<Alert[]>(`/alerts?productID=${productID}`)).body[0] ?? null,
    refetchInterval: REFRESH_MS,
    enabled: Number.isSafeInteger(productID),
  });
}
