import { type FormEvent, useEffect, useRef, useState } from 'react';
import { AHEAD_DAYS_MAX } from '../../ledger/alert';
import { DAY_MS, dayOf } from '../../ledger/day';
import { Button, Choice, Field } from '../ui/controls';
import style from './alert.module.css';
import type { Handling } from './use-handle';

/** When goods are due unless somebody says otherwise. */
const DUE_IN_DAYS = 7;

type Snooze = '1' | '3' | '7';

const SNOOZES: readonly { readonly value: Snooze; readonly text: string }[] = [
  { value: '1', text: 'a day' },
  { value: '3', text: '3 days' },
  { value: '7', text: 'a week' },
];

/** What a form is for. */
export type FormKind = 'ordered' | 'snoozed';

interface HandleFormProps {
  readonly kind: FormKind;
  onHandle(handling: Handling): void;
  onClose(): void;
}

/** Asks how long an alert stays quiet: until the goods are due, or for some days. */
export function HandleForm({ kind, onHandle, onClose }: HandleFormProps) {
  const [due, setDue] = useState(() => dayIn(DUE_IN_DAYS));
  const [snooze, setSnooze] = useState<Snooze>('1');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onHandle(
      kind === 'ordered'
        ? { status: 'ordered', due }
        : {
            status: 'snoozed',
            until: new Date(Date.now() + Number(snooze) * DAY_MS).toISOString(),
          },
    );
  };
  return (
    <form
      ref={form}
      className={style.form}
      onSubmit={submit}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      {kind === 'ordered' ? (
        <Field
          label="Goods are due on"
          type="date"
          required
          min={dayIn(0)}
          max={dayIn(AHEAD_DAYS_MAX)}
          value={due}
          onChange={({ target }) => setDue(target.value)}
        />
      ) : (
        <Choice<Snooze> label="Quiet for" value={snooze} options={SNOOZES} onChange={setSnooze} />
      )}
      <Button type="submit" look="main">
        {kind === 'ordered' ? 'Mark as ordered' : 'Snooze'}
      </Button>
      <Button look="quiet" onClick={onClose}>
        Cancel
      </Button>
    </form>
  );
}

function dayIn(days: number): string {
  return dayOf(Date.now() + days * DAY_MS);
}
