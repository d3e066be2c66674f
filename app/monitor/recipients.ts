import type { AlertKind } from '../ledger/alert';
import { webhookLabel } from '../wire/delivery-target';
import type { NewDelivery } from '../wire/findings';
import type { MonitorSettings } from './settings';

type DeliverySettings = Pick<
  MonitorSettings,
  'smtpUrl' | 'mailTo' | 'mailToByProduct' | 'digestMinutes' | 'webhookUrls'
>;

const MINUTE_MS = 60_000;

/**
 * Whom to tell of how a product was found: people by mail, at once or in the next digest, and programs at once.
 * That it is short no longer is told to programs alone.
 */
export function deliveriesOf(
  productID: number,
  kind: AlertKind | 'none',
  settings: DeliverySettings,
  now: Date,
): NewDelivery[] {
  const { smtpUrl, mailTo, mailToByProduct, webhookUrls } = settings;
  const isMailed = smtpUrl !== undefined && kind !== 'none';
  const people = isMailed ? peopleOf(productID, { mailTo, mailToByProduct }) : [];
  const digest = kind === 'out' ? undefined : nextDigest(settings, now);
  return [
    ...people.map((target) => ({
      channel: 'mail' as const,
      target,
      ...(digest && { notBefore: digest.toISOString() }),
    })),
    ...webhookUrls.map((url) => ({ channel: 'webhook' as const, target: webhookLabel(url) })),
  ];
}

/** Who gets mail of a product. */
function peopleOf(
  productID: number,
  { mailTo, mailToByProduct }: Pick<DeliverySettings, 'mailTo' | 'mailToByProduct'>,
): string[] {
  return [...new Set([...mailTo, ...(mailToByProduct.get(productID) ?? [])])];
}

/**
 * Where a delivery goes by the monitor's own settings, whatever the service has stored: anybody who can reach the
 * service can store a delivery there.
 *
 * @returns the mail address or the URL; undefined where the settings do not name it for this product
 */
export function addressOf(
  productID: number,
  { channel, target }: Pick<NewDelivery, 'channel' | 'target'>,
  settings: DeliverySettings,
): string | undefined {
  if (channel === 'mail') return peopleOf(productID, settings).find((person) => person === target);
  const label = webhookLabel(target);
  return settings.webhookUrls.find((url) => webhookLabel(url) === label);
}

/** The next moment for digests: the same for every monitor, and after a restart. Undefined where each mail goes at once. */
export function nextDigest(
  { digestMinutes }: Pick<MonitorSettings, 'digestMinutes'>,
  now: Date,
): Date | undefined {
  if (digestMinutes === 0) return undefined;
  const intervalMs = digestMinutes * MINUTE_MS;
  return new Date((Math.floor(now.getTime() / intervalMs) + 1) * intervalMs);
}
