import type { AlertKind } from '../ledger/alert';
import type { MonitorSettings } from './settings';

/** Who is to be told of an event, and not before which moment if not at once. */
export interface NewDelivery {
  readonly channel: 'mail' | 'webhook';
  readonly target: string;
  /** RFC 3339. Not there for at once, whatever the clocks of monitor and service say. */
  readonly notBefore?: string;
}

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
  const own = mailToByProduct.get(productID) ?? [];
  const isMailed = smtpUrl !== undefined && kind !== 'none';
  const people = isMailed ? [...new Set([...mailTo, ...own])] : [];
  const digest = kind === 'out' ? undefined : nextDigest(settings, now);
  return [
    ...people.map((target) => ({
      channel: 'mail' as const,
      target,
      ...(digest && { notBefore: digest.toISOString() }),
    })),
    ...webhookUrls.map((target) => ({ channel: 'webhook' as const, target })),
  ];
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
