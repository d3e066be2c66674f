import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { AccessEntry } from '../../../ledger/access/access-entry';
import { passkeyOf, passkeyText } from '../../../ledger/access/passkey';
import type { Ledger } from '../../../ledger/ledger';
import { actorInWords } from '../../../wire/actor';
import { passkeyAnswer, passkeyCreation } from '../../../wire/passkeys';
import { callerOf } from '../../access/caller';
import { CHALLENGE_MS, type Challenges } from '../../access/challenges';
import { credentialHash, madePasskey } from '../../access/passkey-answer';
import { type PasskeySite, requireSite } from '../../access/passkey-site';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { validated } from '../../fields/validated';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { subjectNumber } from './caller-fields';
import { changeAccess } from './change-access';
import { madeFields } from './passkey-fields';
import { passkeyJson } from './passkey-json';
import { requireOwnOr } from './require-person';

const passkeyPath = z.strictObject({ passkeyID: subjectNumber });

/** `/passkeys`: how people who are signed in get passkeys, and how these are removed. */
export function passkeys(
  ledger: Ledger,
  readFields: RequestHandler[],
  challenges: Challenges,
  site: PasskeySite | undefined,
): Resource[] {
  return [
    {
      path: '/passkeys/options',
      operations: {
        post: operation({
          need: {},
          summary: 'What a browser needs to make a passkey for oneself',
          description:
            'For `navigator.credentials.create`. Good for five minutes, for the person who is signed in. The passkey is one that browsers find without a name, and its device checks who holds it.',
          answers: {
            200: { description: 'Options of Web Authentication.', schema: passkeyCreation },
          },
          problems: ['no-passkeys', 'not-a-person', ...WRITE_PROBLEMS],
          handle: async ({ res }) => {
            const { rpID } = requireSite(site);
            const personID = requireSignedIn(res);
            const access = await ledger.access();
            const theirs = access
              .all()
              .filter(
                (it) => it.kind === 'passkey' && it.personID === personID && it.state === 'active',
              );
            const { generateRegistrationOptions } = await import('@simplewebauthn/server');
            const name = actorInWords(callerOf(res).actor);
            const options = await generateRegistrationOptions({
              rpName: 'Inventory',
              rpID,
              userName: name,
              userDisplayName: name,
              userID: await challenges.userHandle(personID),
              challenge: new Uint8Array(
                Buffer.from(await challenges.make(`add:${personID}`), 'base64url'),
              ),
              timeout: CHALLENGE_MS,
              excludeCredentials: theirs.map(excluded),
              authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
            });
            res.set('Cache-Control', 'no-store').json(options);
          },
        }),
      },
    },
    {
      path: '/passkeys',
      operations: {
        post: operation({
          need: {},
          summary: 'Add a passkey to oneself',
          description:
            'With what the browser answers to the options. Sign in with it from then on. If the person has another one of that name, it gets a number.',
          before: readFields,
          consumes: FORMS,
          body: madeFields,
          example: { name: 'My phone', id: 'AAAA', clientData: 'AAAA', attestation: 'AAAA' },
          read: (body) => validated(madeFields, body),
          answers: { 201: { description: 'Added.', schema: passkeyAnswer } },
          problems: ['no-passkeys', 'not-a-person', 'not-added', ...WRITE_PROBLEMS],
          handle: async ({ body, res }) => {
            const known = requireSite(site);
            const personID = requireSignedIn(res);
            const isChallenge = (it: string) => challenges.isGood(`add:${personID}`, it);
            const made = await madePasskey(known, isChallenge, body);
            if (!made) {
              throw new Problem(
                'not-added',
                `The passkey was not made for the page at ${known.origin} within five minutes, or its device did not check who holds it. Try again there.`,
              );
            }
            const credential = {
              kind: 'passkey',
              name: body.name ?? 'Passkey',
              secretHash: credentialHash(made.credentialID),
              credential: passkeyText(made),
            } as const;
            const sessionID = callerOf(res).subjectID as number;
            const [added] = await changeAccess(ledger, res, {
              kind: 'add-credential',
              sessionID,
              credential,
            });
            res
              .set('Cache-Control', 'no-store')
              .status(201)
              .json(passkeyJson(added as AccessEntry));
          },
        }),
      },
    },
    {
      path: '/passkeys/{passkeyID}',
      operations: {
        delete: operation({
          need: {},
          summary: 'Remove a passkey',
          description:
            'One’s own need no scope, those of others need access:write. Nobody signs in with it any more; devices that are signed in stay so.',
          params: passkeyPath,
          answers: { 204: { description: 'Removed.' } },
          problems: ['unknown-passkey', ...WRITE_PROBLEMS],
          handle: async ({ params: { passkeyID: subjectID }, res }) => {
            const passkey = (await ledger.access()).get(subjectID);
            const isThere = passkey?.kind === 'passkey' && passkey.state === 'active';
            if (!isThere) {
              throw new Problem('unknown-passkey', `There is no passkey ${subjectID}.`);
            }
            requireOwnOr('access:write', res, passkey.personID);
            await changeAccess(ledger, res, { kind: 'end', subjectID });
            res.status(204).end();
          },
        }),
      },
    },
  ];
}

/** The person who is signed in. @throws Problem `not-a-person` */
function requireSignedIn(res: Response): number {
  const { personID } = callerOf(res);
  if (personID !== undefined) return personID;
  throw new Problem('not-a-person', 'Passkeys are for people: sign in on the page first.');
}

function excluded(entry: AccessEntry) {
  const { credentialID, transports } = passkeyOf(entry);
  return { id: credentialID, ...(transports && { transports: [...transports] }) };
}
