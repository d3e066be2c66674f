import { type AlertSubject, subjectKey } from './alert-subject';

/** The most recipients of one event. For more there are mailing lists. */
export const RECIPIENTS_MAX = 20;

/**
 * The most days that an alert may be snoozed, or that ordered goods may be due in. A season's goods come back within a
 * year. Nobody hears of the shortage meanwhile, so a mistyped year must not silence it for good.
 */
export const AHEAD_DAYS_MAX = 366;

/** What may be wrong, from the quietest to the loudest. */
export const ALERT_KINDS = ['cover', 'low', 'overdue-transfer', 'out'] as const;

/**
 * `cover`: the stock lasts too few days. `low`: the stock is at or below its threshold. `out`: nothing is left. `overdue-transfer`:
 * goods on their way have not arrived; an alert of this kind is about a transfer, and never has another.
 */
export type AlertKind = (typeof ALERT_KINDS)[number];

/** How short a product is, from the quietest to the loudest. */
export const SHORTAGES = ['cover', 'low', 'out'] as const satisfies readonly AlertKind[];

export type Shortage = (typeof SHORTAGES)[number];

/** An alert is open until somebody handles it, and is resolved when its cause is over. */
export const ALERT_STATUSES = ['open', 'acknowledged', 'snoozed', 'ordered', 'resolved'] as const;

export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** The statuses of alerts that somebody handles. */
export const HANDLED_STATUSES = ['acknowledged', 'snoozed', 'ordered'] as const;

/**
 * One event in the life of an alert. An alert is one shortage of one product, or of one product at one location, from when it
 * was found to when there was enough in stock again; or one transfer, from when it was found overdue to when it was closed. Its
 * latest event is what holds. No event is ever changed.
 */
export interface AlertEvent extends AlertSubject {
  /** Position in the history of all alerts: 1, 2, 3, … in commit order. */
  readonly event: number;
  /** The event that opened the alert. */
  readonly alertID: number;
  readonly status: AlertStatus;
  /** The loudest that it has been. */
  readonly kind: AlertKind;
  /** The record and the revision of the catalogue as of which it was last found so. */
  readonly record: number;
  readonly revision: number;
  /** Units available then, at the location if it is about one; 0 for a transfer. */
  readonly availableQuantity: number;
  /** Low at this many available, or fewer; 0 for a transfer. */
  readonly threshold: number;
  /** How many days those units last at the rate of the last days; null if nothing is sold. */
  readonly daysOfCover: number | null;
  /** Snoozed until this moment. */
  readonly until: Date | null;
  /** Ordered, and due on this day. */
  readonly due: string | null;
  /** Who handles it, as the client said; null if it did not say so. */
  readonly handledBy: string | null;
  /** Who asked for this event; null in events from before actors were kept. */
  readonly actor: string | null;
  readonly note: string | null;
  /** When the alert was opened. */
  readonly openedAt: Date;
  readonly recordedAt: Date;
  /** The random mark of the turn that appended it. */
  readonly turnMark: number | null;
}

/** Whether two events with one number are the same event. They differ if one is of another ledger, such as a backup. */
export function isSameEvent(a: AlertEvent, b: AlertEvent): boolean {
  return a.event === b.event && a.turnMark === b.turnMark && subjectKey(a) === subjectKey(b);
}

/** Whether somebody handles an alert. */
export function isHandled({ status }: AlertEvent): boolean {
  return (HANDLED_STATUSES as readonly AlertStatus[]).includes(status);
}

/** Whether one kind of alert is louder than another. */
export function isLouder(kind: AlertKind, other: AlertKind): boolean {
  return ALERT_KINDS.indexOf(kind) > ALERT_KINDS.indexOf(other);
}
