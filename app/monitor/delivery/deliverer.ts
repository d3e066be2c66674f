import { Unreachable } from '../../client/failure';
import type { AlertWithLife } from '../../wire/alerts';
import type { Delivery } from '../../wire/deliveries';
import { addressOf } from '../recipients';
import { ClaimedTries, type TryContext } from './claimed-tries';
import { InFlight } from './in-flight';
import { dueMessages, type Message } from './message';
import { MessageSender, type SenderContext } from './message-sender';
import { NotDelivered } from './sending';
import { WaitingDeliveries } from './waiting';

/** How often the deliverer looks for deliveries that are due. */
const LOOK_MS = 2_000;

/** What the deliverer works with. */
export type DeliveryContext = TryContext & SenderContext;

/**
 * Sends what is due, at least once. The service's database holds the deliveries and the tries. Each try is claimed there
 * before it begins, so two deliverers do not make the same one. If a deliverer dies in between, its claim ends, and the
 * message is sent again under the same name.
 */
export class Deliverer {
  readonly #context: DeliveryContext;
  readonly #tries: ClaimedTries;
  readonly #sender: MessageSender;
  readonly #waiting: WaitingDeliveries;
  readonly #inFlight = new InFlight();
  /** What has begun and is not finished. */
  readonly #work = new Set<Promise<void>>();
  #isGivingUp = false;
  #waker = new AbortController();

  constructor(context: DeliveryContext) {
    this.#context = context;
    this.#tries = new ClaimedTries(context);
    this.#sender = new MessageSender(context);
    this.#waiting = new WaitingDeliveries(context.api, context.settings.deliveriesLimit);
  }

  /** Looks for what is due at once. */
  wake(): void {
    this.#waker.abort();
  }

  /** Delivers until the signal, and then finishes what it has begun. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#context;
    while (!signal.aborted) {
      this.#waker = new AbortController();
      const woken = AbortSignal.any([signal, this.#waker.signal]);
      try {
        await this.#look(signal);
      } catch (error) {
        logger.debug({ err: error }, 'the deliveries cannot be looked up');
        // The service may come back with another database, in which less is finished.
        this.#waiting.reset();
      }
      await clock.wait(LOOK_MS, woken);
    }
    await Promise.all(this.#work);
  }

  /** Begins to send what is due, and to give up what is beyond the limit. */
  async #look(signal: AbortSignal): Promise<void> {
    const { clock } = this.#context;
    const { within, beyond } = await this.#waiting.look();
    for (const message of dueMessages(within, clock.now())) {
      if (signal.aborted) break;
      if (!this.#inFlight.begin(message)) continue;
      this.#begin(
        this.#deliver(message).then((isTried) => {
          this.#inFlight.end(message);
          // A message that could not be tried would be found again at once, and again.
          if (isTried) this.wake();
        }),
      );
    }
    const excess = dueMessages(beyond, clock.now());
    if (excess.length > 0 && !this.#isGivingUp) this.#begin(this.#giveUp(excess, signal));
  }

  #begin(work: Promise<void>): void {
    const finished: Promise<void> = work.then(() => void this.#work.delete(finished));
    this.#work.add(finished);
  }

  /** Ends what is beyond DELIVERIES_LIMIT as dead, so that its alerts say so. Never throws. */
  async #giveUp(messages: readonly Message[], signal: AbortSignal): Promise<void> {
    const { logger, settings } = this.#context;
    const reason = `not sent: ${settings.deliveriesLimit} older deliveries wait to be sent, as many as DELIVERIES_LIMIT of the monitor allows`;
    this.#isGivingUp = true;
    try {
      for (const message of messages) {
        if (signal.aborted) break;
        // A message that was tried has its own limit: DELIVERY_TRIES.
        if (message.messageID !== null) continue;
        await this.#tries.make(message, () => Promise.reject(new NotDelivered(reason, true)));
      }
    } catch (error) {
      logger.debug({ err: error }, 'deliveries beyond DELIVERIES_LIMIT cannot be given up now');
    } finally {
      this.#isGivingUp = false;
    }
  }

  /** @returns whether a try was made; never throws */
  async #deliver(message: Message): Promise<boolean> {
    const { channel } = message;
    try {
      // Loaded before the claim, so that a service that does not answer costs no try.
      const alerts = await this.#alertsOf(message.deliveries);
      let isTried = false;
      // All deliveries of a message have one target, but the settings may name it for some of the products only.
      for (const [address, deliveries] of this.#byAddress(message.deliveries, alerts)) {
        const send = (messageID: string, claimed: readonly Delivery[]) =>
          this.#sender.send(channel, address, { messageID, deliveries: claimed, alerts });
        isTried = (await this.#tries.make({ ...message, deliveries }, send)) || isTried;
      }
      return isTried;
    } catch (error) {
      const { messageID } = message;
      const level = error instanceof Unreachable ? 'debug' : 'warn';
      this.#context.logger[level](
        { err: error, channel, messageID },
        'a message could not be tried, or its result not stored',
      );
      return false;
    }
  }

  /** Deliveries by their address; under undefined those whose target the settings do not name. */
  #byAddress(
    deliveries: readonly Delivery[],
    alerts: ReadonlyMap<number, AlertWithLife>,
  ): Map<string | undefined, Delivery[]> {
    const groups = new Map<string | undefined, Delivery[]>();
    for (const delivery of deliveries) {
      const { productID } = alerts.get(delivery.alertID) as AlertWithLife;
      const address = addressOf(productID, delivery, this.#context.settings);
      groups.set(address, [...(groups.get(address) ?? []), delivery]);
    }
    return groups;
  }

  /** Loaded one after another: a digest may be about hundreds of alerts, and the service serves others, too. */
  async #alertsOf(deliveries: readonly Delivery[]): Promise<Map<number, AlertWithLife>> {
    const alerts = new Map<number, AlertWithLife>();
    for (const { alertID } of deliveries) {
      if (alerts.has(alertID)) continue;
      alerts.set(alertID, await this.#context.api.alert(alertID));
    }
    return alerts;
  }
}
