import type { AccessEntry, CredentialKind } from './access-entry';
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
  /** Needed for a person that there is not. For one that there is it is theirs, or left out. */
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
  /** Becomes the person's in the same turn: the account by which they were asked to say who they are. */
  readonly credential?: NewCredential | undefined;
}

/** A passkey, or an account at an OpenID Connect provider, that is to let a person sign in. */
export interface NewCredential {
  readonly kind: CredentialKind;
  /** For people to tell theirs apart. */
  readonly name: string;
  /** What it is found by: SHA-256 of a passkey's credential ID, or of the issuer and the subject of an identity. */
  readonly secretHash: string;
  /** As an entry of its kind keeps it. */
  readonly credential: string;
}

/** "From now on I sign in with this, too." */
export interface AddCredentialCommand {
  readonly kind: 'add-credential';
  /** The session that asks: it becomes its person's. */
  readonly sessionID: number;
  readonly credential: NewCredential;
}

/** "I have shown that this passkey or account is mine": begins a session of its person. */
export interface SignInCommand {
  readonly kind: 'sign-in';
  readonly credential: Pick<NewCredential, 'kind' | 'secretHash'>;
  /** Names what was answered with it, such as a challenge, by its SHA-256: a second answer to it is refused. */
  readonly mark: string;
  /** How often a passkey says it was used; left out for an identity. */
  readonly counter?: number | undefined;
  /** The device, as its browser says. */
  readonly name: string;
  /** Of the session. */
  readonly secretHash: string;
  readonly expiresAt: Date;
}

/** "Challenges are signed with this from now on." Appends nothing if there is a key already: all processes use the first. */
export interface MakeChallengeKeyCommand {
  readonly kind: 'make-challenge-key';
  /** 256 random bits, in base64url. */
  readonly key: string;
}

/** "This person has another role." */
export interface ChangeRoleCommand {
  readonly kind: 'change-role';
  readonly subjectID: number;
  readonly role: Role;
  /** Null for all; undefined to leave them as they are. */
  readonly locations?: readonly number[] | null | undefined;
}

/** "This lets nobody in any more." Of a person it ends all that is theirs, too. */
export interface EndCommand {
  readonly kind: 'end';
  readonly subjectID: number;
}

/** "This person is signed in nowhere." Ends their sessions, and nothing else that lets them in. */
export interface SignOutCommand {
  readonly kind: 'sign-out';
  readonly personID: number;
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
  | AddCredentialCommand
  | SignInCommand
  | MakeChallengeKeyCommand
  | ChangeRoleCommand
  | EndCommand
  | SignOutCommand
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
  /** There is a person of this name with another role than the one that was given. */
  | { readonly refusal: 'other-role'; readonly name: string; readonly role: Role }
  /** The person is new, and no role was given. */
  | { readonly refusal: 'unknown-person'; readonly name: string }
  /** Nobody can give what they may not do themselves, nor take it from others. */
  | { readonly refusal: 'exceeds-own'; readonly scopes: readonly Scope[] }
  /** Nor at a location that they are not bound to. */
  | { readonly refusal: 'exceeds-own-locations'; readonly locations: readonly number[] }
  /** The invitation is unknown, used, revoked or expired. */
  | { readonly refusal: 'bad-invitation' }
  /** The passkey or the identity lets somebody in already, or is a passkey that did once. */
  | { readonly refusal: 'credential-taken'; readonly kind: CredentialKind }
  /** The person has as many of a kind as one may have. */
  | {
      readonly refusal: 'too-many-credentials';
      readonly kind: CredentialKind;
      readonly limit: number;
    }
  /** Nobody has this passkey or identity, or it was removed, or its person was. */
  | { readonly refusal: 'unknown-credential'; readonly kind: CredentialKind }
  /** What was answered with it has begun a session already. */
  | { readonly refusal: 'answered-already'; readonly kind: CredentialKind }
  /** The passkey says that it was used less often than it has been: it may have been copied. */
  | { readonly refusal: 'counter-went-back'; readonly subjectID: number }
  /** Nobody could invite anybody any more. */
  | { readonly refusal: 'last-owner'; readonly subjectID: number };

/** What a change appends, or why it was refused. */
export type Decided = readonly AccessChange[] | AccessRefusal;
