import type { PersonAnswer } from '../../wire/access';
import { useSession } from '../page';
import { useLeave } from '../session/use-leave';
import { useMay } from '../session/use-may';
import { AskedButton } from '../ui/asked-button';
import { time } from '../ui/format';
import { useChangeAccess } from './access-lists';
import style from './people-screen.module.css';

/** The devices on which a person is signed in, and how to sign them out: one's own, or with access:write those of others. */
export function DeviceList({ person }: { person: PersonAnswer }) {
  const { personID, name, sessions } = person;
  const may = useMay();
  const { me } = useSession();
  const change = useChangeAccess();
  const isSelf = me?.personID === personID;
  const isOffered = isSelf || may('access:write');
  return (
    <>
      {sessions.length === 0 && <p className="small muted">Signed in on no device.</p>}
      <ul className={style.devices} aria-label={`Devices of ${name}`}>
        {sessions.map(({ sessionID, device, isOwn, usedAt, madeAt }) => (
          <li key={sessionID}>
            <span>
              {device}
              {isOwn && <strong className="small"> (this device)</strong>}
              <span className="small muted"> last used {time(usedAt ?? madeAt)}</span>
            </span>
            {isOffered && !isOwn && (
              <AskedButton
                verb="Sign out"
                what={`${name} on ${device}`}
                question={`${name} will be signed out on ${device}.`}
                onConfirm={() =>
                  change.mutate({
                    method: 'DELETE',
                    path: `/sessions/${sessionID}`,
                    done: `${name} is signed out on ${device}`,
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
      {isOffered && sessions.length > 0 && <SignOutEverywhere person={person} isSelf={isSelf} />}
    </>
  );
}

interface SignOutEverywhereProps {
  readonly person: PersonAnswer;
  readonly isSelf: boolean;
}

function SignOutEverywhere({ person, isSelf }: SignOutEverywhereProps) {
  const { personID, name, role } = person;
  const change = useChangeAccess();
  const { leave } = useLeave((session) => session.signOutEverywhere());
  const question = isSelf
    ? `You will be signed out on all devices, this one too. To sign in again you need a new invitation, or a passkey or an account that you added before.${role === 'owner' ? IF_LAST_OWNER : ''}`
    : `${name} will be signed out on all devices. To sign in again, ${name} needs a new invitation, or a passkey or an account that was added before.`;
  const confirm = () =>
    isSelf
      ? leave()
      : change.mutate({
          method: 'DELETE',
          path: `/people/${personID}/sessions`,
          done: `${name} is signed out on all devices`,
        });
  return (
    <div className={style.buttons}>
      <AskedButton
        verb="Sign out on all devices"
        what={name}
        question={question}
        onConfirm={confirm}
      />
    </div>
  );
}

/** How the only owner comes back. */
const IF_LAST_OWNER =
  ' If there is no other owner, ask the person who runs the service: the command node dist/main.js invite makes one.';
