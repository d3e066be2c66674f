import { hashOf } from '../api-key';
import type { Account } from './provider';

/** The text under which an identity is found: no two accounts have the same one, also if their parts have spaces or quotes. */
export function identityHash({ issuer, sub }: Account): string {
  return hashOf(JSON.stringify(['identity', issuer, sub]));
}
