import { z } from 'zod';
import { type FieldDoc, text } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { deviceName } from './session-fields';

/** 1,023 bytes, the most that a credential ID has (https://www.w3.org/TR/webauthn-3/#credential-id). */
const ID_MAX = 1_364;
/** A type, a challenge and an origin. */
const CLIENT_DATA_MAX = 2_000;
/** An attestation has a public key and no certificates, since none are asked for. */
const DATA_MAX = 8_000;
/** Ways to reach a device: there are six (https://www.w3.org/TR/webauthn-3/#enum-transport). */
const TRANSPORTS_MAX = 100;

/** What a device answers, in base64url as browsers give it. */
function bytes(maxLength: number, description: string) {
  const expected = `must be 1 to ${maxLength} characters of base64url`;
  return text(expected)
    .regex(new RegExp(`^[A-Za-z0-9_-]{1,${maxLength}}$`), expected)
    .meta({
      doc: { type: 'string', maxLength, description, examples: ['AAAA'] } satisfies FieldDoc,
    });
}

const id = bytes(ID_MAX, 'The id of the credential');
const clientData = bytes(CLIENT_DATA_MAX, 'Its response.clientDataJSON');
const name = deviceName.optional();

/** The fields of a passkey that was made. */
export const madeFields = z.strictObject({
  name,
  id,
  clientData,
  attestation: bytes(DATA_MAX, 'Its response.attestationObject'),
  transports: freeText(TRANSPORTS_MAX).optional(),
});

/** The fields of signing in with one. */
export const shownFields = z.strictObject({
  device: name,
  id,
  clientData,
  authenticatorData: bytes(DATA_MAX, 'Its response.authenticatorData'),
  signature: bytes(DATA_MAX, 'Its response.signature'),
  userHandle: bytes(ID_MAX, 'Its response.userHandle'),
});
