import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { Unreachable } from '../../client/failure';
import type { Shop } from '../../client/shop';
import type { Alert, AlertWithLife } from '../../wire/alerts';
import type { Delivery } from '../../wire/deliveries';
import { hostOfLabel, webhookLabel } from '../../wire/delivery-target';
import { type Api, untilAnswered } from '../api';
import type { Clock } from '../clock';
import { addressOf } from '../recipients';
import { secretsOf, withoutSecrets } from '../secrets';
import type { MonitorSettings } from '../settings';
import { mailContent } from './mail-content';
import { mailedAlert } from './mailed-alert';
import { Mailer } from './mailer';
import { dueMessages, type Message } from './message';
import { NotDelivered, pauseAfter, reasonOf } from './sending';
import { WaitingDeliveries } from './waiting';
import { WebhookSender } from './webhook';

/** How often the deliverer looks for due deliveries. */
const LOOK_MS = 2_000;

/** A try without a result is given up after this time. It is longer than any sending takes. */
const LEASE_SECONDS = 120;

/** Mails sent at a time, all by the same mail server, one to each address. */
const MAILS_AT_ONCE = 8;

/**
 * Webhooks sent at a time to one host. A host that hangs delays only its own webhooks. The settings name RECIPIENTS_MAX
 * hosts at most, so the total needs no limit of its own.
 */
const WEBHOOKS_AT_ONCE = 2;

/** Why a delivery is not sent if the settings do not name its target: anybody who reaches the service could have stored it. */
const FOREIGN = {
  mail: 'not sent: neither MAIL_TO nor MAIL_TO_BY_PRODUCT of the monitor names this address for the product',
  webhook: 'not sent: WEBHOOK_URLS of the monitor does not name this webhook',
};

/** What the deliverer needs. */
export interface DeliveryContext {
  readonly api: Api;
  readonly settings: MonitorSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The products as they are now. */
  readonly shop: () => Shop | undefined;
  readonly random?: () => number;
  /** Called after each try to reach a target of the settings, with why it failed, or undefined if it succeeded. */
  readonly onTried?: (target: string, reason: string | undefined) => void;
}

/**
 * Sends what is due, at least once. The service's database keeps the deliveries and each try. A try is claimed there
 * before it begins, so two deliverers never make the same one. If a deliverer dies meanwhile, the claim runs out, and the
 * same message is sent again under the same name.
 */
export class Deliverer {
  readonly #context: DeliveryContext;
  readonly #mailer: Mailer | undefined;
  readonly #webhooks: WebhookSender | undefined;
  readonly #secrets: readonly string[];
  /** Targets to which a message is being sent, so that a slow one delays no other. */
  readonly #busy = new Set<string>();
  readonly #waiting: WaitingDeliveries;
  #isGivingUp = false;
  #waker = new AbortController();

  constructor(context: DeliveryContext) {
    const { smtpUrl, mailFrom, webhookSecret, webhookAllowPrivate } = context.settings;
    this.#context = context;
    this.#waiting = new WaitingDeliveries(context.api, context.settings.deliveriesLimit);
    this.#secrets = secretsOf(context.settings);
    this.#mailer = smtpUrl === undefined ? undefined : new Mailer(smtpUrl, mailFrom);
    this.#webhooks =
      webhookSecret === undefined
        ? undefined
        : new WebhookSender(webhookSecret, webhookAllowPrivate);
  }

  /** Looks for what is due at once. */
  wake(): void {
    this.#waker.abort();
  }

  /** Delivers until the signal, and finishes what is being sent then. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#context;
    const sending = new Set<Promise<void>>();
    /** How many messages are being sent to each mail server or webhook host. */
    const onTheirWay = new Map<string, number>();
    while (!signal.aborted) {
      this.#waker = new AbortController();
      const woken = AbortSignal.any([signal, this.#waker.signal]);
      try {
        const { within, beyond } = await this.#waiting.look();
        for (const message of dueMessages(within, clock.now())) {
          const { channel, target } = message;
          if (signal.aborted) break;
          const place = placeOf(channel, target);
          const count = onTheirWay.get(place) ?? 0;
          const atOnce = channel === 'mail' ? MAILS_AT_ONCE : WEBHOOKS_AT_ONCE;
          if (count >= atOnce || this.#busy.has(target)) continue;
          this.#busy.add(target);
          onTheirWay.set(place, count + 1);
          const sent = this.#deliver(message).then((isTried) => {
            this.#busy.delete(target);
            sending.delete(sent);
            const left = (onTheirWay.get(place) ?? 1) - 1;
            if (left > 0) onTheirWay.set(place, left);
            else onTheirWay.delete(place);
            // Without this pause, a delivery that could not be tried would be found again at once.
            if (isTried) this.wake();
          });
          sending.add(sent);
        }
        const excess = dueMessages(beyond, clock.now());
        if (excess.length > 0 && !this.#isGivingUp) {
          const givenUp: Promise<void> = this.#giveUp(excess, signal).then(() => {
            sending.delete(givenUp);
          });
          sending.add(givenUp);
        }
      } catch (error) {
        logger.debug({ err: error }, 'the deliveries cannot be looked up');
        // The service may return with another database, in which less is finished.
        this.#waiting.reset();
      }
      await clock.wait(LOOK_MS, woken);
    }
    await Promise.all(sending);
  }

  /** Gives up deliveries beyond DELIVERIES_LIMIT as dead, which their alerts then show. Never throws. */
  async #giveUp(messages: readonly Message[], signal: AbortSignal): Promise<void> {
    const { logger, settings } = this.#context;
    const reason = `not sent: ${settings.deliveriesLimit} older deliveries wait to be sent, as many as DELIVERIES_LIMIT of the monitor allows`;
    this.#isGivingUp = true;
    try {
      for (const message of messages) {
        if (signal.aborted) break;
        // A delivery that was tried has its own limit: DELIVERY_TRIES.
        if (message.messageID !== null) continue;
        await this.#try(message, () => Promise.reject(new NotDelivered(reason, true)));
      }
    } catch (error) {
      logger.debug({ err: error }, 'deliveries beyond DELIVERIES_LIMIT cannot be given up now');
    } finally {
      this.#isGivingUp = false;
    }
  }

  /** @returns whether a try was made; never throws */
  async #deliver(message: Message): Promise<boolean> {
    try {
      // Before the claim, so that a service that does not answer costs no try.
      const alerts = await this.#alertsOf(message.deliveries);
      let isTried = false;
      // All deliveries of a message have one target, but the settings may name it for some of the products only.
      for (const [address, deliveries] of this.#byAddress(message.deliveries, alerts)) {
        const send = (messageID: string, claimed: readonly Delivery[]) =>
          this.#send(message.channel, address, messageID, claimed, alerts);
        isTried = (await this.#try({ ...message, deliveries }, send)) || isTried;
      }
      return isTried;
    } catch (error) {
      const { channel, messageID } = message;
      const level = error instanceof Unreachable ? 'debug' : 'warn';
      this.#context.logger[level](
        { err: error, channel, messageID },
        'a message could not be tried, or settled',
      );
      return false;
    }
  }

  /** Deliveries by their target's address or URL; under undefined those that the settings do not name. */
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

  /**
   * Makes one try.
   *
   * @param send sends what could be claimed of the message
   * @returns whether it was made
   * @throws Unreachable, Refused
   */
  async #try(
    message: Message,
    send: (messageID: string, claimed: readonly Delivery[]) => Promise<void>,
  ): Promise<boolean> {
    const { api, clock, logger } = this.#context;
    const { channel, target } = message;
    const claim = randomUUID();
    const messageID = message.messageID ?? randomUUID();
    // The same claim, repeated, is the same try.
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
    // A stop must not lose the outcome, which only matters until the lease is over.
    const settled = { deliveries: namesOf(claimed), claim, ...outcome };
    await untilAnswered(() => api.settle(settled), clock, lease());
    return true;
  }

  /** What follows a failed try: another one later, or none. */
  #failure(error: unknown, tries: number) {
    const { clock, settings, random = Math.random } = this.#context;
    const isFinal = error instanceof NotDelivered && error.isFinal;
    const reason = this.#reasonOf(error);
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

  async #send(
    channel: Delivery['channel'],
    address: string | undefined,
    messageID: string,
    claimed: readonly Delivery[],
    known: ReadonlyMap<number, AlertWithLife>,
  ): Promise<void> {
    if (address === undefined) throw new NotDelivered(FOREIGN[channel], true);
    const alertIDs = [...new Set(claimed.map(({ alertID }) => alertID))];
    const alerts = alertIDs.map((alertID) => known.get(alertID) as AlertWithLife);
    if (channel === 'mail') {
      const mailer = this.#mailer;
      if (!mailer) throw new NotDelivered('no SMTP_URL is set', false);
      const { settings, clock, shop } = this.#context;
      const mailed = alerts.map((alert) =>
        mailedAlert(alert, shop()?.byID.get(alert.productID), address, settings, clock.now()),
      );
      const content = mailContent(mailed, settings.publicUrl);
      return this.#observed(address, mailer.send(address, messageID, content));
    }
    if (!this.#webhooks) throw new NotDelivered('no WEBHOOK_SECRET is set', false);
    const [{ deliveries: _deliveries, life, ...data }] = alerts as [AlertWithLife];
    // The mark is for clients that change the alert. A message needs none.
    const { mark: _mark, ...event } = life.find((one) => one.event === claimed[0]?.event) ?? data;
    const sent = this.#webhooks.send(address, messageID, this.#context.clock.now(), {
      type: typeOf(event),
      timestamp: event.recordedAt,
      data: { ...event, name: data.name },
    });
    return this.#observed(webhookLabel(address), sent);
  }

  /** Reports the result of a try to `onTried`. */
  async #observed(target: string, sent: Promise<void>): Promise<void> {
    const { onTried = () => {} } = this.#context;
    try {
      await sent;
      onTried(target, undefined);
    } catch (error) {
      onTried(target, this.#reasonOf(error));
      throw error;
    }
  }

  /** Why a try failed, without secrets. */
  #reasonOf(error: unknown): string {
    return withoutSecrets(reasonOf(error), this.#secrets);
  }

  /** One after another: a digest may have hundreds of alerts, and the service has other clients. */
  async #alertsOf(deliveries: readonly Delivery[]): Promise<Map<number, AlertWithLife>> {
    const alerts = new Map<number, AlertWithLife>();
    for (const { alertID } of deliveries) {
      if (alerts.has(alertID)) continue;
      alerts.set(alertID, await this.#context.api.alert(alertID));
    }
    return alerts;
  }
}

/** The mail server, or the host of a webhook: what the limits of messages sent at a time apply to. */
function placeOf(channel: Delivery['channel'], target: string): string {
  return channel === 'mail' ? 'the mail server' : hostOfLabel(webhookLabel(target));
}

function namesOf(deliveries: readonly Delivery[]): string[] {
  return deliveries.map(({ delivery }) => delivery);
}

/** The type of an alert event in a webhook. */
function typeOf({ event, alertID, status }: Pick<Alert, 'event' | 'alertID' | 'status'>): string {
  if (event === alertID) return 'alert.opened';
  return status === 'resolved' ? 'alert.resolved' : 'alert.updated';
}
