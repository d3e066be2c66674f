import { ALERT_KINDS, type AlertEvent, type AlertKind, isSameEvent } from './alert';
import { type AlertSubject, subjectKey } from './alert-subject';
import type { Fold, FoldKind } from './fold';
import { NumberOrder } from './number-order';

/** The latest event about each subject, exact as of the last event: the fold of all events. */
export class Alerts implements Fold<AlertEvent> {
  isWhole = true;
  readonly #bySubject = new Map<number | string, AlertEvent>();
  /** The latest event of each alert that is not resolved, by alertID, and their alertIDs in order, by kind. */
  readonly #unresolved = new Map<number, AlertEvent>();
  readonly #order: Readonly<Record<AlertKind, NumberOrder>> = byKind(() => new NumberOrder());
  readonly #below: Alerts | undefined;
  #last: AlertEvent | null;

  /** @param latest the latest event about each subject, in any order */
  constructor(latest: readonly AlertEvent[] = [], below?: Alerts) {
    this.#below = below;
    this.#last = below?.last ?? null;
    this.load(latest);
  }

  /** A layer on top of these alerts. Events added to it do not change what is below. */
  layer(): Alerts {
    return new Alerts([], this);
  }

  get last(): AlertEvent | null {
    return this.#last;
  }

  /** The latest event about a subject; undefined if it never had an alert. */
  of(subject: AlertSubject): AlertEvent | undefined {
    return this.#bySubject.get(subjectKey(subject)) ?? this.#below?.of(subject);
  }

  /**
   * The latest event of each alert that is not resolved, part by part: the loudest kind first, and by alertID within a
   * kind. The alerts may change between two parts. A layer does not have this.
   */
  *unresolved(): Generator<readonly AlertEvent[]> {
    for (const kind of ALERT_KINDS.toReversed()) {
      for (let last: number | undefined = 0; last !== undefined; ) {
        const alertIDs = this.#order[kind].beyond(last);
        yield alertIDs.map((alertID) => this.#unresolved.get(alertID) as AlertEvent);
        last = alertIDs.at(-1);
      }
    }
  }

  load(latest: readonly AlertEvent[]): void {
    for (const event of latest) {
      this.#set(event);
      if (event.event > (this.#last?.event ?? 0)) this.#last = event;
    }
  }

  /** Takes up events in their order, and skips those that it has. */
  fold(events: readonly AlertEvent[]): void {
    for (const event of events) {
      if (event.event <= (this.#last?.event ?? 0)) continue;
      this.#set(event);
      this.#last = event;
    }
  }

  #set(event: AlertEvent): void {
    const { alertID, kind, status } = event;
    const key = subjectKey(event);
    const before = this.#bySubject.get(key);
    this.#bySubject.set(key, event);
    if (this.#below) return;
    if (before) {
      this.#unresolved.delete(before.alertID);
      this.#order[before.kind].remove(before.alertID);
    }
    if (status === 'resolved') return;
    this.#unresolved.set(alertID, event);
    this.#order[kind].change(alertID);
  }
}

function byKind<T>(make: () => T): Record<AlertKind, T> {
  return Object.fromEntries(ALERT_KINDS.map((kind) => [kind, make()])) as Record<AlertKind, T>;
}

/** How events are folded into alerts. */
export const ALERTS: FoldKind<AlertEvent, Alerts> = {
  position: ({ event }) => event,
  isSame: isSameEvent,
  empty: () => new Alerts(),
};
