import type { LocationAnswer } from '../../wire/locations';
import { useLive } from '../page';
import { useMay } from '../session/use-may';
import { Card } from '../ui/card';
import items from '../ui/item-list.module.css';
import { Screen } from '../ui/screen';
import { Fault, Loading } from '../ui/states';
import { useKeptFocus } from '../ui/use-kept-focus';
import { LocationForm } from './location-form';
import { LocationItem } from './location-item';

/** The places where stock is. They are added, renamed and retired here. */
export default function LocationsScreen() {
  const { shop, connection, fault } = useLive();
  const may = useMay();
  const locations = shop?.locations;
  return (
    <Screen title="Locations" subtitle="The places where stock is: a shop, a van, a store room.">
      {!locations && connection === 'lost' && <Fault error={fault} />}
      {!locations && connection !== 'lost' && <Loading label="Loading the locations" lines={4} />}
      {locations && (
        <div className={items.cards}>
          <Card title="In use">
            <LocationList locations={locations.filter(({ retired }) => !retired)} />
          </Card>
          {may('catalogue:write') && (
            <Card title="New location">
              <LocationForm />
            </Card>
          )}
          {locations.some(({ retired }) => retired) && (
            <Card title="Retired">
              <LocationList locations={locations.filter(({ retired }) => retired)} />
            </Card>
          )}
        </div>
      )}
    </Screen>
  );
}

function LocationList({ locations }: { locations: readonly LocationAnswer[] }) {
  // One that is retired goes to the other list.
  const kept = useKeptFocus<HTMLUListElement>('button');
  return (
    <ul {...kept} className={items.list}>
      {locations.map((location) => (
        <li key={location.locationID}>
          <LocationItem location={location} />
        </li>
      ))}
    </ul>
  );
}
