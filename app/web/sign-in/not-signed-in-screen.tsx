import type { SignInFailure } from '../../wire/sign-in';
import { goTo } from '../address/hash-location';
import { Button } from '../ui/controls';
import { Screen } from '../ui/screen';
import { Empty } from '../ui/states';

/** What happened, and what to do about it. */
const TEXTS: Readonly<Record<SignInFailure, string>> = {
  'provider-down': 'The provider does not answer. Try again in a moment, or use an invitation.',
  'provider-refused': 'The provider did not sign you in, or you said no there.',
  'bad-answer':
    'What the provider sent is too old, was used already, or is not for this sign-in. Begin again.',
  'not-begun':
    'This browser has not begun to sign in, or it took more than ten minutes. Begin again on this page.',
  'unknown-account':
    'Nobody here has added this account. Ask an owner of this inventory for an invitation, and open its link.',
  'account-taken': 'This account belongs to somebody else here already.',
  'too-many-accounts': 'You have as many accounts as one may have. Remove one first.',
  'bad-invitation':
    'The invitation was used already, was revoked or has expired. Ask an owner for another one.',
  'signed-out': 'You are signed out, so the account was not added. Sign in first.',
  'too-many-tries':
    'Too many tries from your address or in all signed nobody in. Begin again in a minute.',
  'service-failed': 'The service failed, and its log says why. Begin again in a moment.',
};

/** Says why the way to the provider and back led to nothing. The address names one of the reasons, and nothing else of it is shown. */
export default function NotSignedInScreen({ failure }: { failure: string }) {
  const text = Object.hasOwn(TEXTS, failure)
    ? TEXTS[failure as SignInFailure]
    : TEXTS['service-failed'];
  return (
    <Screen title="Sign in">
      <Empty title="That did not work">
        <p role="alert">{text}</p>
        <Button look="main" onClick={() => goTo('/', { replace: true })}>
          Go on
        </Button>
      </Empty>
    </Screen>
  );
}
