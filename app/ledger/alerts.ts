import { type AlertEvent, isSameEvent } from './alert';
import type { Fold, FoldKind } from './fold';

/** How things stand: the latest alert of each product, exact as of the last event. */
export class Alerts implements Fold<AlertEvent> {
  readonly #byProduct = new Map<number, AlertEvent>();
  readonly #below: Alerts | undefined;
  #last: AlertEvent | null;

  /** @param latest the latest event about each product, in any order */
  constructor(latest: readonly AlertEvent[] = [], below?: Alerts) {
    this.#below = below;
    this.#last = below?.last ?? null;
    this.load(latest);
  }

  /** Alerts that begin as these are, and whose events leave these as they are. */
  layer(): Alerts {
    return new Alerts([], this);
  }

  get last(): AlertEvent | null {
    return this.#last;
  }

  /** The latest event about a product; undefined where it never had an alert. */
  ofProduct(productID: number): AlertEvent | undefined {
    return this.#byProduct.get(productID) ?? this.#below?.ofProduct(productID);
  }

  /** The latest event of each alert that is not resolved, in any order. Not of a layer. */
  unresolved(): AlertEvent[] {
    return [...this.#byProduct.values()].filter(({ status }) => status !== 'resolved');
  }

  load(latest: readonly AlertEvent[]): void {
    for (const event of latest) {
      this.#byProduct.set(event.productID, event);
      if (event.event > (this.#last?.event ?? 0)) this.#last = event;
    }
  }

  /** Takes up events in their order; those already known are passed over. */
  fold(events: readonly AlertEvent[]): void {
    for (const event of events) {
      if (event.event <= (this.#last?.event ?? 0)) continue;
      this.#byProduct.set(event.productID, event);
      this.#last = event;
    }
  }
}

/** How events are folded into alerts. */
export const ALERTS: FoldKind<AlertEvent, Alerts> = {
  position: ({ event }) => event,
  isSame: isSameEvent,
  empty: () => new Alerts(),
};
