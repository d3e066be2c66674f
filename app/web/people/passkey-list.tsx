import type { PersonAnswer } from '../../wire/access';
import { useSession } from '../page';
import { useMay } from '../session/use-may';
import { AskedButton } from '../ui/asked-button';
import { time } from '../ui/format';
import { useChangeAccess } from './access-lists';
import style from './people-screen.module.css';

/** The passkeys with which a person signs in, and how to remove them. Nothing if there are none. */
export function PasskeyList({ person }: { person: PersonAnswer }) {
  const { personID, name, passkeys } = person;
  const may = useMay();
  const { me } = useSession();
  const change = useChangeAccess();
  const isOffered = me?.personID === personID || may('access:write');
  if (passkeys.length === 0) return null;
  return (
    <ul className={style.devices} aria-label={`Passkeys of ${name}`}>
      {passkeys.map(({ passkeyID, name: passkey, usedAt, madeAt }) => (
        <li key={passkeyID}>
          <span>
            {passkey}
            <span className="small muted">
              {' '}
              made {time(madeAt)}, {usedAt ? `last used ${time(usedAt)}` : 'not used yet'}
            </span>
          </span>
          {isOffered && (
            <AskedButton
              verb="Remove"
              what={`${passkey} of ${name}`}
              question={`${name} cannot sign in with this passkey any more. Devices that are signed in stay so.`}
              onConfirm={() =>
                change.mutate({
                  method: 'DELETE',
                  path: `/passkeys/${passkeyID}`,
                  done: `The passkey of ${name} is removed`,
                })
              }
            />
          )}
        </li>
      ))}
    </ul>
  );
}
