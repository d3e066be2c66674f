import type { SignInAnswer } from '../../wire/sign-in';
import { ask } from '../api/ask';

type Creation = Parameters<typeof import('@simplewebauthn/browser').startRegistration>[0];
type Request = Parameters<typeof import('@simplewebauthn/browser').startAuthentication>[0];

/** The library is loaded when a passkey is used. */
const webAuthn = () => import('@simplewebauthn/browser');

/** Whether this page can use passkeys: the service takes them at this address, and this browser has them here. */
export function hasPasskeys({ passkeys }: SignInAnswer): boolean {
  return passkeys === location.origin && isSecureContext && 'PublicKeyCredential' in window;
}

/** Makes a passkey for the one who is signed in. The service names it. @throws Refused, Unreachable, Error if the browser or the person does not */
export async function makePasskey(): Promise<void> {
  const { startRegistration } = await webAuthn();
  const { body } = await ask<Creation['optionsJSON']>('/passkeys/options', { method: 'POST' });
  const { id, response } = await startRegistration({ optionsJSON: body });
  const { clientDataJSON, attestationObject, transports = [] } = response;
  const json = {
    id,
    clientData: clientDataJSON,
    attestation: attestationObject,
    ...(transports.length > 0 && { transports: transports.join(' ') }),
  };
  await ask('/passkeys', { method: 'POST', json });
}

/** Signs in with a passkey. @throws Refused, Unreachable, Error if the browser or the person does not */
export async function showPasskey(device: string): Promise<void> {
  const { startAuthentication } = await webAuthn();
  const path = '/sign-in/passkey';
  const { body } = await ask<Request['optionsJSON']>(`${path}/options`, { method: 'POST' });
  const { id, response } = await startAuthentication({ optionsJSON: body });
  const { clientDataJSON: clientData, authenticatorData, signature, userHandle } = response;
  const json = { device, id, clientData, authenticatorData, signature, userHandle };
  await ask(path, { method: 'POST', json });
}
