import type { Response } from 'express';
import { type Scope, scopeOfReason } from '../../ledger/access/scope';
import type { Command } from '../../ledger/command';
import { callerOf } from './caller';
import { missingScope } from './missing-scope';

/** Refuses changes of stock if the caller lacks the scope for one of them. @throws Problem `missing-scope` */
export function requireScopesOf(res: Response, commands: readonly Command[]): void {
  const { scopes } = callerOf(res).rights;
  const missing = new Set<Scope>();
  for (const command of commands) {
    const scope = scopeOfReason(command.kind === 'movement' ? command.reason : command.kind);
    if (!scopes.has(scope)) missing.add(scope);
  }
  if (missing.size > 0) throw missingScope(res, [...missing]);
}
