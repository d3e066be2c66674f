import type { Product } from '../../client/shop';
import { DAY_MS } from '../../ledger/day';
import { isLow, toOrder } from '../../ledger/outlook';
import { alertLink, type LinkAction } from '../../wire/alert-link';
import { alertTitle } from '../../wire/alert-title';
import type { Alert } from '../../wire/alerts';
import type { OverviewReorderPoint } from '../../wire/overview';
import type { MonitorSettings } from '../settings';
import { type KnownTransfer, transferFacts } from './mailed-transfer';

/** Nothing is to be ordered for a transfer that is overdue. */
type MailLinks = Readonly<Record<Exclude<LinkAction, 'order'>, string>> & {
  readonly order?: string;
};

/** An alert in a mail, with its product at the time the mail is written. */
export interface MailedAlert {
  readonly alert: Pick<Alert, 'kind' | 'status' | 'threshold' | 'locationID'>;
  /** What it is about: a product's name or number, with the location if there is one, or a transfer's number. */
  readonly title: string;
  readonly sku: string | null;
  /** Units available, or free at the location; null if it was never counted, and for a transfer. */
  readonly availableQuantity: number | null;
  readonly daysOfCover: number | null;
  /** How many to order now, or to bring to the location; 0 if it is ordered already. */
  readonly reorder: number;
  /** The facts about a transfer, each with its label; absent for a product, and if nothing is known of the transfer. */
  readonly transfer?: [name: string, value: string][];
  /** The page of the product, or of transfers. */
  readonly url: string;
  /** Links that handle the alert; null if there is no LINK_SECRET to sign them, or nothing is left to do. */
  readonly links: MailLinks | null;
}

/** What is known of the product or the transfer of an alert. */
interface Known {
  readonly product: Product | undefined;
  readonly transfer: KnownTransfer | undefined;
}

/**
 * An alert as a mail shows it.
 *
 * @param by the address of the recipient, in whose name the links act
 */
export function mailedAlert(
  alert: Alert,
  { product, transfer }: Known,
  by: string,
  { publicUrl, linkSecret, linkDays }: MonitorSettings,
  now: Date,
): MailedAlert {
  const { alertID, productID, transferID, status } = alert;
  const stock = stockOf(alert, product);
  const expires = Math.floor((now.getTime() + linkDays * DAY_MS) / 1_000);
  const link = (action: LinkAction) =>
    alertLink(publicUrl, linkSecret ?? '', { alertID, action, by, expires });
  return {
    alert,
    title: alertTitle(alert),
    sku: product?.sku ?? null,
    ...stock,
    ...(transfer && { transfer: transferFacts(transfer) }),
    reorder: status === 'ordered' ? 0 : stock.reorder,
    url:
      transferID === undefined
        ? `${publicUrl}/#/products/${productID}`
        : `${publicUrl}/#/transfers`,
    links:
      linkSecret === undefined || status === 'resolved'
        ? null
        : {
            acknowledge: link('acknowledge'),
            ...(transferID === undefined && { order: link('order') }),
            snooze: link('snooze'),
          },
  };
}

/** What there is now of what an alert is about, as far as it is known, or else what there was. */
function stockOf(
  { locationID, availableQuantity, daysOfCover }: Alert,
  product: Product | undefined,
): Pick<MailedAlert, 'availableQuantity' | 'daysOfCover' | 'reorder'> {
  if (!product) return { availableQuantity, daysOfCover, reorder: 0 };
  if (locationID === undefined) {
    return {
      availableQuantity: product.availableQuantity,
      daysOfCover: product.daysOfCover,
      reorder: product.reorder,
    };
  }
  const point = product.reorderPoints?.find((one) => one.locationID === locationID);
  if (!point) return { availableQuantity, daysOfCover, reorder: 0 };
  return { availableQuantity: point.availableQuantity, daysOfCover: null, reorder: toBring(point) };
}

/** How many to bring to a location, to get above its reorder point. */
function toBring(point: OverviewReorderPoint): number {
  const { availableQuantity, reorderPoint, reorderQuantity } = point;
  if (!isLow(point)) return 0;
  return toOrder((reorderPoint ?? 0) - (availableQuantity ?? 0), reorderQuantity);
}
