import type { Response } from 'express';
import { type Scope, scopeOfReason } from '../../ledger/access/scope';
import { type Command, reasonOf } from '../../ledger/command';
import { FIRST_LOCATION } from '../../ledger/locations/location';
import { callerOf } from './caller';
import { missingScope, otherLocation } from './missing-scope';

/** Refuses changes of stock if the caller lacks the scope for one of them, or may not change what is at its location. @throws Problem `missing-scope` */
export function requireScopesOf(res: Response, commands: readonly Command[]): void {
  const { scopes, locations } = callerOf(res).rights;
  const missing = new Set<Scope>();
  for (const command of commands) {
    const { locationID = FIRST_LOCATION } = command;
    if (locations?.has(locationID) === false) throw otherLocation(locationID, [...locations]);
    const scope = scopeOfReason(reasonOf(command));
    if (!scopes.has(scope)) missing.add(scope);
  }
  if (missing.size > 0) throw missingScope(res, [...missing]);
}
