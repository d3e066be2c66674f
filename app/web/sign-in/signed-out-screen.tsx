import { useOutbox, usePage } from '../page';
import { PasskeyButton } from '../session/passkey-button';
import { ProviderButton } from '../session/provider-button';
import { Button } from '../ui/controls';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Empty } from '../ui/states';
import { deviceName } from './device-name';

/** Shown instead of every screen while nobody is signed in: what to do. It goes by itself once somebody signs in. */
export default function SignedOutScreen() {
  const { session } = usePage();
  const { waiting } = useOutbox();
  return (
    <Screen title="Sign in">
      <Empty title="Nobody is signed in on this device">
        <p>
          Open the link of an invitation in this browser. If you have none, or it was used already,
          ask an owner of this inventory for one.
        </p>
        {waiting.length > 0 && (
          <p>
            {waiting.length === 1
              ? 'One change waits to be sent. It is kept in this browser, and sent when the person who made it signs in.'
              : `${units(waiting.length)} changes wait to be sent. They are kept in this browser, and each is sent when the person who made it signs in.`}
          </p>
        )}
        <PasskeyButton
          verb="Sign in with a passkey"
          act={() => session.signInWithPasskey(deviceName(navigator.userAgent))}
        />
        <ProviderButton
          verb="Sign in with"
          path="/sign-in/provider"
          fields={{ device: deviceName(navigator.userAgent) }}
        />
        <Button onClick={() => void session.load()}>Look again</Button>
      </Empty>
    </Screen>
  );
}
