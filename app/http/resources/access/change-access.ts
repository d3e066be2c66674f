import type { Response } from 'express';
import type { AccessCommand, AccessRefusal } from '../../../ledger/access/access-command';
import type { AccessEntry } from '../../../ledger/access/access-entry';
import { CREDENTIALS_MAX } from '../../../ledger/access/decide-sign-in';
import type { Ledger } from '../../../ledger/ledger';
import { callerOf, OPEN } from '../../access/caller';
import { missingScope } from '../../access/missing-scope';
import { Problem } from '../../problems/problem';

/** The subject of those who are not in the journal: it has no rights. Entries are numbered from 1. */
const NO_SUBJECT = 0;

/** Asks for a change in the caller's name. @returns what it appended, in order @throws Problem, WriteFailure */
export async function changeAccess(
  ledger: Ledger,
  res: Response,
  command: AccessCommand,
  actor = callerOf(res).actor,
): Promise<readonly AccessEntry[]> {
  const caller = callerOf(res);
  // Only a service that asks nobody who they are lets everybody do everything.
  const by = caller === OPEN ? undefined : (caller.subjectID ?? NO_SUBJECT);
  const { outcome } = await ledger.submit({ kind: 'access', command, actor, by });
  if ('refusal' in outcome) throw refused(res, outcome);
  return outcome;
}

const NOT_ADDED = {
  passkey: {
    'credential-taken': 'This passkey was added already. Make another one.',
    'too-many-credentials': `A person may have ${CREDENTIALS_MAX} passkeys. Remove one that is not used any more first.`,
  },
  identity: {
    'credential-taken':
      'This account lets somebody sign in already. Choose another account, or have it removed there first.',
    'too-many-credentials': `A person may sign in with ${CREDENTIALS_MAX} accounts. Remove one that is not used any more first.`,
  },
} as const;

const NOT_SIGNED_IN = {
  passkey: {
    'unknown-credential':
      'This passkey lets nobody in: it was removed, or belongs to another service. Ask an owner for an invitation.',
    'answered-already': 'This answer was used already. Sign in with the passkey again.',
  },
  identity: {
    'unknown-credential': 'This account lets nobody in. Ask an owner for an invitation.',
    'answered-already': 'This answer was used already. Sign in again.',
  },
} as const;

/** The problem of somebody whose invitation lets nobody in. */
export function badInvitation(): Problem {
  return new Problem(
    'bad-invitation',
    'It was used already, was revoked or has expired. Ask an owner for another one.',
  );
}

/** The problem of somebody who shows a passkey that nobody has. */
export function unknownPasskey(): Problem {
  return new Problem('not-signed-in', NOT_SIGNED_IN.passkey['unknown-credential']);
}

/** The problem of a refused change. */
export function refused(res: Response, refusal: AccessRefusal): Problem {
  switch (refusal.refusal) {
    case 'name-taken':
      return new Problem(
        'name-taken',
        `There is a key ${refusal.name}: choose another name, or revoke that key first.`,
        { name: refusal.name },
      );
    case 'other-role':
      return new Problem(
        'name-taken',
        `There is a person ${refusal.name} already, whose role is ${refusal.role}: choose another name, or leave out the role to invite them to one more device.`,
        { name: refusal.name },
      );
    case 'unknown-subject':
      return new Problem(
        'unknown-key',
        `There is no ${refusal.subjectID} that is still valid: it was revoked, or never made.`,
      );
    case 'unknown-person':
      return new Problem(
        'unknown-person',
        `There is no ${refusal.name} yet: say with which role to invite them.`,
      );
    case 'exceeds-own':
      return missingScope(res, refusal.scopes);
    case 'exceeds-own-locations':
      return new Problem(
        'missing-scope',
        'You may give rights only at the locations to which you are bound yourself. Nothing was changed.',
      );
    case 'bad-invitation':
      return badInvitation();
    case 'credential-taken':
    case 'too-many-credentials':
      return new Problem('not-added', NOT_ADDED[refusal.kind][refusal.refusal]);
    case 'unknown-credential':
    case 'answered-already':
      return new Problem('not-signed-in', NOT_SIGNED_IN[refusal.kind][refusal.refusal]);
    case 'counter-went-back':
      return new Problem(
        'not-signed-in',
        'This passkey says that it was used less often than it has been, so it may be a copy. Remove it, and make a new one.',
      );
    case 'last-owner':
      return new Problem(
        'last-owner',
        'Nobody could invite anybody any more; nothing was changed. Make somebody else an owner first.',
      );
  }
}
