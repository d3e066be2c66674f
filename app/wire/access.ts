import { z } from 'zod';
import { ACCESS_EVENTS, ACCESS_KINDS } from '../ledger/access/access-entry';
import { ROLES, type Role, SCOPE_NAMES } from '../ledger/access/scope';
import { time } from './fields';
import { passkeyAnswer } from './passkeys';

const role = z.enum(Object.keys(ROLES) as [Role, ...Role[]]);
const scope = z.enum(SCOPE_NAMES as [string, ...string[]]);

const locations = z
  .array(z.int().min(1))
  .meta({ description: 'The locations where it may change stock; left out for all' });

/** A key of a program, without its secret. */
export const keyAnswer = z.strictObject({
  keyID: z.int().min(1),
  name: z.string(),
  scopes: z.array(scope),
  locations: locations.optional(),
  rateLimit: z.int().optional().meta({ description: 'Requests a minute' }),
  expiresAt: time.optional(),
  madeAt: time,
  usedAt: time.optional().meta({ description: 'When it was last used, to the day' }),
});

/** A key that was just made. */
export const newKeyAnswer = keyAnswer.extend({
  key: z.string().meta({ description: 'The key. It is told once, and kept nowhere' }),
});

/** A device on which a person is signed in. */
const sessionAnswer = z.strictObject({
  sessionID: z.int().min(1),
  device: z.string(),
  madeAt: time,
  usedAt: time.optional().meta({ description: 'When it was last used, to the day' }),
  expiresAt: time,
  isOwn: z.literal(true).optional().meta({ description: 'The session that asks' }),
});

/** An account at the OpenID provider with which a person signs in. */
const identityAnswer = z.strictObject({
  identityID: z.int().min(1),
  provider: z.string().meta({ description: 'The host of the provider' }),
  madeAt: time,
  usedAt: time.optional().meta({ description: 'When somebody last signed in with it' }),
});

/** A person, the devices on which they are signed in, and with what they sign in again. */
export const personAnswer = z.strictObject({
  personID: z.int().min(1),
  name: z.string(),
  role,
  locations: locations.optional(),
  madeAt: time,
  sessions: z.array(sessionAnswer),
  identities: z.array(identityAnswer),
  passkeys: z.array(passkeyAnswer),
});

/** An invitation that was just made. */
export const invitationAnswer = z.strictObject({
  personID: z.int().min(1),
  name: z.string(),
  link: z
    .string()
    .meta({ description: 'The link to sign in with, once. It is told once, and kept nowhere' }),
  expiresAt: time,
});

/** What became of a person, a key, an invitation or a session. */
export const accessEvent = z.strictObject({
  entry: z.int().min(1),
  event: z.enum(ACCESS_EVENTS),
  kind: z.enum(ACCESS_KINDS),
  subjectID: z.int().min(1).meta({ description: 'The keyID, personID or sessionID' }),
  name: z.string().optional(),
  person: z.string().optional().meta({ description: 'Whose invitation or session it is' }),
  role: role.optional().meta({ description: 'The role of a person from then on' }),
  refusedFor: z.string().optional().meta({
    description: 'Why its holder was refused: ended, expired, or the scopes that were missing',
  }),
  recordedAt: time,
  actor: z.string().optional().meta({ description: 'Who asked for it' }),
});

/** Who asks, and what they may do. */
export const meAnswer = z.strictObject({
  actor: z.string(),
  role: role.optional(),
  scopes: z.array(scope),
  locations: locations.optional(),
  personID: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'A person. GET /people/{personID} has their devices' }),
  sessionID: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'The session of a person. DELETE /sessions/{sessionID} signs out' }),
});

export type KeyAnswer = z.infer<typeof keyAnswer>;
export type NewKeyAnswer = z.infer<typeof newKeyAnswer>;
export type PersonAnswer = z.infer<typeof personAnswer>;
export type InvitationAnswer = z.infer<typeof invitationAnswer>;
export type AccessEventAnswer = z.infer<typeof accessEvent>;
export type MeAnswer = z.infer<typeof meAnswer>;
