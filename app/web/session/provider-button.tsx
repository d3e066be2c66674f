import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { Refused } from '../../client/failure';
import type { BegunAnswer, SignInAnswer } from '../../wire/sign-in';
import { goTo } from '../address/hash-location';
import { ask } from '../api/ask';
import { Button } from '../ui/controls';
import style from './session.module.css';

interface ProviderButtonProps {
  /** What the button does, before the host of the provider: "Sign in with". */
  readonly verb: string;
  readonly path: '/sign-in/provider' | '/sign-in/provider/account';
  /** What the service has to know before. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** A button that leaves for the OpenID provider, which sends the browser back. Nothing where the service has none. */
export function ProviderButton({ verb, path, fields = {} }: ProviderButtonProps) {
  const provider = useSignInWays()?.provider;
  const [isLeaving, setLeaving] = useState(false);
  const [fault, setFault] = useState('');
  if (provider === undefined) return null;
  const leave = async () => {
    if (isLeaving) return;
    setLeaving(true);
    setFault('');
    try {
      const { body } = await ask<BegunAnswer>(path, { method: 'POST', json: fields });
      // The secret of an invitation stays neither in the address nor in the history.
      goTo('/', { replace: true });
      location.assign(body.url);
    } catch (error) {
      setLeaving(false);
      setFault(
        error instanceof Refused
          ? error.problem.detail
          : 'The service does not answer. Try again in a moment.',
      );
    }
  };
  return (
    <div className={style.provider}>
      <Button aria-disabled={isLeaving} onClick={() => void leave()}>
        <span>
          {isLeaving ? 'Going to' : verb} <HostName host={provider} />
        </span>
      </Button>
      {fault !== '' && (
        <p className={style.problem} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

/** A host, which a narrow window breaks between its parts. */
export function HostName({ host }: { host: string }) {
  return host.split(/(?<=\.)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** The ways to sign in besides an invitation; undefined until they are known. */
export function useSignInWays(): SignInAnswer | undefined {
  const { data } = useQuery({
    queryKey: ['sign-in'],
    queryFn: async () => (await ask<SignInAnswer>('/sign-in')).body,
    // It is a setting of the service.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
