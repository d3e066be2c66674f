import { useInfiniteQuery } from '@tanstack/react-query';
import type { RecordAnswer } from '../../wire/records';
import { ask } from '../api/ask';
import { LEDGER } from '../page';

/** Records of one page of a product's history. */
const PAGE = 100;

/** A product's records, newest first, page by page; of one reason, or of all. */
export function useHistory(productID: number, reason: string) {
  const first = `/inventory/${productID}/records?limit=${PAGE}&marks=true${reason === 'all' ? '' : `&reason=${reason}`}`;
  return useInfiniteQuery({
    queryKey: [...LEDGER, 'history', productID, reason],
    queryFn: ({ pageParam }) => ask<RecordAnswer[]>(pageParam),
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
  });
}
