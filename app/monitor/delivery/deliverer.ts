import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { alertLink, type LinkAction } from '../../alert-link';
import type { Alert, Delivery } from '../../client/answers';
import type { Shop } from '../../client/shop';
import { type Api, untilAnswered } from '../api';
import type { Clock } from '../clock';
import type { MonitorSettings } from '../settings';
import { type MailedAlert, mailContent } from './mail-content';
import { Mailer } from './mailer';
import { dueMessages, type Message } from './message';
import { NotDelivered, pauseAfter } from './sending';
import { WebhookSender } from './webhook';

/** How often deliveries that have become due are looked for. */
const LOOK_MS = 2_000;

/** A try that is not heard of for so long is given up: longer than any sending takes. */
const LEASE_SECONDS = 120;

/** Messages on their way at a time; one to each target. */
const AT_ONCE = 8;

/** What the deliverer works with. */
export interface DeliveryContext {
  readonly api: Api;
  readonly settings: MonitorSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The products as they are now. */
  readonly shop: () => Shop | undefined;
  readonly random?: () => number;
}

/**
 * Sends what is due, at least once: what is to be sent stands in the service's database, and so does each try. A
 * try is claimed there before it begins, so two deliverers do not make the same; where one dies in between, the
 * claim runs out, and the same message goes again under the same name.
 */
export class Deliverer {
  readonly #context: DeliveryContext;
  readonly #mailer: Mailer | undefined;
  readonly #webhooks: WebhookSender | undefined;
  /** Targets to which a message is on its way, so that a slow one holds up nobody else. */
  readonly #busy = new Set<string>();
  /** Every delivery of events up to this one is finished. */
  #finishedUpTo = 0;
  #waker = new AbortController();

  constructor(context: DeliveryContext) {
    const { smtpUrl, mailFrom, webhookSecret, webhookAllowPrivate } = context.settings;
    this.#context = context;
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

  /** Delivers until the signal, and ends with what is on its way then. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#context;
    const sending = new Set<Promise<void>>();
    while (!signal.aborted) {
      this.#waker = new AbortController();
      const woken = AbortSignal.any([signal, this.#waker.signal]);
      try {
        for (const message of await this.#due()) {
          if (sending.size >= AT_ONCE || signal.aborted) break;
          if (this.#busy.has(message.target)) continue;
          this.#busy.add(message.target);
          const sent = this.#deliver(message).finally(() => {
            this.#busy.delete(message.target);
            sending.delete(sent);
            this.wake();
          });
          sending.add(sent);
        }
      } catch (error) {
        logger.debug({ err: error }, 'the deliveries cannot be looked up');
      }
      await clock.wait(LOOK_MS, woken);
    }
    await Promise.all(sending);
  }

  /** Messages that are due, of every page of what is unfinished. */
  async #due(): Promise<Message[]> {
    const { api, clock } = this.#context;
    const unfinished: Delivery[] = [];
    for (let after = this.#finishedUpTo; ; ) {
      const page = await api.unfinished(after);
      unfinished.push(...page);
      const last = page.at(-1)?.event;
      // The deliveries of one event are few, and stand on one page or two: the last event is read again.
      if (page.length < 1_000 || last === undefined || last - 1 <= after) break;
      unfinished.splice(unfinished.findIndex(({ event }) => event === last));
      after = last - 1;
    }
    const [first] = unfinished;
    if (first) this.#finishedUpTo = Math.max(this.#finishedUpTo, first.event - 1);
    return dueMessages(unfinished, clock.now());
  }

  async #deliver(message: Message): Promise<void> {
    const { api, clock, logger, settings, random = Math.random } = this.#context;
    const { channel, target } = message;
    const claim = randomUUID();
    const messageID = message.messageID ?? randomUUID();
    try {
      const names = message.deliveries.map(({ delivery }) => delivery);
      const claimed = await api.claim({
        deliveries: names,
        messageID,
        claim,
        leaseSeconds: LEASE_SECONDS,
      });
      if (claimed.length === 0) return;
      const deliveries = claimed.map(({ delivery }) => delivery);
      const tries = Math.max(...claimed.map((delivery) => delivery.tries));
      const outcome = await this.#send(channel, target, messageID, claimed).then(
        () => ({ status: 'delivered' }) as const,
        (error: unknown) => {
          const isDead =
            tries >= settings.deliveryTries || (error instanceof NotDelivered && error.isFinal);
          const retryAt = new Date(clock.now().getTime() + pauseAfter(tries, random()));
          const { message: said } = error as Error;
          return {
            status: isDead ? 'dead' : 'failed',
            error:
              said
                .replace(/\p{Cc}+/gu, ' ')
                .trim()
                .slice(0, 500) || 'failed',
            ...(!isDead && { retryAt: retryAt.toISOString() }),
          } as const;
        },
      );
      const level = outcome.status === 'delivered' ? 'info' : 'warn';
      logger[level](
        { channel, target, messageID, tries, ...outcome },
        `${channel}: ${outcome.status}`,
      );
      // A stop must not lose what is known by now, and the lease bounds how long it matters.
      const lease = AbortSignal.timeout(LEASE_SECONDS * 1_000);
      await untilAnswered(() => api.settle({ deliveries, claim, ...outcome }), clock, lease);
    } catch (error) {
      logger.warn({ err: error, messageID }, 'what came of a message could not be kept');
    }
  }

  async #send(
    channel: Delivery['channel'],
    target: string,
    messageID: string,
    claimed: readonly Delivery[],
  ): Promise<void> {
    const alerts = await this.#alertsOf(claimed);
    if (channel === 'mail') {
      if (!this.#mailer) throw new NotDelivered('no SMTP_URL is set', false);
      const { publicUrl } = this.#context.settings;
      const mailed = alerts.map((alert) => this.#mailed(alert, target));
      return this.#mailer.send(target, messageID, mailContent(mailed, publicUrl));
    }
    if (!this.#webhooks) throw new NotDelivered('no WEBHOOK_SECRET is set', false);
    const [alert] = alerts;
    const { deliveries: _deliveries, life, ...data } = alert as Alert & { life: Alert[] };
    const event = life.find((one) => one.event === claimed[0]?.event) ?? data;
    return this.#webhooks.send(target, messageID, this.#context.clock.now(), {
      type: typeOf(event),
      timestamp: event.recordedAt,
      data: { ...event, name: data.name },
    });
  }

  async #alertsOf(deliveries: readonly Delivery[]): Promise<Alert[]> {
    const alertIDs = [...new Set(deliveries.map(({ alertID }) => alertID))];
    return Promise.all(alertIDs.map((alertID) => this.#context.api.alert(alertID)));
  }

  /** An alert as a mail to somebody tells it. */
  #mailed(alert: Alert, by: string): MailedAlert {
    const { settings, clock, shop } = this.#context;
    const { publicUrl, linkSecret, linkDays } = settings;
    const { alertID, productID } = alert;
    const product = shop()?.byID.get(productID);
    const expires = Math.floor(clock.now().getTime() / 1_000) + linkDays * 86_400;
    const link = (action: LinkAction) =>
      alertLink(publicUrl, linkSecret ?? '', { alertID, action, by, expires });
    return {
      alert,
      title: alert.name ?? `Product ${productID}`,
      sku: product?.sku ?? null,
      availableQuantity: product?.availableQuantity ?? alert.availableQuantity,
      daysOfCover: product?.daysOfCover ?? alert.daysOfCover,
      reorder: product?.reorder ?? 0,
      url: `${publicUrl}/#/products/${productID}`,
      links:
        linkSecret === undefined
          ? null
          : { acknowledge: link('acknowledge'), order: link('order'), snooze: link('snooze') },
    };
  }
}

/** What a webhook calls an event in the life of an alert. */
function typeOf({ event, alertID, status }: Pick<Alert, 'event' | 'alertID' | 'status'>): string {
  if (event === alertID) return 'alert.opened';
  return status === 'resolved' ? 'alert.resolved' : 'alert.updated';
}
