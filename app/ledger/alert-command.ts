import type { AlertKind, AlertStatus } from './alert';
import type { AlertSubject } from './alert-subject';
import type { NewDelivery } from './delivery';
import type { Finding, FindingField } from './finding';
import type { Expected } from './mark';

/** "This is short", or overdue. Opens an alert, or raises or reopens the one that there is. */
export interface ReportCommand extends Finding {
  readonly kind: 'report';
  readonly alert: AlertKind;
  /** Whom to notify, if an event is appended. */
  readonly deliveries: readonly NewDelivery[];
}

/** "This is over." */
export interface ResolveCommand extends Finding {
  readonly kind: 'resolve';
  /** Whom to notify, if an event is appended. */
  readonly deliveries?: readonly NewDelivery[];
}

/** What a person does about an alert: acknowledges, snoozes, marks as ordered or reopens it. */
export interface HandleCommand extends AlertSubject {
  readonly kind: 'handle';
  readonly alertID: number;
  readonly status: Exclude<AlertStatus, 'resolved'>;
  /** Snoozed until. */
  readonly until: Date | null;
  /** Ordered, and due on this day. */
  readonly due: string | null;
  readonly handledBy: string | null;
  readonly note: string | null;
  /** Refuse unless the alert's latest event is one of these. */
  readonly expectedEvents?: readonly Expected[] | 'any' | undefined;
  /** How many events the alert had up to one of them; undefined if the number is not limited. */
  readonly counted?: { readonly event: number; readonly events: number } | undefined;
}

/** A change of an alert that somebody asks for. */
export type AlertCommand = ReportCommand | ResolveCommand | HandleCommand;

/** Why a change of an alert was refused. The list is closed. */
export type AlertRefusal = AlertSubject &
  (
    | /** The finding is older than what the subject's alert already says, or the alert has another event by now. */
    { readonly refusal: 'stale-alert'; readonly alertID: number; readonly event: number }
    /** Its cause is over: nothing is left to do. */
    | { readonly refusal: 'alert-resolved'; readonly alertID: number }
    /** The alert has as many events as it may have. */
    | { readonly refusal: 'alert-limit'; readonly alertID: number; readonly limit: number }
    /** The alert may have reached its limit since its events were counted: count them again. */
    | { readonly refusal: 'recount'; readonly alertID: number }
    /** The finding names a record, a revision, a product, a location, a transfer or a quantity that the ledger does not have. */
    | { readonly refusal: 'not-in-ledger'; readonly fields: readonly FindingField[] }
    /** There is no alert to resolve. */
    | { readonly refusal: 'no-alert' }
  );
