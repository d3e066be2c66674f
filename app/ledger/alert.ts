/** Who is told of one event, at most: more recipients than that are what mailing lists are for. */
export const RECIPIENTS_MAX = 20;

/**
 * Days that an alert may be quiet for, by a snooze or until goods are due: a season's goods come back within a year.
 * Nobody hears of the shortage meanwhile, so that a slip in the year would silence it for good.
 */
export const AHEAD_DAYS_MAX = 366;

/** How short a product is, from the quietest to the loudest. */
export const ALERT_KINDS = ['cover', 'low', 'out'] as const;

/** `cover`: what there is lasts for too few days. `low`: at or below its threshold. `out`: nothing left. */
export type AlertKind = (typeof ALERT_KINDS)[number];

/** The life of an alert: open, until somebody sees to it, and at last resolved by the stock itself. */
export const ALERT_STATUSES = ['open', 'acknowledged', 'snoozed', 'ordered', 'resolved'] as const;

export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** The statuses of alerts that somebody sees to. */
export const HANDLED_STATUSES = ['acknowledged', 'snoozed', 'ordered'] as const;

/**
 * One event in the life of an alert. An alert is one shortage of one product, from when it was found to when
 * the stock ended it; its latest event is what holds, and none is ever changed.
 */
export interface AlertEvent {
  /** Position in the history of all alerts: 1, 2, 3, … in commit order. */
  readonly event: number;
  /** The event that opened the alert. */
  readonly alertID: number;
  readonly productID: number;
  readonly status: AlertStatus;
  /** The loudest that this shortage has been. */
  readonly kind: AlertKind;
  /** The ledger's record as of which the product was last found so, and the catalogue's revision. */
  readonly record: number;
  readonly revision: number;
  /** Units available then. */
  readonly availableQuantity: number;
  /** Low at this many available, or fewer. */
  readonly threshold: number;
  /** How long those units last at the pace of the last days; null where nothing sells. */
  readonly daysOfCover: number | null;
  /** Snoozed until this moment. */
  readonly until: Date | null;
  /** Ordered, and due on this day (UTC). */
  readonly due: string | null;
  /** Who did it; null for the monitor. */
  readonly actor: string | null;
  readonly note: string | null;
  /** When the alert was opened. */
  readonly openedAt: Date;
  readonly recordedAt: Date;
  /** The random mark of the transaction that appended it. */
  readonly turnMark: number | null;
}

/** Whether two readings of one event number found the same event, not another history's. */
export function isSameEvent(a: AlertEvent, b: AlertEvent): boolean {
  return a.event === b.event && a.turnMark === b.turnMark && a.productID === b.productID;
}

/** Whether somebody sees to an alert. */
export function isHandled({ status }: AlertEvent): boolean {
  return (HANDLED_STATUSES as readonly AlertStatus[]).includes(status);
}

/** Whether one kind of alert is louder than another. */
export function isLouder(kind: AlertKind, other: AlertKind): boolean {
  return ALERT_KINDS.indexOf(kind) > ALERT_KINDS.indexOf(other);
}
