import type { Response } from 'express';
import type { AccessCommand, AccessRefusal } from '../../../ledger/access/access-command';
import type { AccessEntry } from '../../../ledger/access/access-entry';
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

function refused(res: Response, refusal: AccessRefusal): Problem {
  switch (refusal.refusal) {
    case 'name-taken':
      return new Problem(
        'name-taken',
        `There is a key ${refusal.name}: choose another name, or revoke that key first.`,
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
      return new Problem('missing-scope', 'You are bound to other locations.');
    case 'bad-invitation':
      return new Problem(
        'bad-invitation',
        'It was used already, was revoked or has expired. Ask an owner for another one.',
      );
    case 'last-owner':
      return new Problem(
        'last-owner',
        'Nobody could invite anybody any more; nothing was changed. Make somebody else an owner first.',
      );
  }
}
