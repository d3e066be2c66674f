import { useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Alert } from '../../wire/alerts';
import { useMay } from '../session/use-may';
import { Button } from '../ui/controls';
import { useKeptFocus } from '../ui/use-kept-focus';
import style from './alert.module.css';
import { type FormKind, HandleForm } from './handle-form';
import { type Handling, useHandle } from './use-handle';

interface HandleButtonsProps {
  readonly alert: Alert;
  /** What the alert is about. */
  readonly title: string;
  /** The form that is open; undefined if there is none. */
  readonly form: FormKind | undefined;
  onForm(form: FormKind | undefined): void;
}

/** What a user can do about an alert: buttons, with a form for those that need more details. */
export function HandleButtons({ alert, title, form, onForm }: HandleButtonsProps) {
  const may = useMay();
  const handle = useHandle(title);
  const kept = useKeptFocus<HTMLFieldSetElement>('button');
  const opener = useRef<FormKind>(undefined);
  // The button is not disabled while it sends: it would lose the focus.
  const send = (handling: Handling) => {
    if (!handle.isPending) handle.mutate({ alert, handling });
  };
  const open = (kind: FormKind) => {
    opener.current = kind;
    onForm(kind);
  };
  const close = () => {
    flushSync(() => onForm(undefined));
    kept.ref.current?.querySelector<HTMLElement>(`[name="${opener.current}"]`)?.focus();
  };
  if (!may('alerts:handle')) return null;
  if (form) {
    const onHandle = (handling: Handling) => {
      close();
      send(handling);
    };
    return <HandleForm kind={form} onHandle={onHandle} onClose={close} />;
  }
  const { status } = alert;
  return (
    <fieldset {...kept} className={style.buttons}>
      <legend className="unseen">What to do about {title}</legend>
      {status === 'open' && (
        <Button onClick={() => send({ status: 'acknowledged' })}>I&apos;m on it</Button>
      )}
      {alert.transferID === undefined && (
        <Button name="ordered" onClick={() => open('ordered')}>
          {status === 'ordered' ? 'Due on another day' : 'Ordered'}
        </Button>
      )}
      <Button name="snoozed" onClick={() => open('snoozed')}>
        Snooze
      </Button>
      {status !== 'open' && (
        <Button look="quiet" onClick={() => send({ status: 'open' })}>
          Open again
        </Button>
      )}
    </fieldset>
  );
}
