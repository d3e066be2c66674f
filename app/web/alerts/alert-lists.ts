import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { ALERT_KINDS, type AlertKind } from '../../ledger/alert';
import type { Alert, AlertsSummary } from '../../wire/alerts';
import { ask } from '../api/ask';
import { ALERTS, ALERTS_REFRESH_MS } from '../page';

/** Alerts that are asked for at a time: what a window shows, and some more. */
export const PAGE = 50;

/** Which alerts that are not over: with their status, and of one kind or of all. */
export interface WantedAlerts {
  readonly status: 'open' | 'handled';
  readonly kind: AlertKind | 'all';
}

/** How many alerts there are of each status and kind. */
export function useAlertsSummary() {
  return useQuery({
    queryKey: [...ALERTS, 'summary'],
    queryFn: async () => (await ask<AlertsSummary>('/alerts/summary')).body,
  });
}

/** How many of those that are wanted there are. */
export function countOf(
  summary: AlertsSummary | undefined,
  { status, kind }: WantedAlerts,
): number {
  if (!summary) return 0;
  const { open, acknowledged, snoozed, ordered } = summary;
  const counts = status === 'open' ? [open] : [acknowledged, snoozed, ordered];
  const kinds: readonly AlertKind[] = kind === 'all' ? ALERT_KINDS : [kind];
  return counts.reduce((sum, of) => sum + kinds.reduce((all, one) => all + of[one], 0), 0);
}

/** Some pages of the alerts that are wanted, the loudest first. No more than these are loaded. */
export function useAlertPages({ status, kind }: WantedAlerts, pages: readonly number[]) {
  const query = `status=${status}${kind === 'all' ? '' : `&kind=${kind}`}&limit=${PAGE}`;
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: [...ALERTS, query, page],
      queryFn: async () => (await ask<Alert[]>(`/alerts?${query}&offset=${page * PAGE}`)).body,
      refetchInterval: ALERTS_REFRESH_MS,
    })),
  });
}

/** One alert in any state; nothing for undefined. */
export function useAlert(alertID: number | undefined) {
  return useQuery({
    queryKey: [...ALERTS, 'one', alertID],
    queryFn: async () => (await ask<Alert>(`/alerts/${alertID}`)).body,
    enabled: alertID !== undefined,
  });
}

/** The alerts that are over, newest first, page by page. */
export function useResolvedAlerts(kind: AlertKind | 'all') {
  const ofKind = kind === 'all' ? '' : `&kind=${kind}`;
  return useInfiniteQuery({
    queryKey: [...ALERTS, 'resolved', kind],
    queryFn: ({ pageParam }) => ask<Alert[]>(pageParam),
    initialPageParam: `/alerts?status=resolved${ofKind}&limit=${PAGE}`,
    getNextPageParam: ({ next }) => next,
  });
}
