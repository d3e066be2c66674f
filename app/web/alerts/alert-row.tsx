import { Link } from 'wouter';
import type { Alert } from '../../client/answers';
import { useLive } from '../page';
import { ago, units } from '../ui/format';
import style from './alerts-screen.module.css';
import type { FormKind } from './handle-form';
import { Handles } from './handles';
import { delivered, finding, handled, KIND_WORDS } from './words';

interface AlertProps {
  readonly alert: Alert;
  readonly now: number;
  /** The form that is open about it; undefined for none. */
  readonly form: FormKind | undefined;
  onForm(form: FormKind | undefined): void;
}

interface AlertRowProps extends Omit<AlertProps, 'alert'> {
  /** Undefined while it is loaded. */
  readonly alert: Alert | undefined;
  /** Its place in the list, from 0, of so many. */
  readonly index: number;
  readonly count: number;
  /** How far below the list's top it begins, in pixels. */
  readonly start: number;
  measure(element: HTMLElement | null): void;
}

/** One alert of a list: which product is short, and all there is to say and do about it. */
export function AlertRow({ index, count, start, measure, alert, ...props }: AlertRowProps) {
  return (
    <li
      ref={measure}
      className={style.alert}
      style={{ transform: `translateY(${start}px)` }}
      data-index={index}
      data-alert={alert?.alertID}
      data-kind={alert?.status === 'resolved' ? undefined : alert?.kind}
      aria-setsize={count}
      aria-posinset={index + 1}
      tabIndex={-1}
    >
      {alert ? <AlertParts alert={alert} {...props} /> : <p className="muted">Loading …</p>}
    </li>
  );
}

function AlertParts(props: AlertProps) {
  const { alert, now } = props;
  const title = useTitle(alert);
  return (
    <>
      <div className={style.what}>
        <AlertMark alert={alert} />
        <Link href={`/products/${alert.productID}`} className={style.title ?? ''}>
          {title}
        </Link>
        <Opened alert={alert} now={now} />
      </div>
      <AlertFacts {...props} />
    </>
  );
}

/** What kind of alert it is, loud while it is not over. */
export function AlertMark({ alert: { status, kind } }: { alert: Alert }) {
  const loudness = status === 'resolved' ? '' : style[kind];
  return <span className={`${style.kind} ${loudness}`}>{KIND_WORDS[kind]}</span>;
}

/** How long ago it was opened. */
export function Opened({ alert: { openedAt }, now }: Pick<AlertProps, 'alert' | 'now'>) {
  return (
    <time className="muted small" dateTime={openedAt}>
      opened {ago(openedAt, now)}
    </time>
  );
}

/** What was found and what there is now, what was done, who was told, and what can be done. */
export function AlertFacts({ alert, form, onForm }: AlertProps) {
  const product = useLive().shop?.byID.get(alert.productID);
  const title = useTitle(alert);
  const available = product?.availableQuantity ?? null;
  const isOver = alert.status === 'resolved';
  return (
    <>
      <p>
        {finding(alert, product?.availableQuantity !== null)}
        {!isOver && available !== null && available !== alert.availableQuantity && (
          <>
            {' '}
            · <strong>{units(available)} now</strong>
          </>
        )}
        {!isOver && alert.status !== 'ordered' && product && product.reorder > 0 && (
          <> · order {units(product.reorder)}</>
        )}
      </p>
      <p className="muted small">
        {handled(alert)}
        {alert.note && ` · “${alert.note}”`}
      </p>
      {alert.deliveries.length > 0 && <Deliveries alert={alert} />}
      {!isOver && <Handles alert={alert} title={title} form={form} onForm={onForm} />}
    </>
  );
}

function Deliveries({ alert }: { alert: Alert }) {
  const dead = alert.deliveries.filter(({ status }) => status === 'dead');
  const told = alert.deliveries.filter(({ status }) => status === 'delivered').length;
  return (
    <details className={style.deliveries} open={dead.length > 0}>
      <summary>
        {units(told)} of {units(alert.deliveries.length)} messages delivered
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

function useTitle({ name, productID }: Alert): string {
  const product = useLive().shop?.byID.get(productID);
  return name ?? product?.title ?? `Product ${productID}`;
}
