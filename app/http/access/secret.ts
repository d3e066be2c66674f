import { randomBytes } from 'node:crypto';

/** A secret that nobody can guess: 256 random bits, for the cookie of a session and the link of an invitation. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
