import type { AccessEntry } from './access-entry';

/** What is kept of a passkey. None of it is secret: the private key never leaves the person's device. */
export interface PasskeyCredential {
  /** The credential ID, in base64url. */
  readonly credentialID: string;
  /** The public key as COSE has it (RFC 9052), in base64url. */
  readonly publicKey: string;
  /** How often its device says it was used; 0 for one that does not count, as most do not. */
  readonly counter: number;
  /** How browsers reach it, such as `internal` or `usb`. */
  readonly transports?: readonly string[] | undefined;
}

export function passkeyText(credential: PasskeyCredential): string {
  return JSON.stringify(credential);
}

/** What is kept of the passkey that an entry is about. */
export function passkeyOf({ credential }: AccessEntry): PasskeyCredential {
  return JSON.parse(credential as string) as PasskeyCredential;
}

/**
 * Whether a passkey's counter goes on: it grows with each use, or always reads 0
 * (https://www.w3.org/TR/webauthn-3/#sctn-sign-counter).
 */
export function countsOn(before: number, now: number): boolean {
  return now > before || (now === 0 && before === 0);
}
