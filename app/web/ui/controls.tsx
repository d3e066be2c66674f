import type { ButtonHTMLAttributes, InputHTMLAttributes, ReactNode } from 'react';
import { useId, useRef } from 'react';
import style from './controls.module.css';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly ref?: React.Ref<HTMLButtonElement>;
  readonly look?: 'plain' | 'main' | 'quiet' | 'danger';
};

export function Button({ look = 'plain', className = '', ...props }: ButtonProps) {
  return (
    <button type="button" {...props} className={`${style.button} ${style[look]} ${className}`} />
  );
}

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly fault?: string | undefined;
  /** Whether a screen reader says a fault at once, because the focus is in the input already and stays there. */
  readonly saysFault?: boolean;
  readonly ref?: React.Ref<HTMLInputElement>;
};

/** An input with its label, and what is wrong with its value. */
export function Field(properties: FieldProps) {
  const { label, hint, fault, saysFault = false, className = '', ...props } = properties;
  const id = useId();
  const described = `${id}-said`;
  return (
    <div className={`${style.field} ${className}`}>
      <label htmlFor={id}>{label}</label>
      <input
        autoComplete="off"
        {...props}
        id={id}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault || hint ? described : undefined}
      />
      {(fault || hint) && (
        <p
          key={fault}
          id={described}
          className={fault ? style.fault : style.hint}
          role={fault && saysFault ? 'alert' : undefined}
        >
          {fault ?? hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  /** Undefined if nothing is chosen yet. */
  readonly value: T | undefined;
  readonly options: readonly { readonly value: T; readonly text: ReactNode }[];
  /** @param by a pointer means a choice; arrow keys may only pass through */
  onChange(value: T, by: 'pointer' | 'keys'): void;
  readonly className?: string;
}

/** A choice of a few, all visible: radio buttons, which the arrow keys move through. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, value, options, onChange, className = '' } = props;
  const name = useId();
  const by = useRef<'pointer' | 'keys'>('keys');
  return (
    <fieldset
      className={`${style.choice} ${className}`}
      onPointerDown={() => {
        by.current = 'pointer';
      }}
      onKeyDown={() => {
        by.current = 'keys';
      }}
    >
      <legend className="unseen">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value, by.current)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
