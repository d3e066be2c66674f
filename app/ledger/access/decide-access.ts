import { DAY_MS } from '../day';
import type { Access } from './access';
import type {
  AccessCommand,
  AccessRefusal,
  ChangeRoleCommand,
  Decided,
  EndCommand,
  InviteCommand,
  MakeKeyCommand,
  RefuseCommand,
  SignOutCommand,
  UseCommand,
} from './access-command';
import { type AccessEntry, isValid } from './access-entry';
import { asChange, BLANK, ended } from './blank-entry';
import { makeChallengeKey } from './challenge-key';
import { decideSignIn } from './decide-sign-in';
import { excess, type Rights, rightsOf } from './rights';
import { ROLES, type Role } from './scope';

/** How often the use of a key or session is noted, and how often the same refusal is: the journal is kept for good. */
export const USE_NOTED_MS = DAY_MS;
export const REFUSAL_NOTED_MS = 3_600_000;

/**
 * Decides one change of who may do what. It is decided in the turn that records it, so that nobody whose rights were taken
 * meanwhile gives them to others.
 *
 * @param own what the one who asks may do
 */
export function decideAccess(
  access: Access,
  own: Rights,
  command: AccessCommand,
  now: Date,
): Decided {
  switch (command.kind) {
    case 'make-key':
      return makeKey(access, own, command, now);
    case 'invite':
      return invite(access, own, command);
    case 'accept':
    case 'add-credential':
    case 'sign-in':
      return decideSignIn(access, command, now);
    case 'make-challenge-key':
      return makeChallengeKey(access, command);
    case 'change-role':
      return changeRole(access, own, command, now);
    case 'end':
      return end(access, own, command, now);
    case 'sign-out':
      return signOut(access, own, command, now);
    case 'use':
      return use(access, command, now);
    case 'refuse':
      return refuse(access, command, now);
  }
}

function makeKey(access: Access, own: Rights, command: MakeKeyCommand, now: Date): Decided {
  const { name, secretHash, scopes, locations, rateLimit, expiresAt } = command;
  const before = access.named('key', name);
  if (before && isValid(before, now)) return { refusal: 'name-taken', name };
  const refused = refuseExcess(own, { scopes, locations });
  if (refused) return refused;
  const given = { name, secretHash, scopes, locations, rateLimit, expiresAt };
  return [
    // A key that has expired leaves its name to the next.
    ...(before ? [ended(before)] : []),
    { ...BLANK, event: 'made', kind: 'key', state: 'active', ...given },
  ];
}

function invite(access: Access, own: Rights, command: InviteCommand): Decided {
  const { name, role, secretHash, expiresAt, isFirstOwner } = command;
  if (isFirstOwner && hasOwner(access)) return [];
  const known = access.named('person', name);
  const invitation = {
    ...BLANK,
    event: 'made',
    kind: 'invitation',
    state: 'active',
    secretHash,
    expiresAt,
  } as const;
  // The secret is what tells invitations apart.
  const named = { ...invitation, name: secretHash };
  if (known?.role) {
    // The link lets its holder in as the person that there is. Who gives another role means somebody else of that name.
    if (role !== undefined && role !== known.role) {
      return { refusal: 'other-role', name, role: known.role };
    }
    const { locations } = known;
    const refused = refuseExcess(own, { scopes: ROLES[known.role], locations });
    return refused ?? [{ ...named, personID: known.subjectID }];
  }
  if (!role) return { refusal: 'unknown-person', name };
  const { locations } = command;
  const refused = refuseExcess(own, { scopes: ROLES[role], locations });
  if (refused) return refused;
  return [
    { ...BLANK, event: 'made', kind: 'person', state: 'active', name, role, locations },
    { ...named, personID: 'new' },
  ];
}

function changeRole(
  access: Access,
  own: Rights,
  { subjectID, role, locations: given }: ChangeRoleCommand,
  now: Date,
): Decided {
  const person = access.get(subjectID);
  if (person?.kind !== 'person' || person.state === 'ended') {
    return { refusal: 'unknown-subject', subjectID };
  }
  const locations = given === undefined ? person.locations : given;
  const refused =
    refuseOver(access, own, person, now) ??
    refuseExcess(own, { scopes: ROLES[role], locations }) ??
    (role === 'owner' && locations === null ? undefined : refuseLastOwner(access, person));
  if (refused) return refused;
  return [asChange({ ...person, event: 'changed', role, locations })];
}

function end(access: Access, own: Rights, { subjectID }: EndCommand, now: Date): Decided {
  const subject = access.get(subjectID);
  if (!subject || subject.state === 'ended') return { refusal: 'unknown-subject', subjectID };
  const refused = refuseOver(access, own, subject, now) ?? refuseLastOwner(access, subject);
  if (refused) return refused;
  const theirs = access
    .all()
    .filter(({ personID, state }) => personID === subjectID && state === 'active');
  return [subject, ...theirs].map(ended);
}

/** Ends all sessions of a person. The one that is asked with is no exception. */
function signOut(access: Access, own: Rights, { personID }: SignOutCommand, now: Date): Decided {
  const person = access.get(personID);
  if (person?.kind !== 'person' || person.state === 'ended') {
    return { refusal: 'unknown-subject', subjectID: personID };
  }
  const refused = refuseOver(access, own, person, now);
  if (refused) return refused;
  return access
    .all()
    .filter((it) => it.kind === 'session' && it.personID === personID && it.state === 'active')
    .map(ended);
}

/** Notes that a key or a session is in use, unless that was noted within a day. */
function use(access: Access, { subjectID, expiresAt }: UseCommand, now: Date): Decided {
  const subject = access.get(subjectID);
  if (!subject || !isValid(subject, now)) return { refusal: 'unknown-subject', subjectID };
  if (isWithin(subject.usedAt, USE_NOTED_MS, now)) return [];
  return [
    asChange({ ...subject, event: 'used', usedAt: now, expiresAt: expiresAt ?? subject.expiresAt }),
  ];
}

/** Notes that its holder was refused something, unless the same was noted within an hour. */
function refuse(access: Access, { subjectID, refusedFor }: RefuseCommand, now: Date): Decided {
  const subject = access.get(subjectID);
  if (!subject) return { refusal: 'unknown-subject', subjectID };
  const isNoted =
    subject.refusedFor === refusedFor && isWithin(subject.refusedAt, REFUSAL_NOTED_MS, now);
  return isNoted ? [] : [asChange({ ...subject, event: 'refused', refusedAt: now, refusedFor })];
}

function isWithin(time: Date | null, ms: number, now: Date): boolean {
  return time !== null && now.getTime() - time.getTime() < ms;
}

/** Refuses to give what one does not have. */
function refuseExcess(own: Rights, given: Parameters<typeof excess>[1]): AccessRefusal | undefined {
  const more = excess(own, given);
  if (!more) return undefined;
  return more.scopes.length > 0
    ? { refusal: 'exceeds-own', scopes: more.scopes }
    : { refusal: 'exceeds-own-locations', locations: more.locations };
}

/** Refuses to change or end somebody who may do more than oneself. */
function refuseOver(
  access: Access,
  own: Rights,
  subject: AccessEntry,
  now: Date,
): AccessRefusal | undefined {
  const { scopes, locations } = rightsOf(access, subject, now);
  return refuseExcess(own, { scopes: [...scopes], locations: locations && [...locations] });
}

/** Refuses to leave nobody who may invite others. */
function refuseLastOwner(access: Access, subject: AccessEntry): AccessRefusal | undefined {
  if (!isOwner(subject)) return undefined;
  const owners = access.all().filter(isOwner);
  return owners.length > 1 ? undefined : { refusal: 'last-owner', subjectID: subject.subjectID };
}

/** Whether there is somebody who may invite others. */
export function hasOwner(access: Access): boolean {
  return access.all().some(isOwner);
}

function isOwner({ kind, state, role, locations }: AccessEntry): boolean {
  const owner: Role = 'owner';
  return kind === 'person' && state === 'active' && role === owner && locations === null;
}
