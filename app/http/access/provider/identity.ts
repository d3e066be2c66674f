import { hashOf } from '../api-key';
import type { Account } from './provider';

/** Under what an identity is found: one text for each account of each provider, whatever characters its parts have. */
export function identityHash({ issuer, sub }: Account): string {
  return hashOf(JSON.stringify(['identity', issuer, sub]));
}
