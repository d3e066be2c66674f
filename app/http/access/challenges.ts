import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { challengeKey } from '../../ledger/access/challenge-key';
import type { Ledger } from '../../ledger/ledger';

/** How long somebody has to unlock their device, find their security key, or fetch their phone. */
export const CHALLENGE_MS = 5 * 60_000;

const RANDOM_BYTES = 16;
const EXPIRY_BYTES = 8;
const SIGNED_BYTES = RANDOM_BYTES + EXPIRY_BYTES;
const KEY_BYTES = 32;

/** What a challenge is good for: to sign in, or to add a passkey to one person. */
export type ChallengeUse = 'sign-in' | `add:${number}`;

/**
 * The challenges of passkeys. No process remembers any: a challenge is random bytes and the time until which it is good, signed
 * with a key that all processes have from the access journal. That each is used once is decided where its use is recorded.
 */
export class Challenges {
  readonly #ledger: Ledger;
  readonly #now: () => number;
  #making: Promise<string> | undefined;

  constructor(ledger: Ledger, now: () => number = Date.now) {
    this.#ledger = ledger;
    this.#now = now;
  }

  /** Makes a challenge, in base64url. */
  async make(use: ChallengeUse): Promise<string> {
    const signed = Buffer.alloc(SIGNED_BYTES);
    randomBytes(RANDOM_BYTES).copy(signed);
    signed.writeBigUInt64BE(BigInt(this.#now() + CHALLENGE_MS), RANDOM_BYTES);
    return Buffer.concat([signed, sign(await this.#key(), use, signed)]).toString('base64url');
  }

  /** Whether a challenge was made here for this use, and is still good. */
  async isGood(use: ChallengeUse, challenge: string): Promise<boolean> {
    const bytes = Buffer.from(challenge, 'base64url');
    const [signed, signature] = [bytes.subarray(0, SIGNED_BYTES), bytes.subarray(SIGNED_BYTES)];
    const expected = sign(await this.#key(), use, signed);
    // Other texts of the same bytes would count as other challenges, so each has one.
    const isOurs =
      bytes.toString('base64url') === challenge &&
      signature.length === expected.length &&
      timingSafeEqual(signature, expected);
    return isOurs && Number(signed.readBigUInt64BE(RANDOM_BYTES)) > this.#now();
  }

  /** What a person is called to their devices: nothing that tells who they are. */
  async userHandle(personID: number): Promise<Uint8Array<ArrayBuffer>> {
    const handle = sign(await this.#key(), 'person', Buffer.from(String(personID)));
    return new Uint8Array(handle);
  }

  /** The key. The first process that needs it makes it, once in the life of a ledger. */
  async #key(): Promise<Buffer> {
    const known = challengeKey(this.#ledger.knownAccess);
    if (known !== undefined) return Buffer.from(known, 'base64url');
    // All who need it at a time wait for one answer: everybody may ask.
    this.#making ??= this.#readOrMakeKey().finally(() => {
      this.#making = undefined;
    });
    return Buffer.from(await this.#making, 'base64url');
  }

  async #readOrMakeKey(): Promise<string> {
    const kept = challengeKey(await this.#ledger.access());
    if (kept !== undefined) return kept;
    const command = {
      kind: 'make-challenge-key',
      key: randomBytes(KEY_BYTES).toString('base64url'),
    } as const;
    await this.#ledger.submit({ kind: 'access', command, actor: 'service' });
    // Another process may have been first.
    return challengeKey(await this.#ledger.access()) as string;
  }
}

function sign(key: Buffer, use: string, signed: Buffer): Buffer {
  return createHmac('sha256', key).update(`${use}\0`).update(signed).digest();
}
