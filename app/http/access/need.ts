import type { Scope } from '../../ledger/access/scope';

/**
 * The scopes that an operation needs. With `all` a caller needs each of them. With `any` one of them lets the caller in, and
 * what the body asks for is checked by itself: POST /inventory counts, or moves.
 */
export interface Need {
  /** Everybody may call it, signed in or not. */
  readonly isPublic?: true;
  readonly all?: readonly Scope[];
  readonly any?: readonly Scope[];
}

/** For operations that everybody may call, signed in or not: what a page needs to sign in with, and probes. */
export const PUBLIC: Need = { isPublic: true };

/** The scopes of those who change stock by one command or another. */
export const CHANGES_STOCK: Need = { any: ['stock:count', 'stock:sell', 'stock:move'] };

/** The scopes of those who may use an Idempotency-Key. */
export const USES_KEYS: Need = {
  any: ['stock:count', 'stock:sell', 'stock:move', 'catalogue:write', 'files:import'],
};

/** Whether a caller with these scopes is let in. */
export function isLetIn({ all = [], any }: Need, scopes: ReadonlySet<Scope>): boolean {
  return (
    all.every((scope) => scopes.has(scope)) && (any?.some((scope) => scopes.has(scope)) ?? true)
  );
}
