import { useShopLocations } from '../location/use-shop-locations';
import { useSession } from '../page';
import { Choice } from '../ui/controls';
import style from './people-screen.module.css';

/** The locations that somebody is bound to; null for all. */
export type BoundTo = readonly number[] | null;

interface LocationChoiceProps {
  /** Of whom: "Locations of ann". */
  readonly label: string;
  readonly value: BoundTo;
  onChange(value: BoundTo): void;
}

/**
 * Where stock may be changed: at all locations, or at some. Nothing where there is only one. Nobody can give what they may not do
 * themselves, so nothing else is offered.
 */
export function LocationChoice({ label, value, onChange }: LocationChoiceProps) {
  const { areSeveral, own, nameOf } = useShopLocations();
  const { me } = useSession();
  if (!areSeveral && value === null) return null;
  const mayGiveAll = me?.locations === undefined || value === null;
  const toggle = (locationID: number) => {
    const chosen = value ?? [];
    onChange(
      chosen.includes(locationID)
        ? chosen.filter((other) => other !== locationID)
        : [...chosen, locationID].sort((a, b) => a - b),
    );
  };
  return (
    <div className={style.where}>
      <Choice<'all' | 'some'>
        label={label}
        value={value === null ? 'all' : 'some'}
        options={[
          ...(mayGiveAll ? [{ value: 'all' as const, text: 'All locations' }] : []),
          { value: 'some', text: 'Only some' },
        ]}
        onChange={(chosen) => onChange(chosen === 'all' ? null : [])}
      />
      {value !== null && (
        <fieldset className={style.scopes}>
          <legend className="small muted">It may change stock at</legend>
          {own.map(({ locationID }) => (
            <label key={locationID}>
              <input
                type="checkbox"
                checked={value.includes(locationID)}
                onChange={() => toggle(locationID)}
              />
              <span>{nameOf(locationID)}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** The locations as the service takes them. */
export function boundField(value: BoundTo): string {
  return value === null ? 'all' : value.join(' ');
}

/** What is wrong with a choice: some locations, and none of them is chosen. */
export function boundFault(value: BoundTo): string | undefined {
  return value?.length === 0 ? 'Choose a location, or all of them.' : undefined;
}

/** Whether two choices are the same. */
export function isSameBound(one: BoundTo, other: BoundTo): boolean {
  return boundField(one) === boundField(other);
}
