import { useMutation, useQueryClient } from '@tanstack/react-query';
import { entityTag } from '../../client/entity-tag';
import { Refused } from '../../client/failure';
import type { Alert } from '../../wire/alerts';
import { isProblemOf } from '../../wire/problem';
import { ask } from '../api/ask';
import { ALERTS } from '../page';
import { useAnnounce } from '../ui/announce';
import { handled } from './alert-words';

/** What somebody does about an alert. */
export interface Handling {
  readonly status: 'open' | 'acknowledged' | 'snoozed' | 'ordered';
  /** Snoozed until this moment. */
  readonly until?: string;
  /** Ordered, and due on this day. */
  readonly due?: string;
}

const DONE: Record<Handling['status'], string> = {
  open: 'Open again',
  acknowledged: 'You are on it',
  snoozed: 'Snoozed',
  ordered: 'Marked as ordered',
};

/** Refusals that say that the alert is no longer as it was shown. */
const MOVED_ON = ['stale-alert', 'alert-resolved'] as const;

/** Changes an alert as it is shown. If it has changed in the meantime, says so and how it is now. */
export function useHandle(title: string) {
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: ({ alert, handling }: { alert: Alert; handling: Handling }) =>
      ask<Alert>(`/alerts/${alert.alertID}`, {
        method: 'PATCH',
        ifMatch: entityTag(alert.event, alert.mark),
        json: handling,
      }),
    // Announced here, because the row with the button leaves the list before the mutation is over.
    onSuccess: (_answer, { handling }) => announce(`${DONE[handling.status]}: ${title}`, 'good'),
    onError: async (error, { alert }) => announce(`${title}: ${await whyNot(error, alert)}`, 'bad'),
    onSettled: () => queries.invalidateQueries({ queryKey: ALERTS }),
  });
}

async function whyNot(error: unknown, { alertID }: Alert): Promise<string> {
  if (!(error instanceof Refused)) {
    return 'The service does not answer, so this may not have been done. Try again.';
  }
  if (!isProblemOf(error.problem, ...MOVED_ON)) return error.problem.detail;
  const newer = await ask<Alert>(`/alerts/${alertID}`).catch(() => undefined);
  const standing = newer ? ` ${handled(newer.body)}.` : '';
  return `Nothing was changed, because the alert has changed in the meantime.${standing}`;
}
