import type { Response } from 'express';
import type { Access } from '../../../ledger/access/access';
import type { AccessEntry } from '../../../ledger/access/access-entry';
import type { Scope } from '../../../ledger/access/scope';
import { callerOf } from '../../access/caller';
import { missingScope } from '../../access/missing-scope';
import { Problem } from '../../problems/problem';

/** A person who may sign in. @throws Problem `unknown-person` */
export function requirePerson(access: Access, personID: number): AccessEntry {
  const person = access.get(personID);
  if (person?.kind === 'person' && person.state === 'active') return person;
  throw new Problem('unknown-person', `There is no person ${personID}: GET /people lists them.`);
}

/** Lets people at what is their own. For what belongs to others a scope is needed. @throws Problem `missing-scope` */
export function requireOwnOr(scope: Scope, res: Response, personID: number | null): void {
  const caller = callerOf(res);
  const isOwn = personID !== null && caller.personID === personID;
  if (!isOwn && !caller.rights.scopes.has(scope)) throw missingScope(res, [scope]);
}
