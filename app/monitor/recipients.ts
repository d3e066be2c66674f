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
 * The recipients of a finding: people get mail, at once or in the next digest, and programs get webhooks at once. Only
 * programs hear that it is over.
 *
 * @param productID null for a transfer
 */
export function deliveriesOf(
  productID: number | null,
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

/** Who gets mail about a product, or about a transfer. */
function peopleOf(
  productID: number | null,
  { mailTo, mailToByProduct }: Pick<DeliverySettings, 'mailTo' | 'mailToByProduct'>,
): string[] {
  return [...new Set([...mailTo, ...(mailToByProduct.get(productID ?? 0) ?? [])])];
}

/**
 * Where a delivery goes by the monitor's own settings. What the service has stored is not trusted, since anybody who can
 * reach the service can store a delivery there.
 *
 * @returns the mail address or the URL; undefined if the settings do not name it for this product
 */
export function addressOf(
  productID: number | null,
  { channel, target }: Pick<NewDelivery, 'channel' | 'target'>,
  settings: DeliverySettings,
): string | undefined {
  if (channel === 'mail') return peopleOf(productID, settings).find((person) => person === target);
  const label = webhookLabel(target);
  return settings.webhookUrls.find((url) => webhookLabel(url) === label);
}

/** The next moment for digests: the same for every monitor, and after a restart. Undefined if each mail is sent at once. */
export function nextDigest(
  { digestMinutes }: Pick<MonitorSettings, 'digestMinutes'>,
  now: Date,
): Date | undefined {
  if (digestMinutes === 0) return undefined;
  const intervalMs = digestMinutes * MINUTE_MS;
  return new Date((Math.floor(now.getTime() / intervalMs) + 1) * intervalMs);
}
