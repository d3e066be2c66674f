import type { Access } from './access';
import type {
  AcceptCommand,
  AccessChange,
  AccessRefusal,
  AddCredentialCommand,
  Decided,
  NewCredential,
  SignInCommand,
} from './access-command';
import { type AccessEntry, isValid } from './access-entry';
import { asChange, BLANK } from './blank-entry';
import { distinctName } from './distinct-name';
import { countsOn, passkeyOf, passkeyText } from './passkey';

/** Passkeys, or identities, of one person: more than anybody has devices. Each is kept in memory for good. */
export const CREDENTIALS_MAX = 20;

/** Decides one sign-in, or what signs somebody in from now on. */
export function decideSignIn(
  access: Access,
  command: AcceptCommand | AddCredentialCommand | SignInCommand,
  now: Date,
): Decided {
  switch (command.kind) {
    case 'accept':
      return accept(access, command, now);
    case 'add-credential':
      return addCredential(access, command, now);
    case 'sign-in':
      return signIn(access, command, now);
  }
}

/** Begins a session by an invitation, and uses it up. A credential that comes with it becomes the person's, unless it is already. */
function accept(access: Access, command: AcceptCommand, now: Date): Decided {
  const invitation = access.withSecret(command.invitationHash);
  const person = invitation && activePerson(access, invitation);
  const isGood = invitation?.kind === 'invitation' && isValid(invitation, now);
  if (!isGood || !person) return { refusal: 'bad-invitation' };
  const { credential } = command;
  const added = credential ? refuseOrAdd(access, person, credential, now) : [];
  if ('refusal' in added) return added;
  return [usedUp(invitation, now), ...added, session(person, command)];
}

/** Adds a passkey or an identity to the person of a session. */
function addCredential(
  access: Access,
  { sessionID, credential }: AddCredentialCommand,
  now: Date,
): Decided {
  const asking = access.get(sessionID);
  const person = asking && activePerson(access, asking);
  const isGood = asking?.kind === 'session' && isValid(asking, now);
  if (!isGood || !person) return { refusal: 'unknown-subject', subjectID: sessionID };
  const known = access.withCredential(credential.kind, credential.secretHash);
  if (known?.state === 'active') return { refusal: 'credential-taken', kind: credential.kind };
  return refuseOrAdd(access, person, credential, now);
}

/** Begins a session by a passkey or an identity, and notes that it was used. */
function signIn(access: Access, command: SignInCommand, now: Date): Decided {
  const { mark, counter = 0 } = command;
  const { kind, secretHash } = command.credential;
  const known = access.withCredential(kind, secretHash);
  const person = known && activePerson(access, known);
  if (!known || !isValid(known, now) || !person) return { refusal: 'unknown-credential', kind };
  if (access.hasMark(mark)) return { refusal: 'answered-already', kind };
  if (kind === 'identity') return [used(known, now), session(person, command, mark)];
  const passkey = passkeyOf(known);
  if (!countsOn(passkey.counter, counter)) {
    return { refusal: 'counter-went-back', subjectID: known.subjectID };
  }
  const counted = { ...known, credential: passkeyText({ ...passkey, counter }) };
  return [used(counted, now), session(person, command, mark)];
}

/** Adds a credential, or notes its use if it is the person's already. */
function refuseOrAdd(
  access: Access,
  { subjectID: personID }: AccessEntry,
  credential: NewCredential,
  now: Date,
): readonly AccessChange[] | AccessRefusal {
  const { kind, secretHash } = credential;
  const known = access.withCredential(kind, secretHash);
  if (known?.state === 'active' && known.personID === personID) return [used(known, now)];
  // A device makes a new passkey for each registration: one that has ended comes back only in a request that is sent again.
  const isTaken = known && (known.state === 'active' || kind === 'passkey');
  if (isTaken) return { refusal: 'credential-taken', kind };
  const theirs = access
    .all()
    .filter((it) => it.kind === kind && it.personID === personID && it.state === 'active');
  if (theirs.length >= CREDENTIALS_MAX) {
    return { refusal: 'too-many-credentials', kind, limit: CREDENTIALS_MAX };
  }
  // A person with two passkeys chooses by the name which one to remove.
  const name =
    kind === 'passkey'
      ? distinctName(
          credential.name,
          theirs.map((it) => it.name),
        )
      : credential.name;
  return [{ ...BLANK, ...credential, name, event: 'made', state: 'active', personID }];
}

/** The person whose it is, if they are let in. */
function activePerson(access: Access, { personID }: AccessEntry): AccessEntry | undefined {
  const person = personID === null ? undefined : access.get(personID);
  return person?.state === 'active' ? person : undefined;
}

function used(subject: AccessEntry, now: Date): AccessChange {
  return asChange({ ...subject, event: 'used', usedAt: now });
}

/** The last entry of an invitation that has begun a session. One that was revoked ends otherwise. */
function usedUp(invitation: AccessEntry, now: Date): AccessChange {
  return asChange({ ...invitation, event: 'used', state: 'ended', usedAt: now });
}

/** @param mark of what began it, which is good once */
function session(
  { subjectID: personID }: AccessEntry,
  { name, secretHash, expiresAt }: AcceptCommand | SignInCommand,
  mark: string | null = null,
): AccessChange {
  const given = { name, personID, secretHash, expiresAt, credential: mark };
  return { ...BLANK, ...given, event: 'made', kind: 'session', state: 'active' };
}
