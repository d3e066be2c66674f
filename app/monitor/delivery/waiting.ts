import type { Delivery } from '../../wire/deliveries';
import { PAGE_MAX } from '../../wire/pages';
import type { Api } from '../api';

/** The unfinished deliveries of the service. */
export class WaitingDeliveries {
  readonly #api: Pick<Api, 'unfinished'>;
  readonly #limit: number;
  /** Every delivery of events up to this one is finished. */
  #finishedUpTo = 0;

  /** @param limit how many may wait: DELIVERIES_LIMIT */
  constructor(api: Pick<Api, 'unfinished'>, limit: number) {
    this.#api = api;
    this.#limit = limit;
  }

  /** Forgets up to where all is finished, since the service may have returned with another database. */
  reset(): void {
    this.#finishedUpTo = 0;
  }

  /** The deliveries within the limit, the oldest first, and the first ones beyond it, a page at most. */
  async look(): Promise<{ within: readonly Delivery[]; beyond: readonly Delivery[] }> {
    const unfinished: Delivery[] = [];
    for (let after = this.#finishedUpTo; ; ) {
      const page = await this.#api.unfinished(after);
      unfinished.push(...page);
      if (unfinished.length > this.#limit) break;
      const last = page.at(-1)?.event;
      // An event has few deliveries, but a page may end between them, so the last event is read again.
      if (page.length < PAGE_MAX || last === undefined || last - 1 <= after) break;
      unfinished.splice(unfinished.findIndex(({ event }) => event === last));
      after = last - 1;
    }
    const [first] = unfinished;
    if (first) this.#finishedUpTo = Math.max(this.#finishedUpTo, first.event - 1);
    return { within: unfinished.slice(0, this.#limit), beyond: unfinished.slice(this.#limit) };
  }
}
