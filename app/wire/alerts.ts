import { z } from 'zod';
import { ALERT_KINDS, ALERT_STATUSES, type AlertKind } from '../ledger/alert';
import { subjectKey } from '../ledger/alert-subject';
import { deliveryAnswer } from './deliveries';
import { actor, count, mark, time } from './fields';

/** An event in the life of an alert. */
export const alertEvent = z.strictObject({
  event: z.int().min(1).meta({ description: 'Position in the history of all alerts' }),
  mark,
  alertID: z.int().min(1).meta({ description: 'The number of the event that opened the alert' }),
  productID: z.int().min(1).nullable().meta({ description: 'Null if it is about a transfer' }),
  locationID: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'Where the product is short, if that is about one location' }),
  transferID: z.int().min(1).optional().meta({ description: 'The transfer that is overdue' }),
  status: z.enum(ALERT_STATUSES),
  kind: z.enum(ALERT_KINDS).meta({ description: 'The most urgent kind that it has had' }),
  record: z.int().meta({ description: 'The record as of which the monitor found it' }),
  revision: z
    .int()
    .meta({ description: 'The revision of the catalogue as of which the monitor found it' }),
  availableQuantity: count.nullable().meta({
    description: 'Units available then, or free at the location; null for a transfer',
  }),
  threshold: count
    .nullable()
    .meta({ description: 'The product is low at so many, or fewer; null for a transfer' }),
  daysOfCover: z.number().nullable(),
  until: time.nullable().meta({ description: 'Snoozed until' }),
  due: z.iso.date().nullable().meta({ description: 'The day on which ordered goods are due' }),
  handledBy: z
    .string()
    .nullable()
    .meta({ description: 'Who handles it, as the client said; null if it did not say so' }),
  note: z.string().nullable(),
  openedAt: time,
  recordedAt: time,
  actor: actor.nullable(),
});

/** An alert: its latest event and its deliveries. */
export const alertAnswer = alertEvent.extend({
  name: z
    .string()
    .nullable()
    .meta({ description: 'The name of the product; null if it is not in the catalogue' }),
  locationName: z
    .string()
    .optional()
    .meta({ description: 'The name of the location, if it is about one' }),
  deliveries: z.array(deliveryAnswer),
});

/** An alert with all its events, in order. */
export const alertWithLife = alertAnswer.extend({ life: z.array(alertEvent) });

const alertsOfKinds = z.strictObject(
  Object.fromEntries(ALERT_KINDS.map((kind) => [kind, count])) as Record<AlertKind, typeof count>,
);

/** How many alerts there are, by status and kind. */
export const alertsSummaryAnswer = z.strictObject({
  event: count.meta({ description: 'The last event in the history of all alerts; 0 for none' }),
  open: alertsOfKinds,
  acknowledged: alertsOfKinds,
  snoozed: alertsOfKinds,
  ordered: alertsOfKinds,
});

export type AlertEventAnswer = z.infer<typeof alertEvent>;
export type Alert = z.infer<typeof alertAnswer>;
export type AlertWithLife = z.infer<typeof alertWithLife>;
export type AlertsSummary = z.infer<typeof alertsSummaryAnswer>;

/** What an alert, or a finding, is about. */
export type SubjectAnswer = Partial<
  Pick<AlertEventAnswer, 'productID' | 'locationID' | 'transferID'>
>;

/** The same value for the same subject, and for no other. */
export function keyOf({ productID, locationID = 0, transferID = 0 }: SubjectAnswer) {
  return subjectKey({ productID: productID ?? 0, locationID, transferID });
}
