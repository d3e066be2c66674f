import { useCallback } from 'react';
import type { Scope } from '../../ledger/access/scope';
import { useSession } from '../page';

/**
 * Whether the one who is signed in may do something. Until the service has said who that is, everything is offered, as where it
 * asks nobody: the service decides in any case.
 */
export function useMay(): (scope: Scope) => boolean {
  const { me } = useSession();
  return useCallback((scope) => me === undefined || me.scopes.includes(scope), [me]);
}
