import type { Response } from 'express';
import type { Scope } from '../../ledger/access/scope';
import { Problem } from '../problems/problem';
import { callerOf } from './caller';

/** The problem of a caller who lacks scopes. @param needed the scopes of which they have none, or not all */
export function missingScope(res: Response, needed: readonly Scope[]): Problem {
  const remedy =
    callerOf(res).role === null
      ? 'Ask an owner for a key that has it.'
      : 'Ask an owner for a role that has it.';
  return new Problem(
    'missing-scope',
    `This needs ${needed.length > 1 ? 'the scopes' : 'the scope'} ${needed.join(', ')}. Nothing was changed. ${remedy}`,
    { scopes: needed },
  );
}

/** The problem of a caller who is bound to other locations. @param own those that they are bound to */
export function otherLocation(locationID: number, own: readonly number[]): Problem {
  return new Problem(
    'missing-scope',
    `You may change what is at ${own.length > 1 ? 'the locations' : 'location'} ${own.join(', ')}, and not at ${locationID}. Nothing was changed. Name another location, or ask an owner.`,
    { locations: own },
  );
}
