import { z } from 'zod';

/** The ways to sign in that a service offers besides an invitation. */
export const signInAnswer = z.strictObject({
  provider: z
    .string()
    .optional()
    .meta({ description: 'The host of the OpenID provider; left out if there is none' }),
  passkeys: z.string().optional().meta({
    description:
      'The origin at which the page takes passkeys, such as https://shop.example; left out if there is none',
  }),
});

/** A sign-in with the provider that has begun. */
export const begunAnswer = z.strictObject({
  url: z.url().meta({ description: 'Where to send the browser' }),
});

export type SignInAnswer = z.infer<typeof signInAnswer>;
export type BegunAnswer = z.infer<typeof begunAnswer>;

/**
 * Why nobody was signed in when the browser came back from the provider. The list is closed: the address of the page names one,
 * and the page says it in words, so that nothing that the provider or anybody else sends is shown.
 */
export const SIGN_IN_FAILURES = [
  /** The provider does not answer, or not as a provider does. */
  'provider-down',
  /** The provider, or the person there, said no. */
  'provider-refused',
  /** What came back is forged, too old, or was used already. */
  'bad-answer',
  /** This browser has not begun, took too long, or has ended already. */
  'not-begun',
  /** Nobody has added this account. */
  'unknown-account',
  /** Another person has added it. */
  'account-taken',
  /** The person has as many accounts as one may have. */
  'too-many-accounts',
  /** The invitation is used, revoked or expired. */
  'bad-invitation',
  /** The person who wanted to add the account is not signed in any more. */
  'signed-out',
  /** Too many came back from the provider and were not signed in, from this address or in all. */
  'too-many-tries',
  /** The service failed. */
  'service-failed',
] as const;

export type SignInFailure = (typeof SIGN_IN_FAILURES)[number];
