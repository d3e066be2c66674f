import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { AccessEntry } from '../../../ledger/access/access-entry';
import { SCOPE_NAMES, type Scope } from '../../../ledger/access/scope';
import type { Ledger } from '../../../ledger/ledger';
import { type KeyAnswer, keyAnswer, type NewKeyAnswer, newKeyAnswer } from '../../../wire/access';
import { hashOf, newApiKey } from '../../access/api-key';
import type { BeforeJson } from '../../answers/before-json';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { moment } from '../../fields/day-and-time';
import { type FieldDoc, text } from '../../fields/field';
import { locationList } from '../../fields/location-list';
import { validated } from '../../fields/validated';
import { wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { callerName, subjectNumber } from './caller-fields';
import { changeAccess } from './change-access';

const SCOPES_EXPECTED = `must be one or more of ${SCOPE_NAMES.join(', ')}, with a space between`;

/** The most requests a minute that a key may be limited to: more than one process answers. */
const RATE_MAX = 1_000_000;

/** Scopes, with spaces between them, as in OAuth 2.0 (RFC 6749, section 3.3), or as a list. */
const scopes = z
  .union([text(SCOPES_EXPECTED), z.array(z.string())], SCOPES_EXPECTED)
  .transform((given) => (typeof given === 'string' ? given.split(/[ ,]+/).filter(Boolean) : given))
  .refine((words) => words.length > 0 && words.every(isScope), SCOPES_EXPECTED)
  .transform((words) => [...new Set(words)] as Scope[])
  .meta({
    doc: {
      type: 'string',
      description: 'Scopes, with a space between',
      examples: ['stock:read stock:sell'],
    } satisfies FieldDoc,
  });

const newKey = z.strictObject({
  name: callerName('till-7'),
  scopes,
  locations: locationList.optional(),
  rateLimit: wholeNumber(1, RATE_MAX).optional(),
  expiresAt: moment
    .refine((time) => time.getTime() > Date.now(), 'must be in the future')
    .optional(),
});

const keyPath = z.strictObject({ keyID: subjectNumber });

/** `/keys`: with what programs say who they are. */
export function keys(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  return [
    {
      path: '/keys',
      operations: {
        get: operation({
          need: { all: ['access:read'] },
          summary: 'The keys of programs',
          description: 'Without those that were revoked.',
          answers: { 200: { description: 'Keys, by keyID.', schema: z.array(keyAnswer) } },
          handle: async ({ res }) => {
            const access = await ledger.access();
            const found = access
              .all()
              .filter(({ kind, state }) => kind === 'key' && state === 'active');
            res.set('Cache-Control', 'no-store').json(found.map(keyJson));
          },
        }),
        post: operation({
          need: { all: ['access:write'] },
          summary: 'Make a key for a program',
          description:
            'The answer has the key, which is told this once and kept nowhere. A key cannot make one that may do more than itself. The request takes no Idempotency-Key: if its answer was lost, revoke the key and make another one.',
          before: readFields,
          consumes: FORMS,
          body: newKey,
          example: { name: 'till-7', scopes: 'stock:read stock:sell' },
          read: (body) => validated(newKey, body),
          answers: { 201: { description: 'Made.', schema: newKeyAnswer } },
          problems: ['name-taken', ...WRITE_PROBLEMS],
          handle: async ({ body, res }) => {
            const { name, scopes, locations = null, rateLimit = null, expiresAt = null } = body;
            const key = newApiKey();
            const made = (
              await changeAccess(ledger, res, {
                kind: 'make-key',
                name,
                scopes,
                rateLimit,
                expiresAt,
                secretHash: hashOf(key),
                locations,
              })
            ).at(-1);
            const answer: BeforeJson<NewKeyAnswer> = { ...keyJson(made as AccessEntry), key };
            res.set('Cache-Control', 'no-store').status(201).json(answer);
          },
        }),
      },
    },
    {
      path: '/keys/{keyID}',
      operations: {
        delete: operation({
          need: { all: ['access:write'] },
          summary: 'Revoke a key',
          description: 'On every process within two seconds, and at once on the one that answers.',
          params: keyPath,
          answers: { 204: { description: 'Revoked.' } },
          problems: ['unknown-key', ...WRITE_PROBLEMS],
          handle: async ({ params: { keyID }, res }) => {
            const subject = (await ledger.access()).get(keyID);
            if (subject?.kind !== 'key') throw unknownKey(keyID);
            await changeAccess(ledger, res, { kind: 'end', subjectID: keyID });
            res.status(204).end();
          },
        }),
      },
    },
  ];
}

function unknownKey(keyID: number): Problem {
  return new Problem(
    'unknown-key',
    `There is no key ${keyID}, or it was revoked: GET /keys lists them.`,
  );
}

/** A key as it is listed. */
function keyJson(key: AccessEntry): BeforeJson<KeyAnswer> {
  const { subjectID, name, scopes, locations, rateLimit, expiresAt, madeAt, usedAt } = key;
  return {
    keyID: subjectID,
    name,
    scopes: [...(scopes ?? [])],
    ...(locations !== null && { locations: [...locations] }),
    ...(rateLimit !== null && { rateLimit }),
    ...(expiresAt !== null && { expiresAt }),
    madeAt,
    ...(usedAt !== null && { usedAt }),
  };
}

function isScope(word: string): boolean {
  return (SCOPE_NAMES as readonly string[]).includes(word);
}
