import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Alert } from '../../client/answers';
import { ask } from '../api/ask';
import { LEDGER } from '../page';

const ALERTS = [...LEDGER, 'alerts'] as const;

/** How often alerts are asked for: what the monitor and other people do to them comes by no stream. */
const REFRESH_MS = 4_000;

/** Alerts of one page. A shop with more of them than a few pages has other worries. */
const PAGE = 1_000;
const RESOLVED_PAGE = 50;

/** Every alert that is not resolved, the loudest first. */
export function useAlerts() {
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
    refetchInterval: REFRESH_MS,
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

/** What somebody does about an alert. */
export interface Handling {
  readonly status: 'open' | 'acknowledged' | 'snoozed' | 'ordered';
  /** Snoozed until this moment. */
  readonly until?: string;
  /** Ordered, and due on this day. */
  readonly due?: string;
}

/** Changes an alert as it is in sight, or fails where it has moved on meanwhile. */
export function useHandle() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ alert, handling }: { alert: Alert; handling: Handling }) =>
      ask<Alert>(`/alerts/${alert.alertID}`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json', 'If-Match': `"${alert.event}"` },
        body: JSON.stringify(handling),
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ALERTS }),
  });
}
