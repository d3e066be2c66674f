import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * A key of a program: `inv_`, 256 random bits, and a checksum, such as
 * `inv_4kq…`. The prefix and the checksum let secret scanners find keys that leaked, and tell them from other texts without asking
 * (https://github.blog/engineering/behind-githubs-new-authentication-token-formats/).
 */
const PREFIX = 'inv_';
const SECRET_BYTES = 32;
/** 32 bytes and 4 bytes in base64url. */
const FORM = /^inv_([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/;

/** Makes a key. It is told once: only its hash is kept. */
export function newApiKey(): string {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return `${PREFIX}${secret}${checksum(secret)}`;
}

/** Whether a text has the form of a key, and its checksum. */
export function isApiKey(text: string): boolean {
  const [, secret, given] = FORM.exec(text) ?? [];
  return secret !== undefined && checksum(secret) === given;
}

/** The hash of a key, as it is kept: SHA-256. A key has 256 random bits, so nobody can find it by trying. */
export function hashOf(key: string): string {
  return hash('sha256', key, 'hex');
}

/** Compares two hashes in a time that tells nothing of where they differ. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length === right.length && timingSafeEqual(left, right);
}

function checksum(secret: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(secret));
  return bytes.toString('base64url');
}
