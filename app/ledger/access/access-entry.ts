import type { Role, Scope } from './scope';

/** What may be let in, or lets somebody in. */
export const ACCESS_KINDS = [
  'person',
  'key',
  'invitation',
  'session',
  'passkey',
  'identity',
  'challenge-key',
] as const;

export type AccessKind = (typeof ACCESS_KINDS)[number];

/** With what a person begins sessions again and again: a passkey, or an account at an OpenID Connect provider. */
export type CredentialKind = Extract<AccessKind, 'passkey' | 'identity'>;

/** What an entry says of its subject. */
export const ACCESS_EVENTS = ['made', 'changed', 'used', 'refused', 'ended'] as const;

export type AccessEvent = (typeof ACCESS_EVENTS)[number];

/**
 * One entry of the access journal: a person, a key, an invitation, a session, a passkey, an identity or the challenge key, as it
 * was from then on. The latest entry about each of them is what holds. No entry is ever changed.
 */
export interface AccessEntry {
  /** Position in the journal: 1, 2, 3, … in commit order. */
  readonly entry: number;
  /** The entry that made what this is about. */
  readonly subjectID: number;
  readonly kind: AccessKind;
  readonly event: AccessEvent;
  /** `ended`: revoked, signed out, or used up. It never becomes active again. */
  readonly state: 'active' | 'ended';
  /** Unique among the active of its kind: `till-7`, `ann`. Of a session, the device. */
  readonly name: string;
  /** The person whose invitation, session, passkey or identity it is; null for people and keys. */
  readonly personID: number | null;
  /**
   * SHA-256, in hexadecimal digits, of the secret with which it is presented; of a passkey or an identity, of what it is found by,
   * which is no secret; null for people.
   */
  readonly secretHash: string | null;
  /** What a person may do, by a name; null for all else. */
  readonly role: Role | null;
  /** What a key may do; null for all else. */
  readonly scopes: readonly Scope[] | null;
  /** The locations that it is bound to; null for all. */
  readonly locations: readonly number[] | null;
  /** Requests a minute; null for the service's own limit. */
  readonly rateLimit: number | null;
  /**
   * Of the challenge key, the key. Of a passkey, a `PasskeyCredential` as JSON. Of an identity, its issuer and subject, as JSON. Of
   * a session that one of them began, the mark of what was answered with it, which is good once. Null for all else.
   */
  readonly credential: string | null;
  readonly expiresAt: Date | null;
  /** When its subject was made. */
  readonly madeAt: Date;
  /**
   * When a key or a session was last used, to the day; when a passkey, an identity or an invitation last began a session; null for
   * never.
   */
  readonly usedAt: Date | null;
  /** When its holder was last refused something, and why: `ended`, `expired`, or the scope that was missing; null for never. */
  readonly refusedAt: Date | null;
  readonly refusedFor: string | null;
  /** Who asked for it. */
  readonly actor: string | null;
  readonly recordedAt: Date;
  /** The random mark of the turn that appended it. */
  readonly turnMark: number | null;
}

/** Whether two entries with one number are the same. They differ if one is of another ledger, such as a backup. */
export function isSameEntry(a: AccessEntry, b: AccessEntry): boolean {
  return a.entry === b.entry && a.turnMark === b.turnMark && a.subjectID === b.subjectID;
}

/** Whether it lets anybody in at a moment. */
export function isValid({ state, expiresAt }: AccessEntry, now: Date): boolean {
  return state === 'active' && (expiresAt === null || expiresAt > now);
}
