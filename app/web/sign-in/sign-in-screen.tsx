import { type FormEvent, useState } from 'react';
import { Refused } from '../../client/failure';
import { actorInWords } from '../../wire/actor';
import { fieldFaultsOf, isProblemOf } from '../../wire/problem';
import { goTo } from '../address/hash-location';
import { goInside } from '../address/inside';
import { usePage, useSession } from '../page';
import { ProviderButton } from '../session/provider-button';
import { Card } from '../ui/card';
import { Button, Field } from '../ui/controls';
import { Screen } from '../ui/screen';
import { deviceName } from './device-name';
import style from './sign-in.module.css';

/** Characters of the name of a device, as the service takes it. */
const DEVICE_MAX = 100;

/**
 * Signs in with the secret of an invitation. Only a press of the button uses it up: a program that opens the link to preview it
 * does not.
 */
export default function SignInScreen({ secret }: { secret: string }) {
  const { session } = usePage();
  const { me, handovers } = useSession();
  const [device, setDevice] = useState(() => deviceName(navigator.userAgent));
  const [fault, setFault] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setSending(true);
    setFault(undefined);
    try {
      await session.signIn(secret, device.trim() || deviceName(navigator.userAgent));
      // What the person before had open is no place for another one.
      if (session.state.handovers === handovers) goInside();
      else goTo('/', { replace: true });
    } catch (error) {
      setFault(error);
      setSending(false);
    }
  };
  return (
    <Screen title="Sign in">
      <div className={style.narrow}>
        <Card title="You are invited">
          <p>
            The link signs you in once, on this device, to the inventory at{' '}
            <span className="small">{location.host}</span>.
          </p>
          {me?.role && (
            <p className="muted">
              {actorInWords(me.actor)} is signed in on this device, and is signed out here if you
              sign in now.
            </p>
          )}
          <form className={style.form} onSubmit={submit}>
            <Field
              label="Name of this device"
              hint="So that you recognise it in the list of your devices."
              maxLength={DEVICE_MAX}
              value={device}
              onChange={({ target }) => setDevice(target.value)}
            />
            {fault !== undefined && (
              <p className={style.problem} role="alert">
                {whyNot(fault)}
              </p>
            )}
            <Button type="submit" look="main" aria-disabled={isSending}>
              {isSending ? 'Signing in …' : 'Sign in'}
            </Button>
          </form>
          <ProviderButton
            verb="Sign in with"
            path="/sign-in/provider"
            fields={{
              invitation: secret,
              device: device.trim() || deviceName(navigator.userAgent),
            }}
          />
        </Card>
      </div>
    </Screen>
  );
}

function whyNot(error: unknown): string {
  if (!(error instanceof Refused)) {
    return 'The service does not answer, so you may not be signed in yet. Try again.';
  }
  const { problem } = error;
  if (isProblemOf(problem, 'bad-invitation')) {
    return 'This invitation cannot be used: it was used already, was revoked or has expired. Ask an owner for another one.';
  }
  const [faulty] = fieldFaultsOf(problem);
  return faulty ? `${problem.title}: ${faulty.field} ${faulty.detail}.` : problem.detail;
}
