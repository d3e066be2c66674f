import { useState } from 'react';
import { Refused, Unreachable } from '../../client/failure';
import { Button } from '../ui/controls';
import { hasPasskeys } from './passkeys';
import { useSignInWays } from './provider-button';
import style from './session.module.css';

interface PasskeyButtonProps {
  /** What the button does: "Sign in with a passkey". */
  readonly verb: string;
  act(): Promise<void>;
}

/** A button for what is done with a passkey. Nothing where this browser or this address has none. */
export function PasskeyButton({ verb, act }: PasskeyButtonProps) {
  const ways = useSignInWays();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  if (!ways || !hasPasskeys(ways)) return null;
  const press = async () => {
    if (isBusy) return;
    setBusy(true);
    setFault('');
    try {
      await act();
    } catch (error) {
      setFault(whyNot(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={style.provider}>
      <Button aria-disabled={isBusy} onClick={() => void press()}>
        {isBusy ? 'Waiting for your device …' : verb}
      </Button>
      {fault !== '' && (
        <p className={style.problem} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function whyNot(error: unknown): string {
  if (error instanceof Refused) return error.problem.detail;
  if (error instanceof Unreachable) return 'The service does not answer. Try again in a moment.';
  if ((error as Error).name === 'InvalidStateError') return 'This device has a passkey already.';
  return 'Your device used no passkey. Try again, or use another way.';
}
