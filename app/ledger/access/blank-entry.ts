import type { AccessChange } from './access-command';
import type { AccessEntry } from './access-entry';

/** Fields that most entries do not have. */
export const BLANK = {
  personID: null,
  secretHash: null,
  role: null,
  scopes: null,
  locations: null,
  rateLimit: null,
  credential: null,
  expiresAt: null,
  usedAt: null,
  refusedAt: null,
  refusedFor: null,
} as const;

/** Its last entry: nobody is let in by it any more, and its name is free. */
export function ended(subject: AccessEntry): AccessChange {
  return asChange({ ...subject, event: 'ended', state: 'ended' });
}

/** The entry after the ones about a subject. */
export function asChange(subject: AccessEntry): AccessChange {
  const {
    entry: _entry,
    actor: _actor,
    recordedAt: _recordedAt,
    turnMark: _turnMark,
    ...rest
  } = subject;
  return rest;
}
