import { z } from 'zod';
import { type SignInAnswer, signInAnswer } from '../../../wire/sign-in';
import { PUBLIC } from '../../access/need';
import type { PasskeySite } from '../../access/passkey-site';
import type { ProviderDoor } from '../../access/provider/provider-door';
import { operation, type Resource } from '../../operation';

/** `/sign-in`: which ways to sign in there are. */
export function signInWays(
  door: ProviderDoor | undefined,
  site: PasskeySite | undefined,
): Resource[] {
  return [
    {
      path: '/sign-in',
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'The ways to sign in besides an invitation',
          query: z.strictObject({}),
          answers: { 200: { description: 'The ways.', schema: signInAnswer } },
          handle: ({ res }) => {
            const answer: SignInAnswer = {
              ...(door && { provider: door.host }),
              ...(site && { passkeys: site.origin }),
            };
            res.set('Cache-Control', 'no-store').json(answer);
          },
        }),
      },
    },
  ];
}
