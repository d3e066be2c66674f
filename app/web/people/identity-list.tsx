import type { PersonAnswer } from '../../wire/access';
import { useSession } from '../page';
import { HostName } from '../session/provider-button';
import { useMay } from '../session/use-may';
import { AskedButton } from '../ui/asked-button';
import { time } from '../ui/format';
import { useChangeAccess } from './access-lists';
import style from './people-screen.module.css';

/** The accounts at the OpenID provider with which a person signs in, and how to remove them. Nothing if there are none. */
export function IdentityList({ person }: { person: PersonAnswer }) {
  const { personID, name, identities } = person;
  const may = useMay();
  const { me } = useSession();
  const change = useChangeAccess();
  const isOffered = me?.personID === personID || may('access:write');
  if (identities.length === 0) return null;
  return (
    <ul className={style.devices} aria-label={`Accounts of ${name}`}>
      {identities.map(({ identityID, provider, usedAt, madeAt }) => (
        <li key={identityID}>
          <span>
            Account at <HostName host={provider} />
            <span className="small muted"> last used {time(usedAt ?? madeAt)}</span>
          </span>
          {isOffered && (
            <AskedButton
              verb="Remove"
              what={`account of ${name} at ${provider}`}
              question={`${name} cannot sign in with this account any more. Devices that are signed in stay so.`}
              onConfirm={() =>
                change.mutate({
                  method: 'DELETE',
                  path: `/identities/${identityID}`,
                  done: `The account of ${name} is removed`,
                })
              }
            />
          )}
        </li>
      ))}
    </ul>
  );
}
