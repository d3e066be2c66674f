import type { AccessEntry } from './access-entry';
import type { Role, Scope } from './scope';

/** "This program may do that." */
export interface MakeKeyCommand {
  readonly kind: 'make-key';
  readonly name: string;
  readonly secretHash: string;
  readonly scopes: readonly Scope[];
  readonly locations: readonly number[] | null;
  readonly rateLimit: number | null;
  readonly expiresAt: Date | null;
}

/** "This person may sign in." Adds the person, or invites one that there is to another device. */
export interface InviteCommand {
  readonly kind: 'invite';
  readonly name: string;
  /** Needed for a person that there is not. */
  readonly role?: Role | undefined;
  readonly locations: readonly number[] | null;
  readonly secretHash: string;
  readonly expiresAt: Date;
  /** Appends nothing if there is an owner already: of several processes that begin, one invites the first. */
  readonly isFirstOwner?: true;
}

/** "I have the invitation": uses it up, and begins a session of its person. */
export interface AcceptCommand {
  readonly kind: 'accept';
  /** Of the invitation. */
  readonly invitationHash: string;
  /** The device, as its browser says. */
  readonly name: string;
  /** Of the session. */
  readonly secretHash: string;
  readonly expiresAt: Date;
}

/** "This person has another role." */
export interface ChangeRoleCommand {
  readonly kind: 'change-role';
  readonly subjectID: number;
  readonly role: Role;
  readonly locations: readonly number[] | null;
}

/** "This lets nobody in any more." Of a person it ends sessions, invitations and passkeys, too. */
export interface EndCommand {
  readonly kind: 'end';
  readonly subjectID: number;
}

/** "This key or session is in use." Noted once a day. */
export interface UseCommand {
  readonly kind: 'use';
  readonly subjectID: number;
  /** A session is valid until then, at the latest; undefined to leave that as it is. */
  readonly expiresAt?: Date | undefined;
}

/** "The holder of this was refused something." Noted once an hour. */
export interface RefuseCommand {
  readonly kind: 'refuse';
  readonly subjectID: number;
  /** `ended`, `expired`, or the scope that was missing. */
  readonly refusedFor: string;
}

/** A change of who may do what. */
export type AccessCommand =
  | MakeKeyCommand
  | InviteCommand
  | AcceptCommand
  | ChangeRoleCommand
  | EndCommand
  | UseCommand
  | RefuseCommand;

/** What a change appends to the journal: the entries, before they have their places in it. */
export type AccessChange = Omit<
  AccessEntry,
  'entry' | 'subjectID' | 'personID' | 'madeAt' | 'actor' | 'recordedAt' | 'turnMark'
> & {
  /** The subject that it is about; undefined for a new one. */
  readonly subjectID?: number | undefined;
  /** When it was made; undefined for a new one. */
  readonly madeAt?: Date | undefined;
  /** The person that it belongs to; `new` for the one that the change before this one adds. */
  readonly personID: number | 'new' | null;
};

/** Why a change was refused. The list is closed. */
export type AccessRefusal =
  /** Another active key or person has the name. */
  | { readonly refusal: 'name-taken'; readonly name: string }
  /** There is no active key, person, session or invitation of this number. */
  | { readonly refusal: 'unknown-subject'; readonly subjectID: number }
  /** The person is new, and no role was given. */
  | { readonly refusal: 'unknown-person'; readonly name: string }
  /** Nobody can give what they may not do themselves, nor take it from others. */
  | { readonly refusal: 'exceeds-own'; readonly scopes: readonly Scope[] }
  /** Nor at a location that they are not bound to. */
  | { readonly refusal: 'exceeds-own-locations'; readonly locations: readonly number[] }
  /** The invitation is unknown, used, revoked or expired. */
  | { readonly refusal: 'bad-invitation' }
  /** Nobody could invite anybody any more. */
  | { readonly refusal: 'last-owner'; readonly subjectID: number };
