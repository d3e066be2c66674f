import { createHash } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server';
import type { PasskeyCredential } from '../../ledger/access/passkey';
import type { PasskeySite } from './passkey-site';

/** What a device answers when it has made a passkey: the fields of a `RegistrationResponseJSON`, by themselves. */
export interface MadePasskey {
  readonly id: string;
  readonly clientData: string;
  readonly attestation: string;
  readonly transports?: string | undefined;
}

/** What a device answers when somebody signs in: the fields of an `AuthenticationResponseJSON`, by themselves. */
export interface ShownPasskey {
  readonly id: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string;
}

/** Whether a challenge is one of ours. */
type IsChallenge = (challenge: string) => Promise<boolean>;

/** The library is loaded when the first passkey is used: it reads certificates, too, and most services start without. */
const webAuthn = () => import('@simplewebauthn/server');

/**
 * The passkey that a device has made for a challenge, on this site, after it has checked who holds it.
 *
 * @returns undefined if the answer is anything else
 */
export async function madePasskey(
  { rpID, origin }: PasskeySite,
  isChallenge: IsChallenge,
  { id, clientData, attestation, transports }: MadePasskey,
): Promise<PasskeyCredential | undefined> {
  const { verifyRegistrationResponse } = await webAuthn();
  const response: RegistrationResponseJSON = {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON: clientData, attestationObject: attestation },
  };
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: isChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(asRefused);
  if (!verified?.verified) return undefined;
  const { credential } = verified.registrationInfo;
  return {
    credentialID: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: transports?.split(' ').filter(Boolean),
  };
}

/**
 * How often a passkey was used, as its device says, if its answer to a challenge is right: on this site, signed with the
 * passkey, by somebody whom the device has checked. The counter is not compared here, but in the turn that records the sign-in.
 *
 * @returns undefined if the answer is anything else
 */
export async function shownPasskey(
  { rpID, origin }: PasskeySite,
  isChallenge: IsChallenge,
  { id, clientData, authenticatorData, signature, userHandle }: ShownPasskey,
  passkey: PasskeyCredential,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await webAuthn();
  const response: AuthenticationResponseJSON = {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON: clientData, authenticatorData, signature, userHandle },
  };
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: isChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialID,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      // So low that the library refuses none by it.
      counter: 0,
    } satisfies WebAuthnCredential,
  }).catch(asRefused);
  return verified?.verified ? verified.authenticationInfo.newCounter : undefined;
}

/** The challenge that an answer is for; undefined if it cannot be read. */
export function challengeOf(clientData: string): string | undefined {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientData, 'base64url').toString());
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}

/** What a passkey is found by: the hash of its credential ID. */
export function credentialHash(credentialID: string): string {
  return createHash('sha256').update(Buffer.from(credentialID, 'base64url')).digest('hex');
}

/** The library throws an Error with its reason in words. */
function asRefused(): undefined {
  return undefined;
}
