import { useState } from 'react';
import { FIRST_LOCATION } from '../../client/cells';
import type { LocationAnswer } from '../../wire/locations';
import { useMay } from '../session/use-may';
import { AskedButton } from '../ui/asked-button';
import { Button } from '../ui/controls';
import { LocationForm } from './location-form';
import style from './locations-screen.module.css';
import { useChangeLocation, whyNot } from './use-change-location';

/** A location, and what can be done with it. */
export function LocationItem({ location }: { location: LocationAnswer }) {
  const { locationID, name, address, sellable, retired } = location;
  const may = useMay();
  const [isEditing, setEditing] = useState(false);
  const change = useChangeLocation();
  if (isEditing) return <LocationForm location={location} onClose={() => setEditing(false)} />;
  return (
    <div className={style.item}>
      <div>
        <strong>{name}</strong>{' '}
        <span className="muted small">
          #{locationID}
          {!sellable && ', nothing is sold here'}
        </span>
        {address && <p className={`muted small ${style.address}`}>{address}</p>}
      </div>
      {may('catalogue:write') && (
        <div className={style.buttons}>
          {retired ? (
            <Button
              look="quiet"
              aria-label={`Use again: ${name}`}
              onClick={() =>
                change.mutate({
                  method: 'PUT',
                  locationID,
                  json: { name, ...(address && { address }) },
                  done: `${name} is in use again`,
                })
              }
            >
              Use again
            </Button>
          ) : (
            <Button look="quiet" aria-label={`Edit: ${name}`} onClick={() => setEditing(true)}>
              Edit
            </Button>
          )}
          {!retired && locationID !== FIRST_LOCATION && (
            <AskedButton
              verb="Retire"
              what={name}
              question={`Nothing can be recorded at ${name} then. Its history stays. This is refused while anything is there.`}
              onConfirm={() =>
                change.mutate({ method: 'DELETE', locationID, done: `${name} is retired` })
              }
            />
          )}
        </div>
      )}
      {change.error && (
        <p className={style.problem} role="alert">
          {whyNot(change.error)}
        </p>
      )}
    </div>
  );
}
