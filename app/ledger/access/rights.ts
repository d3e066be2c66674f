import type { Access } from './access';
import { type AccessEntry, isValid } from './access-entry';
import { ROLES, SCOPE_NAMES, type Scope } from './scope';

/** What a caller may do. */
export interface Rights {
  readonly scopes: ReadonlySet<Scope>;
  /** The locations that these are bound to; null for all. */
  readonly locations: ReadonlySet<number> | null;
}

/** All that can be done: by those who need not say who they are, and at the command line. */
export const ALL_RIGHTS: Rights = { scopes: new Set(SCOPE_NAMES), locations: null };

const NO_RIGHTS: Rights = { scopes: new Set(), locations: null };

/** What the holder of a key, a session or a passkey, or a person, may do at a moment. */
export function rightsOf(access: Access, subject: AccessEntry | undefined, now: Date): Rights {
  if (!subject || !isValid(subject, now)) return NO_RIGHTS;
  if (subject.personID !== null) return rightsOf(access, access.get(subject.personID), now);
  const scopes = subject.role === null ? (subject.scopes ?? []) : ROLES[subject.role];
  return {
    scopes: new Set<Scope>(scopes),
    locations: subject.locations && new Set(subject.locations),
  };
}

/** The scopes and locations that somebody would give without having them. */
export function excess(
  own: Rights,
  given: { readonly scopes: readonly Scope[]; readonly locations: readonly number[] | null },
): { readonly scopes: readonly Scope[]; readonly locations: readonly number[] } | undefined {
  const scopes = given.scopes.filter((scope) => !own.scopes.has(scope));
  const { locations: bound } = own;
  // Rights for some locations are less than rights for all.
  const everywhere = bound !== null && given.locations === null;
  const locations = everywhere
    ? [0]
    : (given.locations ?? []).filter((it) => bound?.has(it) === false);
  return scopes.length + locations.length > 0 ? { scopes, locations } : undefined;
}
