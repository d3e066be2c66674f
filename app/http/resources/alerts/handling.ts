import { z } from 'zod';
import { AHEAD_DAYS_MAX, type AlertEvent } from '../../../ledger/alert';
import type { AlertRefusal, HandleCommand } from '../../../ledger/alert-command';
import { DAY_MS, dayOf } from '../../../ledger/day';
import type { Ledger } from '../../../ledger/ledger';
import type { FieldFault } from '../../../wire/problem-members';
import { checked, day, freeText, moment, note, oneOf } from '../../fields/fields';
import { invalidRequest, Problem } from '../../problems/problem';

/** The longest name of somebody who does something about an alert. */
export const ACTOR_MAX = 200;

/** What people may do about an alert. */
export const handlingFields = z.strictObject({
  status: oneOf(['open', 'acknowledged', 'snoozed', 'ordered']),
  until: moment.optional(),
  due: day.optional(),
  actor: freeText(ACTOR_MAX).optional(),
  note: note.optional(),
});

/** What somebody does about an alert. */
export type Handling = Pick<HandleCommand, 'status' | 'until' | 'due' | 'actor' | 'note'>;

/** Reads what is to be done. @throws Problem `invalid-request` with every fault of it */
export function readHandling(fields: unknown): Handling {
  const { data, faults } = checked(handlingFields, fields);
  const named = new Set(faults.map(({ field }) => field));
  const unfit = unfitting(fields as Given, new Date()).filter(({ field }) => !named.has(field));
  if (!data || unfit.length > 0) throw invalidRequest([...faults, ...unfit]);
  const { status, until = null, due = null, actor = null, note = null } = data;
  return { status, until, due, actor, note };
}

type Given = Partial<Record<keyof typeof handlingFields.shape, unknown>>;

/** Ways in which fields do not fit together, judged even where some of them are faulty. */
function unfitting(given: Given, now: Date): FieldFault[] {
  const { shape } = handlingFields;
  const status = shape.status.safeParse(given.status).data;
  const until = shape.until.safeParse(given.until).data;
  const due = shape.due.safeParse(given.due).data;
  const found: FieldFault[] = [];
  const pair = (field: 'until' | 'due', its: string, isUnfit: boolean, expected: string) => {
    const isGiven = given[field] !== undefined;
    const fault = (detail: string) => found.push({ field, detail });
    if (status === its && !isGiven) fault(`is required with status=${its}`);
    if (status && status !== its && isGiven) fault(`goes with status=${its} only`);
    if (isUnfit) fault(expected);
  };
  const latest = new Date(now.getTime() + AHEAD_DAYS_MAX * DAY_MS);
  const isBeyond = until !== undefined && (until <= now || until > latest);
  pair('until', 'snoozed', isBeyond, `must be in the future, and within ${AHEAD_DAYS_MAX} days`);
  const isNoDue = due !== undefined && (due < dayOf(now) || due > dayOf(latest));
  pair('due', 'ordered', isNoDue, `must be today or later, and within ${AHEAD_DAYS_MAX} days`);
  return found;
}

/**
 * The latest event of an alert.
 *
 * @throws Problem `unknown-alert`
 */
export async function latestEvent(ledger: Ledger, alertID: number): Promise<AlertEvent> {
  return (await lifeOf(ledger, alertID)).at(-1) as AlertEvent;
}

/** The events of an alert, in order. @throws Problem `unknown-alert` */
async function lifeOf(ledger: Ledger, alertID: number): Promise<AlertEvent[]> {
  const life = await ledger.alertLife(alertID);
  if (life.length === 0) {
    throw new Problem('unknown-alert', `There is no alert ${alertID}: GET /alerts lists them.`);
  }
  return life;
}

/** Does something about an alert. @returns its latest event @throws Problem, WriteFailure */
export async function handle(
  ledger: Ledger,
  alertID: number,
  handling: Handling,
  expectedEvents?: HandleCommand['expectedEvents'],
): Promise<AlertEvent> {
  const outcome = await handled(ledger, alertID, { ...handling, expectedEvents });
  if (!('refusal' in outcome)) return outcome;
  if (outcome.refusal === 'alert-limit') {
    const { limit } = outcome;
    throw new Problem(
      'alert-limit',
      `Alert ${alertID} has ${limit} events, as many as there may be; nothing was changed. It ends by itself when there is enough in stock.`,
      { alertID, limit },
    );
  }
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

/** @throws Problem `unknown-alert` */
async function handled(
  ledger: Ledger,
  alertID: number,
  handling: Handling & Pick<HandleCommand, 'expectedEvents'>,
): Promise<AlertEvent | AlertRefusal> {
  for (;;) {
    const life = await lifeOf(ledger, alertID);
    const { productID, event } = life.at(-1) as AlertEvent;
    const counted = { event, events: life.length };
    const answer = await ledger.submit({
      kind: 'alerts',
      commands: [{ kind: 'handle', productID, alertID, ...handling, counted }],
    });
    const [outcome] = answer.outcomes;
    // Each time somebody else had an event, which the limit ends.
    if (!('refusal' in outcome) || outcome.refusal !== 'recount') return outcome;
  }
}
