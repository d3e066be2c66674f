import { type FormEvent, useState } from 'react';
import { SCOPE_NAMES, SCOPES, type Scope } from '../../ledger/access/scope';
import type { NewKeyAnswer } from '../../wire/access';
import { useMay } from '../session/use-may';
import { Button, Field } from '../ui/controls';
import { useMake, whyNot } from './access-lists';
import style from './people-screen.module.css';
import { ToldOnce } from './told-once';

/** Makes a key for a program, and shows it. Nobody can give what they may not do themselves, so nothing else is offered. */
export function KeyForm() {
  const may = useMay();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<Scope>>(new Set());
  const [expires, setExpires] = useState('');
  const make = useMake<NewKeyAnswer>('/keys');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    const scopes = SCOPE_NAMES.filter((scope) => chosen.has(scope));
    // The last day is whole, as this device counts its days.
    const expiresAt = expires && new Date(`${expires}T23:59:59`).toISOString();
    make.mutate(
      { name: name.trim(), scopes, ...(expiresAt && { expiresAt }) },
      {
        onSuccess: () => {
          setName('');
          setChosen(new Set());
          setExpires('');
        },
      },
    );
  };
  const toggle = (scope: Scope) => {
    const next = new Set(chosen);
    if (!next.delete(scope)) next.add(scope);
    setChosen(next);
  };
  if (make.data) {
    return (
      <ToldOnce
        label={`The key ${make.data.name}`}
        secret={make.data.key}
        hint="The program sends it as Authorization: Bearer."
        onClose={make.reset}
      />
    );
  }
  return (
    <form className={style.form} aria-label="Make a key" onSubmit={submit} noValidate>
      <Field
        label="Name of the program"
        hint="Lower-case letters and digits, such as till-7."
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Field
        label="Last day (empty for no end)"
        type="date"
        value={expires}
        onChange={({ target }) => setExpires(target.value)}
      />
      <fieldset className={style.scopes}>
        <legend className="small muted">What it may do</legend>
        {SCOPE_NAMES.filter(may).map((scope) => (
          <label key={scope}>
            <input type="checkbox" checked={chosen.has(scope)} onChange={() => toggle(scope)} />
            <span>
              {SCOPES[scope]} <code className="small muted">{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      {make.error && (
        <p className={style.problem} role="alert">
          {whyNot(make.error)}
        </p>
      )}
      <Button type="submit" look="main" aria-disabled={make.isPending}>
        Make a key
      </Button>
    </form>
  );
}
