import {
  type Claim,
  claimSteps,
  type DeliveryOutcome,
  type DeliveryStep,
  isHeld,
  outcomeSteps,
} from './delivery';
import type { Reads } from './reads';
import type { LedgerStore } from './store';
import type { Writer } from './write/writer';

/** The deliveries of alerts. Each method throws StoreUnavailable. */
export class Deliveries {
  readonly #store: LedgerStore;
  readonly #reads: Reads;
  readonly #writer: Writer;
  readonly #now: () => Date;

  constructor(store: LedgerStore, reads: Reads, writer: Writer, now: () => Date) {
    this.#store = store;
    this.#reads = reads;
    this.#writer = writer;
    this.#now = now;
  }

  /**
   * Claims deliveries, so that nobody else sends them meanwhile.
   *
   * @returns those that the claim holds: not those that are held by another claim, finished or not yet due
   */
  claim(claim: Claim): Promise<DeliveryStep[]> {
    // If somebody else claims them first, appending fails as StoreUnavailable, and the next try sees their claim.
    return this.#reads.short(async () => {
      const latest = await this.#store.deliveries(claim.deliveries);
      // By a clock that is ahead, the claims of others would seem to have run out, and alerts would be sent twice.
      const now = await this.#writer.trustedNow();
      const steps = claimSteps(latest, claim, now);
      await this.#store.appendDeliverySteps(steps);
      return [...latest.filter((step) => isHeld(step, claim, now)), ...steps];
    });
  }

  /** Records the outcome of a try. @returns the steps that say so, including those that already did */
  settle(outcome: DeliveryOutcome): Promise<DeliveryStep[]> {
    return this.#reads.short(async () => {
      const latest = await this.#store.deliveries(outcome.deliveries);
      const steps = outcomeSteps(latest, outcome, this.#now());
      await this.#store.appendDeliverySteps(steps);
      const isSettled = (step: DeliveryStep) =>
        step.status === outcome.status && step.claim === outcome.claim;
      return [...latest.filter(isSettled), ...steps];
    });
  }
}
