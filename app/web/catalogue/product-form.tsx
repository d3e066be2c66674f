import type { FormEvent, KeyboardEvent } from 'react';
import { fieldFaultsOf, isProblemOf } from '../../wire/problem';
import { useOutbox } from '../page';
import { Button, Field } from '../ui/controls';
import { Keystrokes } from '../ui/keystrokes';
import { FIELDS, type FieldName, takesCode, valuesOf } from './form-fields';
import { LostRace } from './lost-race';
import style from './product-form.module.css';
import { type ProductFormProps, useProductForm } from './use-product-form';

/**
 * Adds a product to the catalogue, or changes one. A change is checked against the product as it was read. What was
 * typed is there again after Escape and Back.
 */
export function ProductForm(props: ProductFormProps) {
  const state = useProductForm(props);
  const { form, values, faults, problem, isSending } = state;
  const { isStuck } = useOutbox();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!state.isJustAsked()) void state.save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && state.isJustRefused()) event.preventDefault();
  };
  const onFieldKey = (name: FieldName, event: KeyboardEvent<HTMLInputElement>) => {
    const keys = state.keystrokes.current.get(name) ?? new Keystrokes();
    state.keystrokes.current.set(name, keys);
    keys.add(event.nativeEvent);
    // The Enter that ends a scanned code fills in a field; it does not save what is half filled in.
    if (event.key !== 'Enter' || !keys.areScanned) return;
    event.preventDefault();
    if (!takesCode(name)) return;
    state.keystrokes.current.delete(name);
    nextInput(event.currentTarget)?.focus();
  };
  const isLostRace = isProblemOf(problem, 'stale-revision');
  const isPlaced = fieldFaultsOf(problem).length > 0 && faults.size > 0;

  return (
    <form ref={form} className={style.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      {state.isKept && (
        <p className={`${style.wide} small muted`} role="status">
          What you typed before is here again.{' '}
          <Button look="quiet" onClick={state.clear}>
            Clear it
          </Button>
        </p>
      )}
      {FIELDS.map(({ name, label, inputMode }) => (
        <Field
          key={name}
          label={label}
          inputMode={inputMode}
          required={name === 'name'}
          value={values[name]}
          fault={faults.get(name)}
          className={name === 'name' || name === 'image' ? style.wide : undefined}
          onKeyDown={(event) => onFieldKey(name, event)}
          onPaste={() => state.keystrokes.current.delete(name)}
          onChange={({ target }) => state.type(name, target.value)}
        />
      ))}
      {isLostRace && (
        <LostRace
          before={state.before}
          now={valuesOf(props.product)}
          onAgain={() => void state.saveAgain(Number(problem.revision))}
        />
      )}
      {problem && !isLostRace && !isPlaced && (
        <p className={style.problem} role="alert">
          <strong>{problem.title}.</strong> {problem.detail}
        </p>
      )}
      {isSending && isStuck && (
        <p className={`${style.wide} small muted`} role="status">
          The service does not answer yet. Your change is kept, and sent once as soon as it does.
          You can close the form.
        </p>
      )}
      <div className={style.buttons}>
        <Button type="submit" look="main" disabled={isSending}>
          {isSending ? 'Saving …' : 'Save'}
        </Button>
        <Button look="quiet" onClick={state.giveUp}>
          {isSending ? 'Close' : 'Cancel'}
        </Button>
      </div>
    </form>
  );
}

function nextInput(input: HTMLInputElement): HTMLInputElement | undefined {
  const inputs = [...(input.form?.querySelectorAll('input') ?? [])];
  return inputs[inputs.indexOf(input) + 1];
}
