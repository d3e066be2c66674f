import type { Response } from 'express';
import type { Scope } from '../../ledger/access/scope';
import type { Command } from '../../ledger/command';
import { callerOf } from './caller';
import { missingScope } from './gate';

const SCOPE_OF: Record<Command['kind'], Scope> = {
  count: 'stock:count',
  sale: 'stock:sell',
  movement: 'stock:move',
};

/** Refuses changes of stock if the caller lacks the scope for one of them. @throws Problem `missing-scope` */
export function requireScopesOf(res: Response, commands: readonly Command[]): void {
  const { scopes } = callerOf(res).rights;
  const missing = new Set<Scope>();
  for (const { kind } of commands) {
    if (!scopes.has(SCOPE_OF[kind])) missing.add(SCOPE_OF[kind]);
  }
  if (missing.size > 0) throw missingScope([...missing]);
}
