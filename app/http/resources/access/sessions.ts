import type { RequestHandler } from 'express';
import { z } from 'zod';
import { isValid } from '../../../ledger/access/access-entry';
import type { Ledger } from '../../../ledger/ledger';
import { actorNamed } from '../../../wire/actor';
import { hashOf } from '../../access/api-key';
import { callerOf } from '../../access/caller';
import type { Holders } from '../../access/holders';
import { SESSION_IDLE_MS, SESSION_MS } from '../../access/lifetimes';
import { PUBLIC } from '../../access/need';
import { newSecret } from '../../access/secret';
import type { SessionCookie } from '../../access/session-cookie';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { validated } from '../../fields/validated';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { personPath, subjectNumber } from './caller-fields';
import { badInvitation, changeAccess } from './change-access';
import { requireOwnOr, requirePerson } from './require-person';
import { deviceName, invitationSecret } from './session-fields';

const signIn = z.strictObject({
  invitation: invitationSecret,
  device: deviceName.optional(),
});

const sessionPath = z.strictObject({ sessionID: subjectNumber });

/** `/sessions`: signing in on a device, and signing out. */
export function sessions(
  ledger: Ledger,
  readFields: RequestHandler[],
  cookie: SessionCookie,
  holders: Holders,
): Resource[] {
  return [
    {
      path: '/sessions',
      operations: {
        post: operation({
          need: PUBLIC,
          summary: 'Sign in on this device, with an invitation',
          description:
            'The invitation is used up. The answer sets a cookie, which no script can read.',
          before: readFields,
          consumes: FORMS,
          body: signIn,
          example: { invitation: 'k1', device: 'The till' },
          read: (body) => validated(signIn, body),
          answers: { 204: { description: 'Signed in.' } },
          problems: ['bad-invitation', 'rate-limited', ...WRITE_PROBLEMS],
          handle: async ({ body, req, res }) => {
            const secret = newSecret();
            const expiresAt = new Date(Date.now() + SESSION_IDLE_MS);
            const invitationHash = hashOf(body.invitation);
            const { access, holder } = await holders.find(req, invitationHash);
            // It is decided in a turn, but guesses and used links do not wait for one.
            if (holder?.kind !== 'invitation' || !isValid(holder, new Date()))
              throw badInvitation();
            const person = holder.personID === null ? undefined : access.get(holder.personID);
            const accept = {
              kind: 'accept',
              invitationHash,
              name: body.device ?? 'A browser',
              secretHash: hashOf(secret),
              expiresAt,
            } as const;
            await changeAccess(ledger, res, accept, person && actorNamed('person', person.name));
            // A new secret even for a browser that sent one: nobody can choose it for others. The cookie lives as long as a session
            // can; the service ends one that is not used.
            cookie.set(res, secret, new Date(Date.now() + SESSION_MS));
            res.set('Cache-Control', 'no-store').status(204).end();
          },
        }),
      },
    },
    {
      path: '/sessions/{sessionID}',
      operations: {
        delete: operation({
          need: {},
          summary: 'Sign out on a device',
          description: 'One’s own devices need no scope, others need access:write.',
          params: sessionPath,
          answers: { 204: { description: 'Signed out.' } },
          problems: ['unknown-session', ...WRITE_PROBLEMS],
          handle: async ({ params: { sessionID: subjectID }, res }) => {
            const access = await ledger.access();
            const session = access.get(subjectID);
            if (session?.kind !== 'session' || session.state === 'ended') {
              throw new Problem('unknown-session', `There is no session ${subjectID}.`);
            }
            requireOwnOr('access:write', res, session.personID);
            await changeAccess(ledger, res, { kind: 'end', subjectID });
            if (subjectID === callerOf(res).subjectID) cookie.clear(res);
            res.status(204).end();
          },
        }),
      },
    },
    {
      path: '/people/{personID}/sessions',
      operations: {
        delete: operation({
          need: {},
          summary: 'Sign a person out on every device',
          description:
            'Also on the device that asks. One’s own devices need no scope, those of others need access:write. Invitations that are not used yet stay valid.',
          params: personPath,
          answers: { 204: { description: 'Signed out on every device.' } },
          problems: ['unknown-person', ...WRITE_PROBLEMS],
          handle: async ({ params: { personID }, res }) => {
            requirePerson(await ledger.access(), personID);
            requireOwnOr('access:write', res, personID);
            await changeAccess(ledger, res, { kind: 'sign-out', personID });
            if (callerOf(res).personID === personID) cookie.clear(res);
            res.status(204).end();
          },
        }),
      },
    },
  ];
}
