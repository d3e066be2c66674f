import type { ButtonHTMLAttributes, InputHTMLAttributes, ReactNode } from 'react';
import { useId } from 'react';
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
  readonly label: string;
  readonly hint?: ReactNode;
  readonly fault?: string | undefined;
  readonly ref?: React.Ref<HTMLInputElement>;
};

/** An input with its label, and what is wrong with what stands in it. */
export function Field({ label, hint, fault, className = '', ...props }: FieldProps) {
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
        <p id={described} className={fault ? style.fault : style.hint}>
          {fault ?? hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: ReactNode }[];
  onChange(value: T): void;
  readonly className?: string;
}

/** One of a few, all in sight: radio buttons, moved through by the arrow keys. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, value, options, onChange, className = '' } = props;
  const name = useId();
  return (
    <fieldset className={`${style.choice} ${className}`}>
      <legend className="unseen">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
