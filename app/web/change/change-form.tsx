import type { KeyboardEvent } from 'react';
import { Button, Choice } from '../ui/controls';
import { units } from '../ui/format';
import { ChangeFields } from './change-fields';
import style from './change-form.module.css';
import { KINDS } from './change-kinds';
import { Doubt } from './doubt';
import { HeldHint } from './held-hint';
import { useOfferedKinds } from './offered';
import { Refusal } from './refusal';
import { type ChangeFormProps, useChangeForm } from './use-change-form';
import { useLate } from './use-late';

/**
 * Records a change of one product's stock, in place and by keyboard alone: a letter for its kind, a number, Enter.
 * A count is checked against the stock that the form showed when it was opened; if the stock has changed since, the
 * form says how. What was typed is there again after Escape and Back.
 */
export function ChangeForm(props: ChangeFormProps) {
  const { product, kind, onClose } = props;
  const kinds = useOfferedKinds();
  const state = useChangeForm(props);
  const { unsent, isKept, isSending, doubted, problem, typedUnits } = state;
  const isLate = useLate(isSending);
  const onKeyDown = (event: KeyboardEvent) => {
    const { target, key } = event;
    if (key === 'Enter' && state.isEcho()) return event.preventDefault();
    // A letter, too, chooses among the kinds.
    if (target instanceof HTMLInputElement && target.type === 'radio') {
      const named = kinds.find((name) => KINDS[name].letter === key.toLowerCase());
      if (!named || event.ctrlKey || event.metaKey || event.altKey) return leaveOnEscape(event);
      event.preventDefault();
      state.keystrokes.current.open(event.nativeEvent);
      return state.chooseKind(named, 'pointer');
    }
    leaveOnEscape(event);
  };
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form
      ref={state.form}
      className={style.form}
      aria-label={`Change the stock of ${product.title}`}
      onSubmit={state.submit}
      onKeyDown={onKeyDown}
      noValidate
    >
      <Choice
        label="What to record"
        value={kind}
        options={kinds.map((name) => ({ value: name, text: KINDS[name].title }))}
        onChange={state.chooseKind}
      />
      {!kind && (
        <div className={style.buttons}>
          <p className="small muted">Choose what to record: nothing is chosen yet.</p>
          <Button look="quiet" onClick={state.close}>
            Cancel
          </Button>
        </div>
      )}
      {kind && <ChangeFields state={state} product={product} kind={kind} />}
      {kind === 'count' && <HeldHint product={product} locationID={unsent.locationID} />}
      {isKept && (
        <p className="small muted" role="status">
          What you typed before is here again.{' '}
          <Button look="quiet" onClick={state.clear}>
            Clear it
          </Button>
        </p>
      )}
      {isLate && (
        <p className="small muted" role="status">
          The service does not answer yet. Your change is kept, and sent once as soon as it does.
          You can close the form.
        </p>
      )}
      {doubted && kind && (
        <Doubt
          detail={doubted.detail}
          verb={`${KINDS[kind].verb} of ${units(doubted.quantity)}`}
          onConfirm={() => void state.send({ quantity: doubted.quantity })}
          onBack={state.correct}
        />
      )}
      {problem && kind && (
        <Refusal
          problem={problem}
          kind={kind}
          quantity={typedUnits}
          locationName={
            state.locations.areSeveral ? state.locations.nameOf(unsent.locationID) : undefined
          }
          onAgain={state.again}
        />
      )}
    </form>
  );
}
