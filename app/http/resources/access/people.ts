import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Access } from '../../../ledger/access/access';
import { type AccessEntry, isValid } from '../../../ledger/access/access-entry';
import { ROLES, type Role } from '../../../ledger/access/scope';
import type { Ledger } from '../../../ledger/ledger';
import {
  type InvitationAnswer,
  invitationAnswer,
  type PersonAnswer,
  personAnswer,
} from '../../../wire/access';
import { callerOf } from '../../access/caller';
import { newInvitation } from '../../access/invitation';
import type { BeforeJson } from '../../answers/before-json';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { oneOf } from '../../fields/field';
import { locationList } from '../../fields/location-list';
import { validated } from '../../fields/validated';
import { operation, type Resource } from '../../operation';
import { callerName, personPath } from './caller-fields';
import { changeAccess } from './change-access';
import { passkeyJson } from './passkey-json';
import { requireOwnOr, requirePerson } from './require-person';

const role = oneOf(Object.keys(ROLES) as [Role, ...Role[]]);

const invitationFields = z.strictObject({
  name: callerName('ann'),
  role: role.optional(),
  locations: locationList.optional(),
});

const roleFields = z.strictObject({ role, locations: locationList.optional() });

/** `/people` and `/invitations`: who may sign in on the page, and as what. */
export function people(
  ledger: Ledger,
  readFields: RequestHandler[],
  place: { readonly publicUrl?: string | undefined; readonly basePath?: string | undefined },
): Resource[] {
  return [
    {
      path: '/people',
      operations: {
        get: operation({
          need: { all: ['access:read'] },
          summary: 'The people who may sign in, and their devices',
          query: z.strictObject({}),
          answers: { 200: { description: 'People, by personID.', schema: z.array(personAnswer) } },
          handle: async ({ res }) => {
            const access = await ledger.access();
            const own = callerOf(res).subjectID;
            const now = new Date();
            const found = access
              .all()
              .filter(({ kind, state }) => kind === 'person' && state === 'active')
              .map((person) => personJson(access, person, own, now));
            res.set('Cache-Control', 'no-store').json(found);
          },
        }),
      },
    },
    {
      path: '/people/{personID}',
      operations: {
        get: operation({
          need: {},
          summary: 'A person, and their devices',
          description: 'Oneself needs no scope, others need access:read.',
          params: personPath,
          answers: { 200: { description: 'The person.', schema: personAnswer } },
          problems: ['unknown-person'],
          handle: async ({ params: { personID }, res }) => {
            const access = await ledger.access();
            const person = requirePerson(access, personID);
            requireOwnOr('access:read', res, personID);
            const answer = personJson(access, person, callerOf(res).subjectID, new Date());
            res.set('Cache-Control', 'no-store').json(answer);
          },
        }),
        patch: operation({
          need: { all: ['access:write'] },
          summary: 'Give a person another role, or other locations',
          description: 'Without locations these stay as they are.',
          params: personPath,
          before: readFields,
          consumes: FORMS,
          body: roleFields,
          example: { role: 'manager' },
          read: (body) => validated(roleFields, body),
          answers: { 200: { description: 'Changed.', schema: personAnswer } },
          problems: ['unknown-person', 'last-owner', ...WRITE_PROBLEMS],
          handle: async ({ params: { personID: subjectID }, body, res }) => {
            requirePerson(await ledger.access(), subjectID);
            const change = {
              kind: 'change-role',
              subjectID,
              role: body.role,
              locations: body.locations,
            } as const;
            await changeAccess(ledger, res, change);
            const access = await ledger.access();
            const person = access.get(subjectID) as AccessEntry;
            res.json(personJson(access, person, callerOf(res).subjectID, new Date()));
          },
        }),
        delete: operation({
          need: { all: ['access:write'] },
          summary: 'Remove a person',
          description: 'Ends their sessions on every device, and their invitations.',
          params: personPath,
          answers: { 204: { description: 'Revoked.' } },
          problems: ['unknown-person', 'last-owner', ...WRITE_PROBLEMS],
          handle: async ({ params: { personID: subjectID }, res }) => {
            requirePerson(await ledger.access(), subjectID);
            await changeAccess(ledger, res, { kind: 'end', subjectID });
            res.status(204).end();
          },
        }),
      },
    },
    {
      path: '/invitations',
      operations: {
        post: operation({
          need: { all: ['access:write'] },
          summary: 'Invite a person, or a person to one more device',
          description:
            'The answer has a link, with which the person signs in once, within three days. It is told this once. A person who is new needs a role. For one who has another role than the given one it is refused.',
          before: readFields,
          consumes: FORMS,
          body: invitationFields,
          example: { name: 'ann', role: 'clerk' },
          read: (body) => validated(invitationFields, body),
          answers: { 201: { description: 'Invited.', schema: invitationAnswer } },
          problems: ['unknown-person', 'name-taken', ...WRITE_PROBLEMS],
          handle: async ({ body, res }) => {
            const { command, link } = newInvitation(body, place);
            const made = await changeAccess(ledger, res, command);
            const answer: BeforeJson<InvitationAnswer> = {
              personID: made.at(-1)?.personID as number,
              name: body.name,
              link,
              expiresAt: command.expiresAt,
            };
            res.set('Cache-Control', 'no-store').status(201).json(answer);
          },
        }),
      },
    },
  ];
}

function personJson(
  access: Access,
  { subjectID, name, role: given, locations, madeAt }: AccessEntry,
  own: number | undefined,
  now: Date,
): BeforeJson<PersonAnswer> {
  const theirs = access
    .all()
    .filter((entry) => entry.personID === subjectID && isValid(entry, now));
  const sessions = theirs.filter(({ kind }) => kind === 'session');
  const identities = theirs.filter(({ kind }) => kind === 'identity');
  return {
    personID: subjectID,
    name,
    role: given as Role,
    ...(locations !== null && { locations: [...locations] }),
    madeAt,
    sessions: sessions.map((session) => ({
      sessionID: session.subjectID,
      device: session.name,
      madeAt: session.madeAt,
      ...(session.usedAt !== null && { usedAt: session.usedAt }),
      expiresAt: session.expiresAt as Date,
      ...(session.subjectID === own && { isOwn: true as const }),
    })),
    identities: identities.map((identity) => ({
      identityID: identity.subjectID,
      provider: identity.name,
      madeAt: identity.madeAt,
      ...(identity.usedAt !== null && { usedAt: identity.usedAt }),
    })),
    passkeys: theirs.filter(({ kind }) => kind === 'passkey').map(passkeyJson),
  };
}
