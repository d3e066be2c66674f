import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { LEDGER } from '../page';

/** What sales are ranked by, and drawn. */
export type By = 'unitsSold' | 'revenue';

/** What `GET /sales` answers. Shows the answer before until the next one comes. */
export function useSales<T>(parameters: Record<string, string>) {
  const query = new URLSearchParams(parameters).toString();
  return useQuery({
    queryKey: [...LEDGER, 'sales', query],
    queryFn: async () => (await ask<T[]>(`/sales?${query}`)).body,
    placeholderData: (before: T[] | undefined) => before,
  });
}
