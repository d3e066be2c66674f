import { type FormEvent, useEffect, useRef, useState } from 'react';
import { AHEAD_DAYS_MAX } from '../../ledger/alert';
import { DUE_IN_DAYS, dueIn, SNOOZE_DAYS, snoozeEnd } from '../../wire/handling-choices';
import { useLive } from '../page';
import { Button, Choice, Field } from '../ui/controls';
import { shownCalendar } from '../ui/format';
import style from './alert.module.css';
import type { Handling } from './use-handle';

type Snooze = (typeof SNOOZE_DAYS)[number];

const SNOOZE_TEXTS: Record<Snooze, string> = { 1: 'a day', 3: '3 days', 7: 'a week' };

const SNOOZES = SNOOZE_DAYS.map((value) => ({ value, text: SNOOZE_TEXTS[value] }));

/** What a form is for. */
export type FormKind = 'ordered' | 'snoozed';

interface HandleFormProps {
  readonly kind: FormKind;
  onHandle(handling: Handling): void;
  onClose(): void;
}

/** Asks how long an alert stays quiet: until the goods are due, or for some days. */
export function HandleForm({ kind, onHandle, onClose }: HandleFormProps) {
  const { shop } = useLive();
  const today = shop?.today ?? shownCalendar().dayOf(Date.now());
  const [due, setDue] = useState(() => dueIn(DUE_IN_DAYS, today));
  const [snooze, setSnooze] = useState<Snooze>(SNOOZE_DAYS[0]);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onHandle(
      kind === 'ordered'
        ? { status: 'ordered', due }
        : { status: 'snoozed', until: snoozeEnd(Number(snooze), new Date(), shownCalendar()) },
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
          min={today}
          max={dueIn(AHEAD_DAYS_MAX, today)}
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
