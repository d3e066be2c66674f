import { z } from 'zod';
import { AHEAD_DAYS_MAX, type AlertEvent } from '../../../ledger/alert';
import type { AlertRefusal, HandleCommand } from '../../../ledger/alert-command';
import { subjectOf } from '../../../ledger/alert-subject';
import type { Calendar } from '../../../ledger/calendar';
import { addDays } from '../../../ledger/day';
import type { Ledger } from '../../../ledger/ledger';
import type { FieldFault } from '../../../wire/problem-members';
import { NOTE } from '../../../wire/texts';
import { day, moment } from '../../fields/day-and-time';
import { oneOf } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { checked } from '../../fields/validated';
import { invalidRequest, Problem } from '../../problems/problem';

/** The longest name of somebody who handles an alert. */
export const HANDLED_BY_MAX = 200;

/** The fields of a request that handles an alert. */
export const handlingFields = z.strictObject({
  status: oneOf(['open', 'acknowledged', 'snoozed', 'ordered']),
  until: moment.optional(),
  due: day.optional(),
  handledBy: freeText(HANDLED_BY_MAX).optional(),
  note: freeText(NOTE.maxLength, NOTE).optional(),
});

/** How somebody handles an alert. */
export type Handling = Pick<HandleCommand, 'status' | 'until' | 'due' | 'handledBy' | 'note'>;

/** When an alert is handled, and in which zone. */
export interface HandledAt {
  readonly now: Date;
  readonly calendar: Calendar;
}

/** Reads those fields. @throws Problem `invalid-request` with every fault of it */
export function readHandling(fields: unknown, at: HandledAt): Handling {
  const { data, faults } = checked(handlingFields, fields);
  const named = new Set(faults.map(({ field }) => field));
  const misfit = misfits(fields as Given, at).filter(({ field }) => !named.has(field));
  if (!data || misfit.length > 0) throw invalidRequest([...faults, ...misfit]);
  const { status, until = null, due = null, handledBy = null, note = null } = data;
  return { status, until, due, handledBy, note };
}

type Given = Partial<Record<keyof typeof handlingFields.shape, unknown>>;

/** Faults of fields that do not fit together. They are found even if some fields are faulty. */
function misfits(given: Given, { now, calendar }: HandledAt): FieldFault[] {
  const { shape } = handlingFields;
  const status = shape.status.safeParse(given.status).data;
  const until = shape.until.safeParse(given.until).data;
  const due = shape.due.safeParse(given.due).data;
  const found: FieldFault[] = [];
  const check = (
    field: 'until' | 'due',
    itsStatus: string,
    isOutside: boolean,
    expected: string,
  ) => {
    const isGiven = given[field] !== undefined;
    const fault = (detail: string) => found.push({ field, detail });
    if (status === itsStatus && !isGiven) fault(`is required with status=${itsStatus}`);
    if (status && status !== itsStatus && isGiven) fault(`goes with status=${itsStatus} only`);
    if (isOutside) fault(expected);
  };
  const latest = calendar.laterBy(AHEAD_DAYS_MAX, now);
  const isUntilOutside = until !== undefined && (until <= now || until > latest);
  check(
    'until',
    'snoozed',
    isUntilOutside,
    `must be in the future, and within ${AHEAD_DAYS_MAX} days`,
  );
  const today = calendar.dayOf(now);
  const isDueOutside = due !== undefined && (due < today || due > addDays(today, AHEAD_DAYS_MAX));
  check(
    'due',
    'ordered',
    isDueOutside,
    `must be today or later, and within ${AHEAD_DAYS_MAX} days`,
  );
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
  const life = await ledger.ask.alertLife(alertID);
  if (life.length === 0) {
    throw new Problem('unknown-alert', `There is no alert ${alertID}: GET /alerts lists them.`);
  }
  return life;
}

/** Handles an alert. @returns its latest event @throws Problem, WriteFailure */
export async function handle(
  ledger: Ledger,
  alertID: number,
  actor: string,
  handling: Handling,
  expectedEvents?: HandleCommand['expectedEvents'],
): Promise<AlertEvent> {
  const outcome = await submitHandling(ledger, alertID, actor, { ...handling, expectedEvents });
  if (!('refusal' in outcome)) return outcome;
  if (outcome.refusal === 'alert-limit') {
    const { limit } = outcome;
    throw new Problem(
      'alert-limit',
      `Alert ${alertID} has ${limit} events, the most that an alert may have; nothing was changed. It is resolved by itself when there is enough in stock.`,
      { alertID, limit },
    );
  }
  if (outcome.refusal === 'stale-alert') {
    throw new Problem(
      'stale-alert',
      `Alert ${alertID} has had event ${outcome.event} since; nothing was changed. Read it again before you decide.`,
      { alertID, event: outcome.event },
    );
  }
  throw new Problem('alert-resolved', `Alert ${alertID} is resolved: nothing is left to do.`, {
    alertID,
  });
}

/** @throws Problem `unknown-alert` */
async function submitHandling(
  ledger: Ledger,
  alertID: number,
  actor: string,
  handling: Handling & Pick<HandleCommand, 'expectedEvents'>,
): Promise<AlertEvent | AlertRefusal> {
  for (;;) {
    const life = await lifeOf(ledger, alertID);
    const latest = life.at(-1) as AlertEvent;
    const counted = { event: latest.event, events: life.length };
    const answer = await ledger.submit({
      kind: 'alerts',
      actor,
      commands: [{ kind: 'handle', ...subjectOf(latest), alertID, ...handling, counted }],
    });
    const [outcome] = answer.outcomes;
    // Somebody else has added an event meanwhile. The limit of events ends this.
    if (!('refusal' in outcome) || outcome.refusal !== 'recount') return outcome;
  }
}
