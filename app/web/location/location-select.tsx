import { useId } from 'react';
import type { LocationAnswer } from '../../wire/locations';
import controls from '../ui/controls.module.css';
import { useShopLocations } from './use-shop-locations';

interface LocationSelectProps {
  readonly label: string;
  /** Undefined while none is chosen. */
  readonly value: number | undefined;
  readonly options: readonly LocationAnswer[];
  /** What stands for no location, such as "All locations"; left out if one has to be chosen. */
  readonly none?: string;
  readonly fault?: string | undefined;
  readonly hint?: string | undefined;
  onChange(locationID: number | undefined): void;
  readonly className?: string | undefined;
}

/** A choice of a location. */
export function LocationSelect(props: LocationSelectProps) {
  const { label, value, options, none, fault, hint, onChange, className = '' } = props;
  const { nameOf } = useShopLocations();
  const id = useId();
  const said = fault ?? hint;
  const isOffered = options.some(({ locationID }) => locationID === value);
  return (
    <div className={`${controls.field} ${className}`}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={isOffered ? value : ''}
        aria-invalid={fault ? true : undefined}
        aria-describedby={said ? `${id}-said` : undefined}
        onChange={({ target }) => onChange(target.value === '' ? undefined : Number(target.value))}
      >
        {(none !== undefined || !isOffered) && (
          <option value="" disabled={none === undefined}>
            {none ?? 'Choose'}
          </option>
        )}
        {options.map(({ locationID }) => (
          <option key={locationID} value={locationID}>
            {nameOf(locationID)}
          </option>
        ))}
      </select>
      {said && (
        <p id={`${id}-said`} className={fault ? controls.fault : controls.hint}>
          {said}
        </p>
      )}
    </div>
  );
}
