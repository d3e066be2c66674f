import { useState } from 'react';
import { Link } from 'wouter';
import type { Alert } from '../../client/answers';
import { Refused } from '../api/ask';
import { useLive } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button } from '../ui/controls';
import { ago, units } from '../ui/format';
import style from './alerts-screen.module.css';
import { HandleForm } from './handle-form';
import { type Handling, useHandle } from './queries';
import { delivered, finding, handled, KIND_WORDS } from './words';

/** One alert: what is short, since when, who was told, what was done, and what can be. */
export function AlertRow({ alert, now }: { alert: Alert; now: number }) {
  const product = useLive().shop?.byID.get(alert.productID);
  const title = alert.name ?? product?.title ?? `Product ${alert.productID}`;
  const available = product?.availableQuantity ?? null;
  const isOver = alert.status === 'resolved';
  return (
    <li className={style.alert} data-kind={isOver ? undefined : alert.kind}>
      <div className={style.what}>
        <span className={`${style.kind} ${isOver ? '' : style[alert.kind]}`}>
          {KIND_WORDS[alert.kind]}
        </span>
        <Link href={`/products/${alert.productID}`} className={style.title ?? ''}>
          {title}
        </Link>
        <span className="muted small">since {ago(alert.openedAt, now)}</span>
      </div>
      <p>
        {finding(alert)}
        {!isOver && available !== null && available !== alert.availableQuantity && (
          <>
            {' '}
            · <strong>{units(available)} now</strong>
          </>
        )}
        {!isOver && product && product.reorder > 0 && <> · order {units(product.reorder)}</>}
      </p>
      <p className="muted small">
        {handled(alert)}
        {alert.note && ` · “${alert.note}”`}
      </p>
      {alert.deliveries.length > 0 && <Deliveries alert={alert} />}
      {!isOver && <Handles alert={alert} title={title} />}
    </li>
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

const DONE: Record<Handling['status'], string> = {
  open: 'Open again',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  ordered: 'Marked as ordered',
};

function Handles({ alert, title }: { alert: Alert; title: string }) {
  const announce = useAnnounce();
  const handle = useHandle();
  const [form, setForm] = useState<'ordered' | 'snoozed'>();
  const send = (handling: Handling) => {
    setForm(undefined);
    handle.mutate(
      { alert, handling },
      {
        onSuccess: () => announce(`${DONE[handling.status]}: ${title}`, 'good'),
        onError: (error) =>
          announce(
            error instanceof Refused
              ? `${error.problem.title}: ${error.problem.detail}`
              : 'The service does not answer: nothing was changed. Try again.',
            'bad',
          ),
      },
    );
  };
  if (form) return <HandleForm kind={form} onHandle={send} onClose={() => setForm(undefined)} />;
  const { status } = alert;
  return (
    <fieldset className={style.buttons}>
      <legend className="unseen">What to do about {title}</legend>
      {status === 'open' && (
        <Button disabled={handle.isPending} onClick={() => send({ status: 'acknowledged' })}>
          Acknowledge
        </Button>
      )}
      <Button disabled={handle.isPending} onClick={() => setForm('ordered')}>
        {status === 'ordered' ? 'Due on another day' : 'Ordered'}
      </Button>
      <Button disabled={handle.isPending} onClick={() => setForm('snoozed')}>
        Snooze
      </Button>
      {status !== 'open' && (
        <Button look="quiet" disabled={handle.isPending} onClick={() => send({ status: 'open' })}>
          Open again
        </Button>
      )}
    </fieldset>
  );
}
