import { useState } from 'react';
import type { Role } from '../../ledger/access/scope';
import type { InvitationAnswer, PersonAnswer } from '../../wire/access';
import { useShopLocations } from '../location/use-shop-locations';
import { useSession } from '../page';
import { useMay } from '../session/use-may';
import { AskedButton } from '../ui/asked-button';
import { Button, Choice } from '../ui/controls';
import { useChangeAccess, useMake, whyNot } from './access-lists';
import { DeviceList } from './device-list';
import { IdentityList } from './identity-list';
import { InvitationLink, ROLE_OPTIONS } from './invite-form';
import {
  type BoundTo,
  boundFault,
  boundField,
  isSameBound,
  LocationChoice,
} from './location-choice';
import { PasskeyList } from './passkey-list';
import style from './people-screen.module.css';

/** The people who may sign in, and the devices on which they are. */
export function PeopleList({ people }: { people: readonly PersonAnswer[] }) {
  return (
    <ul className={style.list} aria-label="People">
      {people.map((person) => (
        <li key={person.personID}>
          <Person person={person} />
        </li>
      ))}
    </ul>
  );
}

function Person({ person }: { person: PersonAnswer }) {
  const { personID, name, role, locations = null } = person;
  const { nameOf } = useShopLocations();
  const at = (bound: BoundTo) => (bound === null ? '' : ` at ${bound.map(nameOf).join(', ')}`);
  const may = useMay();
  const { me } = useSession();
  const change = useChangeAccess();
  const invite = useMake<InvitationAnswer>('/invitations');
  const isSelf = me?.personID === personID;
  const changeRole = (chosen: Role, bound: BoundTo) => {
    const isMoved = !isSameBound(bound, locations);
    change.mutate({
      method: 'PATCH',
      path: `/people/${personID}`,
      json: { role: chosen, ...(isMoved && { locations: boundField(bound) }) },
      done: `${name} is ${chosen}${at(bound)}`,
    });
  };
  return (
    <>
      <div className={style.head}>
        <strong>
          {name}
          {isSelf && <span className="muted small"> (you)</span>}
        </strong>
        {may('access:write') ? (
          <RoleChoice
            key={`${role}${at(locations)}`}
            name={name}
            role={role}
            locations={locations}
            onChange={changeRole}
          />
        ) : (
          <span>
            {role}
            {at(locations)}
          </span>
        )}
        {may('access:write') && (
          <div className={style.buttons}>
            <Button
              look="quiet"
              aria-label={`New sign-in link: ${name}`}
              onClick={() => invite.mutate({ name })}
            >
              New sign-in link
            </Button>
            <AskedButton
              verb="Remove"
              what={name}
              question={`${name} will be signed out on every device, and cannot sign in again without a new invitation from an owner.`}
              onConfirm={() =>
                change.mutate({
                  method: 'DELETE',
                  path: `/people/${personID}`,
                  done: `${name} is removed`,
                })
              }
            />
          </div>
        )}
      </div>
      {invite.error && (
        <p className={style.problem} role="alert">
          {whyNot(invite.error)}
        </p>
      )}
      {invite.data && <InvitationLink invitation={invite.data} onClose={invite.reset} />}
      <DeviceList person={person} />
      <PasskeyList person={person} />
      <IdentityList person={person} />
    </>
  );
}

interface RoleChoiceProps {
  readonly name: string;
  readonly role: Role;
  readonly locations: BoundTo;
  onChange(role: Role, locations: BoundTo): void;
}

/** A choice of the role, and of where it holds. A button changes it: arrow keys only pass through. */
function RoleChoice({ name, role, locations, onChange }: RoleChoiceProps) {
  const { nameOf } = useShopLocations();
  const [chosen, setChosen] = useState(role);
  const [bound, setBound] = useState(locations);
  const isMoved = !isSameBound(bound, locations);
  const where = bound === null ? ' at all locations' : ` at ${bound.map(nameOf).join(', ')}`;
  return (
    <div className={style.buttons}>
      <Choice<Role>
        label={`Role of ${name}`}
        value={chosen}
        options={ROLE_OPTIONS}
        onChange={setChosen}
      />
      <LocationChoice label={`Locations of ${name}`} value={bound} onChange={setBound} />
      {(chosen !== role || isMoved) && boundFault(bound) === undefined && (
        <Button onClick={() => onChange(chosen, bound)}>
          Make {name} {chosen}
          {isMoved && where}
        </Button>
      )}
    </div>
  );
}
