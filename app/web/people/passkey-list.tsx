import { useQueryClient } from '@tanstack/react-query';
import type { PersonAnswer } from '../../wire/access';
import { useSession } from '../page';
import { PasskeyButton } from '../session/passkey-button';
import { makePasskey } from '../session/passkeys';
import { useMay } from '../session/use-may';
import { useAnnounce } from '../ui/announce';
import { AskedButton } from '../ui/asked-button';
import { time } from '../ui/format';
import { ACCESS, useChangeAccess } from './access-lists';
import style from './people-screen.module.css';

/** The passkeys of a person, how to remove them, and for oneself how to make one. */
export function PasskeyList({ person }: { person: PersonAnswer }) {
  const { personID, name, passkeys } = person;
  const may = useMay();
  const { me } = useSession();
  const change = useChangeAccess();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const isSelf = me?.personID === personID;
  const make = async () => {
    await makePasskey(`Passkey ${passkeys.length + 1}`);
    announce('You can sign in with the passkey from now on', 'good');
    await queries.invalidateQueries({ queryKey: ACCESS });
  };
  return (
    <>
      {passkeys.length > 0 && (
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
              {(isSelf || may('access:write')) && (
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
      )}
      {isSelf && <PasskeyButton verb="Make a passkey" act={make} />}
    </>
  );
}
