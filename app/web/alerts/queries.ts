import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Alert } from '../../client/answers';
import { ask } from '../api/ask';
import { LEDGER } from '../page';

/** What the keys of queries about alerts begin with. */
export const ALERTS = [...LEDGER, 'alerts'] as const;

/** How often alerts are asked for where they are shown: what the monitor and other people do to them comes by no stream. */
const REFRESH_MS = 4_000;

/** The same where no more than their number is. */
export const COUNT_REFRESH_MS = 10_000;

/** Alerts of one page. A shop with more of them than a few pages has other worries. */
const PAGE = 1_000;
const RESOLVED_PAGE = 50;

/** Every alert that is not resolved, the loudest first. */
export function useAlerts(refreshMs = REFRESH_MS) {
  return useQuery({
    queryKey: [...ALERTS, 'unresolved'],
    queryFn: async () => {
      const alerts: Alert[] = [];
      let path: string | undefined = `/alerts?limit=${PAGE}`;
      while (path) {
        const { body, next }: { body: Alert[]; next: string | undefined } = await ask(path);
        alerts.push(...body);
        path = next;
      }
      return alerts;
    },
    refetchInterval: refreshMs,
  });
}

/** The alerts that are over, newest first, page by page. */
export function useResolvedAlerts() {
  return useInfiniteQuery({
    queryKey: [...ALERTS, 'resolved'],
    queryFn: ({ pageParam }) => ask<Alert[]>(pageParam),
    initialPageParam: `/alerts?status=resolved&limit=${RESOLVED_PAGE}`,
    getNextPageParam: ({ next }) => next,
  });
}
