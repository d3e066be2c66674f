import { useQuery } from '@tanstack/react-query';
import type { CellAnswer } from '../../wire/locations';
import { ask } from '../api/ask';
import { LEDGER } from '../page';

/** What each location has of a product, held units too; loaded again as records come. */
export function useCells(productID: number, isWanted: boolean): readonly CellAnswer[] {
  const { data = [] } = useQuery({
    queryKey: [...LEDGER, 'cells', productID],
    queryFn: async () => (await ask<CellAnswer[]>(`/inventory/${productID}/locations`)).body,
    enabled: isWanted,
  });
  return data;
}
