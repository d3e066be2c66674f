import type { Request, RequestHandler } from 'express';
import type { z } from 'zod';
import { decideSignIn } from '../../../ledger/access/decide-sign-in';
import { passkeyOf } from '../../../ledger/access/passkey';
import type { Ledger } from '../../../ledger/ledger';
import { actorNamed } from '../../../wire/actor';
import { passkeyRequest } from '../../../wire/passkeys';
import { hashOf } from '../../access/api-key';
import { CHALLENGE_MS, type Challenges } from '../../access/challenges';
import type { Guesses } from '../../access/guesses';
import type { Holders } from '../../access/holders';
import { SESSION_IDLE_MS, SESSION_MS } from '../../access/lifetimes';
import { PUBLIC } from '../../access/need';
import { challengeOf, credentialHash, shownPasskey } from '../../access/passkey-answer';
import { type PasskeySite, requireSite } from '../../access/passkey-site';
import { newSecret } from '../../access/secret';
import type { SessionCookie } from '../../access/session-cookie';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { validated } from '../../fields/validated';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { changeAccess, refused, unknownPasskey } from './change-access';
import { shownFields } from './passkey-fields';

/**
 * `/sign-in/passkey`: signing in with a passkey. Everybody may call it. It appends nothing until somebody has signed in, except
 * once the key of all challenges.
 *
 * @param guesses counts what signs nobody in
 */
export function passkeySignIn(
  ledger: Ledger,
  readFields: RequestHandler[],
  challenges: Challenges,
  site: PasskeySite | undefined,
  cookie: SessionCookie,
  holders: Holders,
  guesses: Guesses,
): Resource[] {
  const counted = (req: Request, problem: Problem): Problem => {
    guesses.count(req);
    return problem;
  };
  return [
    {
      path: '/sign-in/passkey/options',
      operations: {
        post: operation({
          need: PUBLIC,
          summary: 'What a browser needs to sign in with a passkey',
          description:
            'For `navigator.credentials.get`. It names no passkey and no person: the browser offers those that it has.',
          answers: {
            200: { description: 'Options of Web Authentication.', schema: passkeyRequest },
          },
          problems: ['no-passkeys', ...WRITE_PROBLEMS],
          handle: async ({ res }) => {
            const { rpID } = requireSite(site);
            const answer: z.infer<typeof passkeyRequest> = {
              challenge: await challenges.make('sign-in'),
              rpId: rpID,
              timeout: CHALLENGE_MS,
              userVerification: 'required',
            };
            res.set('Cache-Control', 'no-store').json(answer);
          },
        }),
      },
    },
    {
      path: '/sign-in/passkey',
      operations: {
        post: operation({
          need: PUBLIC,
          summary: 'Sign in on this device, with a passkey',
          description:
            'With what the browser answers to the options. Each answer signs in once. The answer sets a cookie, which no script can read.',
          before: readFields,
          consumes: FORMS,
          body: shownFields,
          example: {
            device: 'The till',
            id: 'AAAA',
            clientData: 'AAAA',
            authenticatorData: 'AAAA',
            signature: 'AAAA',
            userHandle: 'AAAA',
          },
          read: (body) => validated(shownFields, body),
          answers: { 204: { description: 'Signed in.' } },
          problems: ['no-passkeys', 'not-signed-in', 'rate-limited', ...WRITE_PROBLEMS],
          handle: async ({ body, req, res }) => {
            const known = requireSite(site);
            const challenge = challengeOf(body.clientData);
            // The cheapest first, since everybody may ask.
            const isGood =
              challenge !== undefined && (await challenges.isGood('sign-in', challenge));
            if (!isGood) throw counted(req, notSignedIn(known));
            const credential = { kind: 'passkey', secretHash: credentialHash(body.id) } as const;
            const { access, holder } = await holders.findPasskey(req, credential.secretHash);
            if (!holder?.personID) throw unknownPasskey();
            const { personID } = holder;
            const handle = Buffer.from(await challenges.userHandle(personID)).toString('base64url');
            const isChallenge = async (it: string) => it === challenge;
            const counter = await shownPasskey(known, isChallenge, body, passkeyOf(holder));
            if (counter === undefined || body.userHandle !== handle) {
              throw counted(req, notSignedIn(known));
            }
            const secret = newSecret();
            const signIn = {
              kind: 'sign-in',
              credential,
              counter,
              mark: hashOf(challenge),
              name: body.device ?? 'A browser',
              secretHash: hashOf(secret),
              expiresAt: new Date(Date.now() + SESSION_IDLE_MS),
            } as const;
            // It is decided in a turn, but what is refused already does not wait for one.
            const early = decideSignIn(access, signIn, new Date());
            if ('refusal' in early) throw counted(req, refused(res, early));
            const { name = '' } = access.get(personID) ?? {};
            await changeAccess(ledger, res, signIn, actorNamed('person', name));
            cookie.set(res, secret, new Date(Date.now() + SESSION_MS));
            res.set('Cache-Control', 'no-store').status(204).end();
          },
        }),
      },
    },
  ];
}

function notSignedIn({ origin }: PasskeySite): Problem {
  return new Problem(
    'not-signed-in',
    `The passkey was not shown to the page at ${origin} within five minutes, or its device did not check who holds it. Try again there.`,
  );
}
