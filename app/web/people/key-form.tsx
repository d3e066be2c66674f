import { type FormEvent, useState } from 'react';
import { SCOPE_NAMES, SCOPES, type Scope } from '../../ledger/access/scope';
import type { NewKeyAnswer } from '../../wire/access';
import { useMay } from '../session/use-may';
import { Button, Field } from '../ui/controls';
import { shownCalendar } from '../ui/format';
import { useUnsentForm } from '../ui/use-unsent-form';
import { useMake, whyNot } from './access-lists';
import { type BoundTo, boundFault, boundField, LocationChoice } from './location-choice';
import style from './people-screen.module.css';
import { ToldOnce } from './told-once';

/** How the form begins. */
const EMPTY: {
  readonly name: string;
  readonly chosen: readonly Scope[];
  /** A day, as the input has it. */
  readonly expires: string;
  readonly rate: string;
  readonly locations: BoundTo;
} = { name: '', chosen: [], expires: '', rate: '', locations: null };

/** Makes a key for a program, and shows it. Nobody can give what they may not do themselves, so nothing else is offered. */
export function KeyForm() {
  const may = useMay();
  const { typed, type, clear } = useUnsentForm('key', EMPTY);
  const { name, chosen, expires, rate, locations } = typed;
  const [fault, setFault] = useState<string>();
  const make = useMake<NewKeyAnswer>('/keys');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = boundFault(locations);
    setFault(wrong);
    if (make.isPending || wrong) return;
    const scopes = SCOPE_NAMES.filter((scope) => chosen.includes(scope));
    // The last day is whole, as the shop counts its days.
    const expiresAt =
      expires && new Date(shownCalendar().momentOf(`${expires}T23:59:59`)).toISOString();
    make.mutate(
      {
        name: name.trim(),
        scopes,
        ...(locations && { locations: boundField(locations) }),
        ...(expiresAt && { expiresAt }),
        ...(rate.trim() && { rateLimit: rate.trim() }),
      },
      { onSuccess: clear },
    );
  };
  const toggle = (scope: Scope) =>
    type({
      chosen: chosen.includes(scope)
        ? chosen.filter((other) => other !== scope)
        : [...chosen, scope],
    });
  if (make.data) {
    return (
      <ToldOnce
        label={`The key ${make.data.name}`}
        secret={make.data.key}
        hint="The program sends it with each request, as a bearer token."
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
        onChange={({ target }) => type({ name: target.value })}
      />
      <Field
        label="Last day (empty for no end)"
        type="date"
        value={expires}
        onChange={({ target }) => type({ expires: target.value })}
      />
      <Field
        label="Requests a minute, at most (empty for no limit)"
        inputMode="numeric"
        hint="More are refused until there is room again. It keeps a faulty program from slowing down the others."
        value={rate}
        onChange={({ target }) => type({ rate: target.value })}
      />
      <fieldset className={style.scopes}>
        <legend>What it may do</legend>
        <p className="small muted">
          Programs call each of these a scope; its name is beside it. Choose only what the program
          needs.
        </p>
        {SCOPE_NAMES.filter(may).map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={() => toggle(scope)}
            />
            <span>
              {SCOPES[scope]} <code className="small muted">{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <LocationChoice
        label="Where it may change stock"
        value={locations}
        onChange={(chosenLocations) => type({ locations: chosenLocations })}
      />
      {fault && (
        <p className={style.problem} role="alert">
          {fault}
        </p>
      )}
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
