import { type FormEvent, useId, useState } from 'react';
import type { LocationAnswer } from '../../wire/locations';
import { Button, Field } from '../ui/controls';
import controls from '../ui/controls.module.css';
import { useUnsentForm } from '../ui/use-unsent-form';
import style from './locations-screen.module.css';
import { useChangeLocation, whyNot } from './use-change-location';

/** Characters that the service takes. */
const NAME_MAX = 200;
const ADDRESS_MAX = 500;

interface LocationFormProps {
  /** The one to change; a new one is made without it. */
  readonly location?: LocationAnswer;
  onClose?(): void;
}

/** Makes a location, or changes its name and address. */
export function LocationForm({ location, onClose }: LocationFormProps) {
  const empty = { name: location?.name ?? '', address: location?.address ?? '', isStore: false };
  const { typed, type, clear } = useUnsentForm(`location.${location?.locationID ?? 'new'}`, empty);
  const { name, address, isStore } = typed;
  const id = useId();
  const [fault, setFault] = useState<string>();
  const change = useChangeLocation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    if (name.trim() === '') return setFault('Give it a name.');
    change.mutate(
      {
        method: 'PUT',
        locationID: location?.locationID,
        json: {
          name: name.trim(),
          ...(address.trim() && { address: address.trim() }),
          // For good, so it is said once.
          ...(!location && { sellable: !isStore }),
        },
        done: location ? `${name.trim()} is changed` : `${name.trim()} is added`,
      },
      {
        onSuccess: () => {
          clear();
          onClose?.();
        },
      },
    );
  };
  return (
    <form
      className={style.form}
      aria-label={location ? `Change ${location.name}` : 'Add a location'}
      onSubmit={submit}
      noValidate
    >
      <Field
        label="Name"
        maxLength={NAME_MAX}
        value={name}
        fault={fault}
        saysFault
        autoFocus={location !== undefined}
        onChange={({ target }) => {
          setFault(undefined);
          type({ name: target.value });
        }}
        className={style.wide}
      />
      <div className={`${controls.field} ${style.wide}`}>
        <label htmlFor={id}>Address (may be empty)</label>
        <textarea
          id={id}
          rows={2}
          maxLength={ADDRESS_MAX}
          value={address}
          onChange={({ target }) => type({ address: target.value })}
        />
      </div>
      {!location && (
        <label className={style.check}>
          <input
            type="checkbox"
            checked={isStore}
            onChange={({ target }) => type({ isStore: target.checked })}
          />
          <span>
            Nothing is sold here, as in a store room. What is there is not available. This cannot be
            changed later.
          </span>
        </label>
      )}
      {change.error && (
        <p className={style.problem} role="alert">
          {whyNot(change.error)}
        </p>
      )}
      <div className={style.buttons}>
        <Button type="submit" look="main" aria-disabled={change.isPending}>
          {location ? 'Save' : 'Add the location'}
        </Button>
        {onClose && (
          <Button
            look="quiet"
            onClick={() => {
              clear();
              onClose();
            }}
          >
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
