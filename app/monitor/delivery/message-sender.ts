import type { Shop } from '../../client/shop';
import type { Alert, AlertWithLife } from '../../wire/alerts';
import type { Delivery } from '../../wire/deliveries';
import { webhookLabel } from '../../wire/delivery-target';
import type { Clock } from '../clock';
import { secretsOf } from '../secrets';
import type { MonitorSettings } from '../settings';
import { mailContent } from './mail-content';
import { mailedAlert } from './mailed-alert';
import type { KnownTransfer } from './mailed-transfer';
import { Mailer } from './mailer';
import { NotDelivered, reasonOf } from './sending';
import { WebhookSender } from './webhook';

/** Why a delivery to a target outside the settings is not sent: any client of the service could have stored it. */
const FOREIGN = {
  mail: 'not sent: neither MAIL_TO nor MAIL_TO_BY_PRODUCT of the monitor names this address for the product',
  webhook: 'not sent: WEBHOOK_URLS of the monitor does not name this webhook',
};

/** What the sender works with. */
export interface SenderContext {
  readonly settings: MonitorSettings;
  readonly clock: Clock;
  /** The products as they are now. */
  readonly shop: () => Shop | undefined;
  /** A transfer that is on its way; undefined if nothing is known of it. */
  readonly transfer?: (transferID: number) => KnownTransfer | undefined;
  /** Called after each try to reach a target of the settings, with the reason of a failure; undefined after a success. */
  readonly onTried?: (target: string, reason: string | undefined) => void;
}

/** What one message is about. */
interface Parcel {
  readonly messageID: string;
  readonly deliveries: readonly Delivery[];
  /** The alerts of the deliveries, by number; there may be others. */
  readonly alerts: ReadonlyMap<number, AlertWithLife>;
}

/** Writes messages, and sends each by mail or as a webhook. */
export class MessageSender {
  readonly #context: SenderContext;
  readonly #mailer: Mailer | undefined;
  readonly #webhooks: WebhookSender | undefined;
  readonly #secrets: readonly string[];

  constructor(context: SenderContext) {
    const { smtpUrl, mailFrom, webhookSecret, webhookAllowPrivate } = context.settings;
    this.#context = context;
    this.#secrets = secretsOf(context.settings);
    this.#mailer = smtpUrl === undefined ? undefined : new Mailer(smtpUrl, mailFrom);
    this.#webhooks =
      webhookSecret === undefined
        ? undefined
        : new WebhookSender(webhookSecret, webhookAllowPrivate);
  }

  /**
   * Sends one message.
   *
   * @param address where it goes; undefined if the settings do not name its target
   * @throws NotDelivered
   */
  async send(
    channel: Delivery['channel'],
    address: string | undefined,
    parcel: Parcel,
  ): Promise<void> {
    if (address === undefined) throw new NotDelivered(FOREIGN[channel], true);
    if (channel === 'mail') await this.#mail(address, parcel);
    else await this.#post(address, parcel);
  }

  async #mail(address: string, { messageID, deliveries, alerts }: Parcel): Promise<void> {
    const mailer = this.#mailer;
    if (!mailer) throw new NotDelivered('no SMTP_URL is set', false);
    const { settings, clock, shop, transfer = () => undefined } = this.#context;
    const alertIDs = [...new Set(deliveries.map(({ alertID }) => alertID))];
    const mailed = alertIDs.map((alertID) => {
      const alert = alerts.get(alertID) as AlertWithLife;
      const known = {
        product: shop()?.byID.get(alert.productID ?? 0),
        transfer: transfer(alert.transferID ?? 0),
      };
      return mailedAlert(alert, known, address, settings, clock.now());
    });
    const content = mailContent(mailed, settings.publicUrl);
    await this.#observed(address, mailer.send(address, messageID, content));
  }

  /** Posts one event of an alert: a webhook has one delivery. */
  async #post(url: string, { messageID, deliveries, alerts }: Parcel): Promise<void> {
    if (!this.#webhooks) throw new NotDelivered('no WEBHOOK_SECRET is set', false);
    const [{ alertID, event: number }] = deliveries as [Delivery];
    const { deliveries: _deliveries, life, ...data } = alerts.get(alertID) as AlertWithLife;
    // The mark is for clients that change the alert. Receivers of a message do not need it.
    const { mark: _mark, ...event } = life.find((one) => one.event === number) ?? data;
    const sent = this.#webhooks.send(url, messageID, this.#context.clock.now(), {
      type: typeOf(event),
      timestamp: event.recordedAt,
      data: { ...event, name: data.name },
    });
    await this.#observed(webhookLabel(url), sent);
  }

  /** Reports the result of a try to `onTried`. */
  async #observed(target: string, sent: Promise<void>): Promise<void> {
    const { onTried = () => {} } = this.#context;
    try {
      await sent;
      onTried(target, undefined);
    } catch (error) {
      onTried(target, reasonOf(error, this.#secrets));
      throw error;
    }
  }
}

/** The type that a webhook gives to an event of an alert. */
function typeOf({ event, alertID, status }: Pick<Alert, 'event' | 'alertID' | 'status'>): string {
  if (event === alertID) return 'alert.opened';
  return status === 'resolved' ? 'alert.resolved' : 'alert.updated';
}
