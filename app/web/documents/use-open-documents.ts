import { useInfiniteQuery } from '@tanstack/react-query';
import type { HoldAnswer, TransferAnswer } from '../../wire/documents';
import { ask } from '../api/ask';
import { LEDGER } from '../page';

/** Holds or transfers of one page. */
const PAGE = 50;

/** The open ones of a kind, oldest first, page by page: loaded again as records come. */
function useOpen<T>(kind: 'holds' | 'transfers') {
  const query = useInfiniteQuery({
    queryKey: [...LEDGER, kind],
    queryFn: ({ pageParam }) => ask<T[]>(pageParam),
    initialPageParam: `/${kind}?status=open&limit=${PAGE}`,
    getNextPageParam: ({ next }) => next,
  });
  return { ...query, found: query.data?.pages.flatMap(({ body }) => body) };
}

export const useOpenHolds = () => useOpen<HoldAnswer>('holds');
export const useOpenTransfers = () => useOpen<TransferAnswer>('transfers');
