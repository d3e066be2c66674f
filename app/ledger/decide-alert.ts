import { type AlertEvent, type AlertKind, type AlertStatus, isLouder } from './alert';
import { dayOf } from './day';
import type { NewDelivery } from './delivery';
import { type Expected, isExpected, markOf } from './mark';

/** How a product was found, by one who looked at it as of a record and a revision of the catalogue. */
export interface Finding {
  readonly productID: number;
  readonly record: number;
  readonly revision: number;
  readonly availableQuantity: number;
  readonly threshold: number;
  readonly daysOfCover: number | null;
}

/** "This product is short." Opens an alert, makes the one that there is louder, or wakes it. */
export interface ReportCommand extends Finding {
  readonly kind: 'report';
  readonly alert: AlertKind;
  /** Whom to tell, where that comes to an event. */
  readonly deliveries: readonly NewDelivery[];
}

/** "This product is short no longer." */
export interface ResolveCommand extends Finding {
  readonly kind: 'resolve';
  /** Whom to tell, where that comes to an event; nobody unless told. */
  readonly deliveries?: readonly NewDelivery[];
}

/** "I have seen it", "not before then", "it is ordered" or "it is open after all". */
export interface HandleCommand {
  readonly kind: 'handle';
  readonly productID: number;
  readonly alertID: number;
  readonly status: Exclude<AlertStatus, 'resolved'>;
  /** Snoozed until. */
  readonly until: Date | null;
  /** Ordered, and due on this day. */
  readonly due: string | null;
  readonly actor: string | null;
  readonly note: string | null;
  /** Refuse unless the alert's latest event is one of these. */
  readonly expectedEvents?: readonly Expected[] | 'any' | undefined;
  /** How many events the alert had, up to one of them; no limit holds where this is left out. */
  readonly counted?: { readonly event: number; readonly events: number } | undefined;
}

/** A change in the life of an alert that somebody asks for. */
export type AlertCommand = ReportCommand | ResolveCommand | HandleCommand;

/** Why a change in the life of an alert was refused. The list is closed. */
export type AlertRefusal =
  /** The finding is older than what the product's alert says already, or the alert has moved on. */
  | {
      readonly refusal: 'stale-alert';
      readonly productID: number;
      readonly alertID: number;
      readonly event: number;
    }
  /** The stock has ended this shortage: there is nothing left to see to. */
  | { readonly refusal: 'alert-resolved'; readonly productID: number; readonly alertID: number }
  /** The alert has as many events as it may have. */
  | {
      readonly refusal: 'alert-limit';
      readonly productID: number;
      readonly alertID: number;
      readonly limit: number;
    }
  /** The alert has had events since they were counted, and may be at its limit: count anew. */
  | { readonly refusal: 'recount'; readonly productID: number; readonly alertID: number }
  /** It is about a record, a revision, a product or a quantity that the ledger does not have. */
  | {
      readonly refusal: 'not-in-ledger';
      readonly productID: number;
      readonly fields: readonly UnknownField[];
    }
  /** There is nothing to resolve. */
  | { readonly refusal: 'no-alert'; readonly productID: number };

/** A field of a finding that names what may not be there. */
export type UnknownField = 'record' | 'revision' | 'productID' | 'availableQuantity';

/** What a finding is held against: how far the ledger and the catalogue have come, and what they have of the product. */
export interface Known {
  readonly record: number;
  readonly revision: number;
  readonly hasProduct: boolean;
  /**
   * What the product had as of the finding's record, 0 before its first one; undefined where the product has had a later
   * record, so that memory no longer tells.
   */
  readonly availableQuantity: number | undefined;
}

/**
 * The fields of a finding that name what the ledger does not have. A finding at a record that is yet to come would make
 * every true one after it look old, so nobody would hear of the product's shortages again; a shortage of a product
 * that nobody has counted or listed would be an alert that nothing ends; and by a quantity that the product never had
 * anybody could open an alert that is not true, or end one that is.
 */
export function unknownFields(
  {
    kind,
    record,
    revision,
    availableQuantity,
  }: Pick<ReportCommand | ResolveCommand, 'kind' | 'record' | 'revision' | 'availableQuantity'>,
  known: Known,
): UnknownField[] {
  const isToCome = record > known.record;
  const isOther =
    !isToCome &&
    known.hasProduct &&
    known.availableQuantity !== undefined &&
    known.availableQuantity !== availableQuantity;
  return [
    ...(kind === 'resolve' || known.hasProduct ? [] : (['productID'] as const)),
    ...(isToCome ? (['record'] as const) : []),
    ...(revision > known.revision ? (['revision'] as const) : []),
    ...(isOther ? (['availableQuantity'] as const) : []),
  ];
}

/** What an event says, before it has a place in the history. */
export type AlertDecision = Omit<
  AlertEvent,
  'event' | 'alertID' | 'openedAt' | 'recordedAt' | 'turnMark'
> & {
  /** The alert that it goes on with; null where it opens one. */
  readonly of: Pick<AlertEvent, 'alertID' | 'openedAt'> | null;
};

/**
 * Decides one command about a product's alert. There is one alert of a product at a time, and a finding counts
 * only where it is not older than what is known: so it does no harm if several look, or one looks twice.
 *
 * @param latest the latest event about the product
 * @param eventsLimit events that one alert may have
 * @returns what is to be appended; the latest event itself where it says so already; or a refusal
 */
export function decideAlert(
  latest: AlertEvent | undefined,
  command: AlertCommand,
  now: Date,
  eventsLimit = Number.POSITIVE_INFINITY,
): AlertDecision | AlertEvent | AlertRefusal {
  switch (command.kind) {
    case 'report':
      return report(latest, command, now);
    case 'resolve':
      return resolve(latest, command);
    case 'handle':
      return handle(latest, command, eventsLimit);
  }
}

function report(
  latest: AlertEvent | undefined,
  command: ReportCommand,
  now: Date,
): AlertDecision | AlertEvent | AlertRefusal {
  if (latest && isOlder(command, latest)) return stale(latest);
  const found = { ...finding(command), actor: null, note: null };
  if (!latest || latest.status === 'resolved') {
    const kind = command.alert;
    return { ...found, of: null, kind, status: 'open', until: null, due: null };
  }
  const louder = isLouder(command.alert, latest.kind);
  const woken = isOver(latest, now);
  if (!louder && !woken) return latest;
  const kind = louder ? command.alert : latest.kind;
  // What is ordered is on its way, however loud the shortage grows, and so is what was said of it.
  return latest.status === 'ordered' && !woken
    ? {
        ...{ ...found, note: latest.note },
        ...{ of: latest, kind, status: 'ordered', until: null, due: latest.due },
      }
    : { ...found, of: latest, kind, status: 'open', until: null, due: null };
}

function resolve(
  latest: AlertEvent | undefined,
  command: ResolveCommand,
): AlertDecision | AlertEvent | AlertRefusal {
  if (!latest) return { refusal: 'no-alert', productID: command.productID };
  if (isOlder(command, latest)) return stale(latest);
  if (latest.status === 'resolved') return latest;
  const { kind } = latest;
  const ended = { status: 'resolved', until: null, due: null, actor: null, note: null } as const;
  return { ...finding(command), ...ended, of: latest, kind };
}

function handle(
  latest: AlertEvent | undefined,
  command: HandleCommand,
  eventsLimit: number,
): AlertDecision | AlertEvent | AlertRefusal {
  const { productID, alertID, status, until, due, actor, note, expectedEvents = 'any' } = command;
  if (!latest || latest.alertID !== alertID || latest.status === 'resolved') {
    return { refusal: 'alert-resolved', productID, alertID };
  }
  const mark = () => markOf(latest, latest.recordedAt);
  if (!isExpected(expectedEvents, latest.event, mark)) return stale(latest);
  const isSo =
    latest.status === status &&
    latest.until?.getTime() === until?.getTime() &&
    latest.due === due &&
    (note === null || note === latest.note);
  if (isSo) return latest;
  const refused = refuseBeyondLimit(latest, command, eventsLimit);
  if (refused) return refused;
  const { kind } = latest;
  return { ...finding(latest), of: latest, kind, status, until, due, actor, note };
}

/**
 * Memory has no count of an alert's events, so that it was counted before the turn. Since then it may have had as many
 * as all alerts together, at most.
 */
function refuseBeyondLimit(
  latest: AlertEvent,
  { productID, alertID, counted }: HandleCommand,
  limit: number,
): AlertRefusal | undefined {
  if (!counted) return undefined;
  const since = latest.event - counted.event;
  if (since === 0) {
    return counted.events < limit
      ? undefined
      : { refusal: 'alert-limit', productID, alertID, limit };
  }
  // Fewer than none: it was counted in another ledger, before a backup was restored.
  const isSure = since > 0 && counted.events + since < limit;
  return isSure ? undefined : { refusal: 'recount', productID, alertID };
}

/** Whether the time that somebody asked for is over: a snooze, or the day on which the goods were due. */
export function isOver(
  { status, until, due }: Pick<AlertEvent, 'status' | 'until' | 'due'>,
  now: Date,
): boolean {
  if (status === 'snoozed') return until === null || until <= now;
  if (status === 'ordered') return due === null || due < dayOf(now);
  return false;
}

function isOlder(finding: Finding, latest: AlertEvent): boolean {
  return finding.record < latest.record || finding.revision < latest.revision;
}

function stale({ productID, alertID, event }: AlertEvent): AlertRefusal {
  return { refusal: 'stale-alert', productID, alertID, event };
}

function finding(found: Finding): Finding {
  const { productID, record, revision, availableQuantity, threshold, daysOfCover } = found;
  return { productID, record, revision, availableQuantity, threshold, daysOfCover };
}
