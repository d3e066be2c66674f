import { useSession } from '../page';
import { PasskeyButton } from '../session/passkey-button';
import { hasPasskeys } from '../session/passkeys';
import { ProviderButton, useSignInWays } from '../session/provider-button';
import { Card } from '../ui/card';
import { Screen } from '../ui/screen';
import { Fault, Loading } from '../ui/states';
import { usePerson } from './access-lists';
import { DeviceList } from './device-list';
import { IdentityList } from './identity-list';
import { PasskeyList } from './passkey-list';
import style from './people-screen.module.css';
import { useMakePasskey } from './use-make-passkey';

/** Devices, passkeys and accounts with which one is signed in or can sign in. Each role has this screen. */
export default function YouScreen() {
  const { me } = useSession();
  const { data: person, error, refetch } = usePerson(me?.personID);
  const ways = useSignInWays();
  const makePasskey = useMakePasskey();
  const canAdd = ways !== undefined && (ways.provider !== undefined || hasPasskeys(ways));
  const hasAdded = person && person.passkeys.length + person.identities.length > 0;
  return (
    <Screen title="You" subtitle="Where you are signed in. Sign out a device that you have lost.">
      <div className={style.cards}>
        <Card title="Your devices">
          {person && <DeviceList person={person} />}
          {!person && error && <Fault error={error} retry={() => void refetch()} />}
          {!person && !error && <Loading label="Loading your devices" lines={3} />}
        </Card>
        {person && (canAdd || hasAdded) && (
          <Card title="Other ways to sign in">
            <div className={style.form}>
              <p className="small muted">
                With one of these you can sign in on any device, without a new invitation.
              </p>
              <PasskeyList person={person} />
              <IdentityList person={person} />
              <PasskeyButton verb="Make a passkey" act={makePasskey} />
              <ProviderButton verb="Add your account at" path="/sign-in/provider/account" />
            </div>
          </Card>
        )}
      </div>
    </Screen>
  );
}
