import { useSession } from '../page';
import { ProviderButton } from '../session/provider-button';
import { Card } from '../ui/card';
import { Screen } from '../ui/screen';
import { Fault, Loading } from '../ui/states';
import { usePerson } from './access-lists';
import { DeviceList } from './device-list';
import { IdentityList } from './identity-list';
import { PasskeyList } from './passkey-list';
import style from './people-screen.module.css';

/** What lets oneself in. It is for everybody who is signed in, whatever their role. */
export default function YouScreen() {
  const { me } = useSession();
  const person = usePerson(me?.personID);
  return (
    <Screen title="You" subtitle="Where you are signed in. Sign out what you have lost.">
      <div className={style.cards}>
        <Card title="Your devices">
          {person.data && <DeviceList person={person.data} />}
          {person.data && <PasskeyList person={person.data} />}
          {person.data && <IdentityList person={person.data} />}
          <ProviderButton verb="Add your account at" path="/sign-in/provider/account" />
          {!person.data && person.error && (
            <Fault error={person.error} retry={() => void person.refetch()} />
          )}
          {!person.data && !person.error && <Loading label="Loading your devices" lines={3} />}
        </Card>
      </div>
    </Screen>
  );
}
