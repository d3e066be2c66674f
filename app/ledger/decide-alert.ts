import { type AlertEvent, isLouder } from './alert';
import type {
  AlertCommand,
  AlertRefusal,
  HandleCommand,
  ReportCommand,
  ResolveCommand,
} from './alert-command';
import { subjectOf } from './alert-subject';
import type { Finding } from './finding';
import { isExpected, markOf } from './mark';

/** When an alert is decided: the moment, and the day of the shop. */
export interface Today {
  readonly now: Date;
  readonly today: string;
}

/** What an event says, before it has a place in the history. */
type AlertDecision = Omit<
  AlertEvent,
  'event' | 'alertID' | 'openedAt' | 'recordedAt' | 'actor' | 'turnMark'
> & {
  /** The alert that it continues; null if it opens one. */
  readonly of: Pick<AlertEvent, 'alertID' | 'openedAt'> | null;
};

type Decided = AlertDecision | AlertEvent | AlertRefusal;

/**
 * Decides one command about a subject's alert. A subject has at most one alert at a time. A finding counts only if it
 * is not older than what is known, so it does no harm if several monitors look, or one looks twice.
 *
 * @param latest the latest event about the subject
 * @param eventsLimit the most events that one alert may have
 * @returns what to append; the latest event if nothing changes; or a refusal
 */
export function decideAlert(
  latest: AlertEvent | undefined,
  command: AlertCommand,
  at: Today,
  eventsLimit = Number.POSITIVE_INFINITY,
): Decided {
  switch (command.kind) {
    case 'report':
      return report(latest, command, at);
    case 'resolve':
      return resolve(latest, command);
    case 'handle':
      return handle(latest, command, eventsLimit);
  }
}

/** Whether a snooze is over, or the day on which ordered goods were due. */
export function isOver(
  { status, until, due }: Pick<AlertEvent, 'status' | 'until' | 'due'>,
  { now, today }: Today,
): boolean {
  if (status === 'snoozed') return until === null || until <= now;
  if (status === 'ordered') return due === null || due < today;
  return false;
}

function report(latest: AlertEvent | undefined, command: ReportCommand, at: Today): Decided {
  if (latest && isOlder(command, latest)) return stale(latest);
  const found = { ...finding(command), handledBy: null, note: null };
  if (!latest || latest.status === 'resolved') {
    const kind = command.alert;
    return { ...found, of: null, kind, status: 'open', until: null, due: null };
  }
  const louder = isLouder(command.alert, latest.kind);
  const over = isOver(latest, at);
  if (!louder && !over) return latest;
  const kind = louder ? command.alert : latest.kind;
  // Goods that are ordered stay ordered, with their note, however loud the alert becomes.
  return latest.status === 'ordered' && !over
    ? {
        ...found,
        note: latest.note,
        of: latest,
        kind,
        status: 'ordered',
        until: null,
        due: latest.due,
      }
    : { ...found, of: latest, kind, status: 'open', until: null, due: null };
}

function resolve(latest: AlertEvent | undefined, command: ResolveCommand): Decided {
  if (!latest) return { refusal: 'no-alert', ...subjectOf(command) };
  if (isOlder(command, latest)) return stale(latest);
  if (latest.status === 'resolved') return latest;
  const { kind } = latest;
  const ended = {
    status: 'resolved',
    until: null,
    due: null,
    handledBy: null,
    note: null,
  } as const;
  return { ...finding(command), ...ended, of: latest, kind };
}

function handle(
  latest: AlertEvent | undefined,
  command: HandleCommand,
  eventsLimit: number,
): Decided {
  const { alertID, status, until, due, handledBy, note, expectedEvents = 'any' } = command;
  if (!latest || latest.alertID !== alertID || latest.status === 'resolved') {
    return { refusal: 'alert-resolved', ...subjectOf(command), alertID };
  }
  const mark = () => markOf(latest, latest.recordedAt);
  if (!isExpected(expectedEvents, latest.event, mark)) return stale(latest);
  const isUnchanged =
    latest.status === status &&
    latest.until?.getTime() === until?.getTime() &&
    latest.due === due &&
    (note === null || note === latest.note);
  if (isUnchanged) return latest;
  const refused = refuseBeyondLimit(latest, command, eventsLimit);
  if (refused) return refused;
  const { kind } = latest;
  return { ...finding(latest), of: latest, kind, status, until, due, handledBy, note };
}

/**
 * The events of an alert were counted before the turn, since memory has no count of them. Every event of any alert since
 * then may be one of this alert.
 */
function refuseBeyondLimit(
  latest: AlertEvent,
  { alertID, counted, ...command }: HandleCommand,
  limit: number,
): AlertRefusal | undefined {
  if (!counted) return undefined;
  const subject = subjectOf(command);
  const since = latest.event - counted.event;
  if (since === 0) {
    return counted.events < limit
      ? undefined
      : { refusal: 'alert-limit', ...subject, alertID, limit };
  }
  // A negative number: they were counted in another ledger, before a backup was restored.
  const isWithin = since > 0 && counted.events + since < limit;
  return isWithin ? undefined : { refusal: 'recount', ...subject, alertID };
}

function isOlder(finding: Finding, latest: AlertEvent): boolean {
  return finding.record < latest.record || finding.revision < latest.revision;
}

function stale({ alertID, event, ...latest }: AlertEvent): AlertRefusal {
  return { refusal: 'stale-alert', ...subjectOf(latest), alertID, event };
}

function finding(found: Finding): Finding {
  const { record, revision, availableQuantity, threshold, daysOfCover } = found;
  return { ...subjectOf(found), record, revision, availableQuantity, threshold, daysOfCover };
}
