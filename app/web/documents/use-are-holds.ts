import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask } from '../api/ask';
import { CATALOGUE, usePage } from '../page';

/** It is asked again with each connection, before which records may have been missed. */
const KEY = [...CATALOGUE, 'are holds'];

/** Whether holds are used: some are open, or a record of one has come since the page was opened. */
export function useAreHolds(): boolean {
  const { live, queries } = usePage();
  const { data = false } = useQuery({
    queryKey: KEY,
    queryFn: async () => (await ask<unknown[]>('/holds?limit=1')).body.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(
    () =>
      live.onRecords((records) => {
        if (records.some(({ document }) => document?.startsWith('hold:'))) {
          queries.setQueryData(KEY, true);
        }
      }),
    [live, queries],
  );
  return data;
}
