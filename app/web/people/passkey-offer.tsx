import { useLocation } from 'wouter';
import { usePage, useSession } from '../page';
import { PasskeyButton } from '../session/passkey-button';
import { hasPasskeys } from '../session/passkeys';
import { useSignInWays } from '../session/provider-button';
import { Button } from '../ui/controls';
import style from '../ui/notice.module.css';
import { useMakePasskey } from './use-make-passkey';

/** Offers a passkey once, to somebody who has just signed in with an invitation. Nothing where it cannot be made. */
export function PasskeyOffer() {
  const { session } = usePage();
  const { isInvited } = useSession();
  const ways = useSignInWays();
  const [location] = useLocation();
  const make = useMakePasskey();
  // The screen of oneself offers it by itself.
  const isOffered = isInvited && ways !== undefined && hasPasskeys(ways) && location !== '/you';
  return (
    <div role="status" className={isOffered ? style.notice : 'unseen'}>
      {isOffered && (
        <>
          <p>With a passkey you can sign in on this device again, without an invitation.</p>
          <PasskeyButton
            verb="Make a passkey"
            act={async () => {
              await make();
              session.endOffer();
            }}
          />
          <Button look="quiet" onClick={() => session.endOffer()}>
            Not now
          </Button>
        </>
      )}
    </div>
  );
}
