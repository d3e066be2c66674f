import { Link } from 'wouter';
import type { Alert } from '../../wire/alerts';
import alertStyle from '../alert/alert.module.css';
import {
  AlertFacts,
  type AlertFactsProps,
  AlertMark,
  Opened,
  useTitle,
} from '../alert/alert-facts';
import style from './alerts-screen.module.css';

interface AlertProps extends AlertFactsProps {
  readonly now: number;
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
  const { now, ...facts } = props;
  const { alert } = facts;
  const title = useTitle(alert);
  return (
    <>
      <div className={alertStyle.what}>
        <AlertMark alert={alert} />
        <Link
          href={alert.transferID === undefined ? `/products/${alert.productID}` : '/transfers'}
          className={style.title ?? ''}
        >
          {title}
        </Link>
        <Opened alert={alert} now={now} />
      </div>
      <AlertFacts {...facts} />
    </>
  );
}
