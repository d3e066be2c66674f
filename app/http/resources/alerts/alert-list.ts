import {
  ALERT_KINDS,
  type AlertEvent,
  type AlertKind,
  type AlertStatus,
  type HANDLED_STATUSES,
  isHandled,
} from '../../../ledger/alert';
import type { Alerts } from '../../../ledger/alerts';
import { Slices } from '../../../ledger/slice';

/** Which alerts a list has: all that is given must hold. */
export interface AlertFilter {
  readonly status?: AlertStatus | 'handled' | undefined;
  readonly kind?: AlertKind | undefined;
  readonly productID?: number | undefined;
  readonly locationID?: number | undefined;
  readonly transferID?: number | undefined;
  /** The cursor of an alert: the list begins behind it. */
  readonly after?: number | undefined;
}

/** Unresolved alerts, the loudest kind first, and in each kind the oldest first: `count` of them after the first `offset`. */
export async function unresolvedAlerts(
  alerts: Alerts,
  filter: AlertFilter,
  offset: number,
  count: number,
): Promise<AlertEvent[]> {
  const found: AlertEvent[] = [];
  const slices = new Slices();
  let passed = 0;
  for (const part of alerts.unresolved()) {
    for (const alert of part) {
      if (!matches(alert, filter)) continue;
      passed += 1;
      if (passed > offset) found.push(alert);
      if (found.length >= count) return found;
    }
    if (slices.isOver) await slices.next();
  }
  return found;
}

function matches(alert: AlertEvent, { status, kind, after, ...subject }: AlertFilter): boolean {
  return (
    hasStatus(alert, status) &&
    (kind === undefined || alert.kind === kind) &&
    isAbout(alert, subject) &&
    (after === undefined || isBehind(alert, after))
  );
}

function isAbout(alert: AlertEvent, { productID, locationID, transferID }: AlertFilter): boolean {
  return (
    (productID === undefined || alert.productID === productID) &&
    (locationID === undefined || alert.locationID === locationID) &&
    (transferID === undefined || alert.transferID === transferID)
  );
}

function hasStatus(alert: AlertEvent, status: AlertFilter['status']): boolean {
  if (status === undefined) return true;
  return status === 'handled' ? isHandled(alert) : alert.status === status;
}

/** The position of an alert in this list, as one number. It keeps its meaning when the alert is resolved. */
export function cursorOf(alert: AlertEvent): number {
  return alert.alertID * ALERT_KINDS.length + rank(alert);
}

function isBehind(alert: AlertEvent, cursor: number): boolean {
  const cursorRank = cursor % ALERT_KINDS.length;
  const alertID = Math.floor(cursor / ALERT_KINDS.length);
  return rank(alert) === cursorRank ? alert.alertID > alertID : rank(alert) > cursorRank;
}

/** 0 for the loudest kind. */
function rank({ kind }: AlertEvent): number {
  return ALERT_KINDS.length - 1 - ALERT_KINDS.indexOf(kind);
}

/** The statuses of unresolved alerts. */
type Unresolved = 'open' | (typeof HANDLED_STATUSES)[number];

/** How many unresolved alerts there are of each status and kind, and the last event that is counted. */
export async function alertCounts(alerts: Alerts) {
  const none = () =>
    Object.fromEntries(ALERT_KINDS.map((kind) => [kind, 0])) as Record<AlertKind, number>;
  const counts: Record<Unresolved, Record<AlertKind, number>> = {
    open: none(),
    acknowledged: none(),
    snoozed: none(),
    ordered: none(),
  };
  const slices = new Slices();
  for (const part of alerts.unresolved()) {
    for (const { status, kind } of part) counts[status as Unresolved][kind] += 1;
    if (slices.isOver) await slices.next();
  }
  return { event: alerts.last?.event ?? 0, ...counts };
}
