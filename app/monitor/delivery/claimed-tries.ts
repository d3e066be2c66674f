import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Delivery } from '../../wire/deliveries';
import { webhookLabel } from '../../wire/delivery-target';
import { type Api, untilAnswered } from '../api';
import type { Clock } from '../clock';
import { secretsOf } from '../secrets';
import type { MonitorSettings } from '../settings';
import type { Message } from './message';
import { NotDelivered, pauseAfter, reasonOf } from './sending';

/** A claim ends after this time, so that another monitor can try again. Sending never takes so long. */
const LEASE_SECONDS = 120;

/** What the tries are made with. */
export interface TryContext {
  readonly api: Api;
  readonly settings: MonitorSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  /** From 0 up to 1: spreads the pauses between tries. */
  readonly random?: () => number;
}

/** Makes tries, each of which is claimed in the service before it begins, and settled there after it. */
export class ClaimedTries {
  readonly #context: TryContext;
  readonly #secrets: readonly string[];

  constructor(context: TryContext) {
    this.#context = context;
    this.#secrets = secretsOf(context.settings);
  }

  /**
   * Makes one try.
   *
   * @param send sends the deliveries of the message that could be claimed
   * @returns whether a try was made; false if none could be claimed
   * @throws Unreachable, Refused
   */
  async make(
    message: Message,
    send: (messageID: string, claimed: readonly Delivery[]) => Promise<void>,
  ): Promise<boolean> {
    const { api, clock, logger } = this.#context;
    const { channel, target } = message;
    const claim = randomUUID();
    const messageID = message.messageID ?? randomUUID();
    // A request that is repeated has the same claim, so it is the same try.
    const lease = () => AbortSignal.timeout(LEASE_SECONDS * 1_000);
    const deliveries = namesOf(message.deliveries);
    const wanted = { deliveries, messageID, claim, leaseSeconds: LEASE_SECONDS };
    const claimed = await untilAnswered(() => api.claim(wanted), clock, lease());
    if (claimed.length === 0) return false;
    const tries = Math.max(...claimed.map((delivery) => delivery.tries));
    const outcome = await send(messageID, claimed).then(
      () => ({ status: 'delivered' as const }),
      (error: unknown) => this.#failure(error, tries),
    );
    const level = outcome.status === 'delivered' ? 'info' : 'warn';
    const shown = channel === 'webhook' ? webhookLabel(target) : target;
    logger[level](
      { channel, target: shown, messageID, tries, ...outcome },
      `${channel}: ${outcome.status}`,
    );
    // Not ended by a stop: the result must be stored. After the lease it is of no use.
    const settled = { deliveries: namesOf(claimed), claim, ...outcome };
    await untilAnswered(() => api.settle(settled), clock, lease());
    return true;
  }

  /** The outcome of a try that failed: another try later, or none. */
  #failure(error: unknown, tries: number) {
    const { clock, settings, random = Math.random } = this.#context;
    const isFinal = error instanceof NotDelivered && error.isFinal;
    const reason = reasonOf(error, this.#secrets);
    if (isFinal || tries >= settings.deliveryTries) {
      return { status: 'dead' as const, error: reason };
    }
    const retryAt = new Date(clock.now().getTime() + pauseAfter(tries, random()));
    return {
      status: 'failed' as const,
      error: reason,
      retryAt: retryAt.toISOString(),
    };
  }
}

function namesOf(deliveries: readonly Delivery[]): string[] {
  return deliveries.map(({ delivery }) => delivery);
}
