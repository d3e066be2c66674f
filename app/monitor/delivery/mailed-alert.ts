import type { Product } from '../../client/shop';
import { DAY_MS } from '../../ledger/day';
import { alertLink, type LinkAction } from '../../wire/alert-link';
import type { Alert } from '../../wire/alerts';
import type { MonitorSettings } from '../settings';

/** An alert in a mail, with its product at the time the mail is written. */
export interface MailedAlert {
  readonly alert: Pick<Alert, 'kind' | 'status' | 'threshold'>;
  /** The product's name, or its number if it is not in the catalogue. */
  readonly title: string;
  readonly sku: string | null;
  /** Null if it was never counted. */
  readonly availableQuantity: number | null;
  readonly daysOfCover: number | null;
  /** How many to order now; 0 if it is ordered already. */
  readonly reorder: number;
  /** The page of the product. */
  readonly url: string;
  /** Links that handle the alert; null if there is no LINK_SECRET to sign them, or nothing is left to do. */
  readonly links: Readonly<Record<LinkAction, string>> | null;
}

/**
 * An alert as a mail shows it.
 *
 * @param by the address of the recipient, in whose name the links act
 */
export function mailedAlert(
  alert: Alert,
  product: Product | undefined,
  by: string,
  { publicUrl, linkSecret, linkDays }: MonitorSettings,
  now: Date,
): MailedAlert {
  const { alertID, productID, status } = alert;
  const expires = Math.floor((now.getTime() + linkDays * DAY_MS) / 1_000);
  const link = (action: LinkAction) =>
    alertLink(publicUrl, linkSecret ?? '', { alertID, action, by, expires });
  return {
    alert,
    title: alert.name ?? `Product ${productID}`,
    sku: product?.sku ?? null,
    availableQuantity: product ? product.availableQuantity : alert.availableQuantity,
    daysOfCover: product ? product.daysOfCover : alert.daysOfCover,
    reorder: status === 'ordered' ? 0 : (product?.reorder ?? 0),
    url: `${publicUrl}/#/products/${productID}`,
    links:
      linkSecret === undefined || status === 'resolved'
        ? null
        : { acknowledge: link('acknowledge'), order: link('order'), snooze: link('snooze') },
  };
}
