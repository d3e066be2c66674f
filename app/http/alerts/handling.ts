import { z } from 'zod';
import type { AlertEvent } from '../../ledger/alert';
import type { HandleCommand } from '../../ledger/decide-alert';
import type { Ledger } from '../../ledger/ledger';
import { checked, day, freeText, moment, note, oneOf } from '../fields';
import { type FieldFault, invalidRequest, Problem } from '../problem';

/** What people may do about an alert. */
export const handlingFields = z.strictObject({
  status: oneOf(['open', 'acknowledged', 'snoozed', 'ordered']),
  until: moment.optional(),
  due: day.optional(),
  actor: freeText(200).optional(),
  note: note.optional(),
});

/** What somebody does about an alert. */
export type Handling = Pick<HandleCommand, 'status' | 'until' | 'due' | 'actor' | 'note'>;

/** Reads what is to be done. @throws Problem `invalid-request` */
export function readHandling(body: unknown): Handling {
  const { data, faults } = checked(handlingFields, body);
  if (!data) throw invalidRequest(faults);
  const { status, until, due, actor, note } = data;
  const now = new Date();
  const found: FieldFault[] = [];
  const fault = (field: string, detail: string) => found.push({ field, detail });
  if (status === 'snoozed' && !until) fault('until', 'is required with status=snoozed');
  if (status !== 'snoozed' && until) fault('until', 'goes with status=snoozed only');
  if (until && until <= now) fault('until', 'must be in the future');
  if (status === 'ordered' && !due) fault('due', 'is required with status=ordered');
  if (status !== 'ordered' && due) fault('due', 'goes with status=ordered only');
  if (due && due < now.toISOString().slice(0, 10)) fault('due', 'must be today or later');
  if (found.length > 0) throw invalidRequest(found);
  return {
    status,
    until: until ?? null,
    due: due ?? null,
    actor: actor ?? null,
    note: note ?? null,
  };
}

/**
 * The latest event of an alert.
 *
 * @throws Problem `unknown-alert`
 */
export async function latestEvent(ledger: Ledger, alertID: number): Promise<AlertEvent> {
  const latest = (await ledger.alertLife(alertID)).at(-1);
  if (!latest) {
    throw new Problem('unknown-alert', `There is no alert ${alertID}: GET /alerts lists them.`);
  }
  return latest;
}

/** Does something about an alert. @returns its latest event @throws Problem, WriteFailure */
export async function handle(
  ledger: Ledger,
  alertID: number,
  handling: Handling,
  expectedEvents?: HandleCommand['expectedEvents'],
): Promise<AlertEvent> {
  const { productID } = await latestEvent(ledger, alertID);
  const answer = await ledger.submit({
    kind: 'alerts',
    commands: [{ kind: 'handle', productID, alertID, ...handling, expectedEvents }],
  });
  const [outcome] = answer.answer === 'alerts' ? answer.outcomes : [];
  if (!outcome) throw new Error('a submission about alerts is answered about alerts');
  if (!('refusal' in outcome)) return outcome;
  if (outcome.refusal === 'stale-alert') {
    throw new Problem(
      'stale-alert',
      `Alert ${alertID} has had event ${outcome.event} since; nothing was changed. Look again, and decide anew.`,
      { alertID, event: outcome.event },
    );
  }
  throw new Problem(
    'alert-resolved',
    `Alert ${alertID} is over: there is nothing left to do about it.`,
    { alertID },
  );
}
