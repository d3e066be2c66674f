import {
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** A device that says what a test wants: right by default. */
export interface Said {
  readonly origin?: string;
  readonly rpID?: string;
  readonly type?: string;
  /** Whether it has checked who holds it. */
  readonly isVerified?: boolean;
  readonly counter?: number;
}

/** Where the services of these tests are reached, as nothing else was set. */
const SITE = { origin: 'http://localhost:5000', rpID: 'localhost' };

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const inText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/**
 * A device with one passkey, in software: it makes the bytes of Web Authentication
 * (https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data) with a key of its own, and can be told to make wrong ones.
 */
export class Authenticator {
  readonly id = inText(randomBytes(32));
  readonly #key: KeyObject;
  readonly #publicKey: Buffer;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#key = privateKey;
    // COSE: an EC2 key, ES256, P-256, x and y (RFC 9053, section 7.1.1).
    this.#publicKey = Buffer.concat([
      Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]),
      Buffer.from(x, 'base64url'),
      Buffer.from([0x22, 0x58, 32]),
      Buffer.from(y, 'base64url'),
    ]);
  }

  /** The fields of a passkey that was made. */
  make(challenge: string, said: Said = {}) {
    const id = Buffer.from(this.id, 'base64url');
    const data = Buffer.concat([
      this.#data(said, HAS_CREDENTIAL),
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      this.#publicKey,
    ]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from('fmt'),
      Buffer.from([0x64]),
      Buffer.from('none'),
      Buffer.from([0x67]),
      Buffer.from('attStmt'),
      Buffer.from([0xa0, 0x68]),
      Buffer.from('authData'),
      Buffer.from([0x58, data.length]),
      data,
    ]);
    return {
      id: this.id,
      clientData: inText(this.#client(challenge, { type: 'webauthn.create', ...said })),
      attestation: inText(attestation),
      transports: 'internal hybrid',
    };
  }

  /** The fields of signing in. */
  show({ challenge, userHandle }: { challenge: string; userHandle: string }, said: Said = {}) {
    const data = this.#data(said, 0);
    const client = this.#client(challenge, { type: 'webauthn.get', ...said });
    const signed = Buffer.concat([data, sha256(client)]);
    return {
      id: this.id,
      clientData: inText(client),
      authenticatorData: inText(data),
      signature: inText(createSign('sha256').update(signed).sign(this.#key)),
      userHandle,
    };
  }

  #data({ rpID = SITE.rpID, isVerified = true, counter = 0 }: Said, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const all = PRESENT | flags | (isVerified ? VERIFIED : 0);
    return Buffer.concat([sha256(rpID), Buffer.from([all]), count]);
  }

  #client(challenge: string, { type, origin = SITE.origin }: Said): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
}
