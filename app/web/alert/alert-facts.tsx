import { alertTitle } from '../../wire/alert-title';
import type { Alert } from '../../wire/alerts';
import { useLive } from '../page';
import { ago, units } from '../ui/format';
import style from './alert.module.css';
import { delivered, finding, handled, KIND_WORDS } from './alert-words';
import { HandleButtons } from './handle-buttons';
import type { FormKind } from './handle-form';

export interface AlertFactsProps {
  readonly alert: Alert;
  /** The form that is open for it; undefined if there is none. */
  readonly form: FormKind | undefined;
  onForm(form: FormKind | undefined): void;
}

/** What kind of alert it is, loud while it is not over. */
export function AlertMark({ alert: { status, kind } }: { alert: Alert }) {
  const loudness = status === 'resolved' ? '' : style[kind];
  return <span className={`${style.kind} ${loudness}`}>{KIND_WORDS[kind]}</span>;
}

/** How long ago it was opened. */
export function Opened({ alert: { openedAt }, now }: { alert: Alert; now: number }) {
  return (
    <time className="muted small" dateTime={openedAt}>
      opened {ago(openedAt, now)}
    </time>
  );
}

/** What was found and what there is now, what was done, who was told, and what can be done. */
export function AlertFacts({ alert, form, onForm }: AlertFactsProps) {
  const title = useTitle(alert);
  const now = useStockNow(alert);
  const available = now?.availableQuantity ?? null;
  const isOver = alert.status === 'resolved';
  return (
    <>
      <p>
        {finding(alert, now?.availableQuantity !== null)}
        {!isOver && available !== null && available !== alert.availableQuantity && (
          <>
            {' '}
            · <strong>{units(available)} now</strong>
          </>
        )}
        {!isOver && alert.status !== 'ordered' && now && now.reorder > 0 && (
          <> · order {units(now.reorder)}</>
        )}
      </p>
      <p className="muted small">
        {handled(alert)}
        {alert.note && ` · “${alert.note}”`}
      </p>
      {alert.deliveries.length > 0 && <Deliveries alert={alert} />}
      {!isOver && <HandleButtons alert={alert} title={title} form={form} onForm={onForm} />}
    </>
  );
}

function Deliveries({ alert }: { alert: Alert }) {
  const dead = alert.deliveries.filter(({ status }) => status === 'dead');
  const arrived = alert.deliveries.filter(({ status }) => status === 'delivered').length;
  return (
    <details className={style.deliveries} open={dead.length > 0}>
      <summary>
        {units(arrived)} of {units(alert.deliveries.length)} messages delivered
        {dead.length > 0 && (
          <strong className={style.dead}> · {units(dead.length)} given up</strong>
        )}
      </summary>
      <ul>
        {alert.deliveries.map((delivery) => (
          <li key={delivery.delivery}>
            {delivered(delivery)}
            {delivery.error && <span className={style.dead}> ({delivery.error})</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What there is now of a product, or of a product at a location; undefined if that is not known, and for a transfer. */
function useStockNow({ productID, locationID }: Alert) {
  const product = useLive().shop?.byID.get(productID ?? 0);
  if (!product || locationID === undefined) return product;
  const point = product.reorderPoints?.find((one) => one.locationID === locationID);
  return point && { availableQuantity: point.availableQuantity, reorder: 0 };
}

/** What an alert is about, in words. */
export function useTitle(alert: Alert): string {
  const product = useLive().shop?.byID.get(alert.productID ?? 0);
  return alertTitle({ ...alert, name: alert.name ?? product?.title ?? null });
}
