import { z } from 'zod';
import { time } from './fields';

/** A passkey of a person, without its key. */
export const passkeyAnswer = z.strictObject({
  passkeyID: z.int().min(1),
  name: z.string(),
  madeAt: time,
  usedAt: time.optional().meta({ description: 'When somebody last signed in with it' }),
});

const credential = z.strictObject({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(z.string()).optional(),
});

/** What a browser needs to make a passkey: `PublicKeyCredentialCreationOptionsJSON` of Web Authentication. */
export const passkeyCreation = z.looseObject({
  challenge: z.string(),
  rp: z.strictObject({ id: z.string(), name: z.string() }),
  user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.strictObject({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(credential),
});

/** What a browser needs to sign in with a passkey: `PublicKeyCredentialRequestOptionsJSON` of Web Authentication. */
export const passkeyRequest = z.looseObject({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal('required'),
});

export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;
