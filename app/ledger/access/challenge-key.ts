import type { Access } from './access';
import type { Decided, MakeChallengeKeyCommand } from './access-command';
import { BLANK } from './blank-entry';

/** There is one. */
const NAME = 'challenges';

/**
 * The key with which all processes sign the challenges of passkeys, so that each knows what another one asked; undefined if
 * there is none yet.
 */
export function challengeKey(access: Access | undefined): string | undefined {
  return access?.named('challenge-key', NAME)?.credential ?? undefined;
}

/** Keeps the key, unless there is one. */
export function makeChallengeKey(access: Access, { key }: MakeChallengeKeyCommand): Decided {
  if (challengeKey(access) !== undefined) return [];
  const made = { ...BLANK, name: NAME, credential: key };
  return [{ ...made, event: 'made', kind: 'challenge-key', state: 'active' }];
}
