import type { Request, Response } from 'express';
import { ALL_RIGHTS, type Rights } from '../../ledger/access/rights';
import type { Role } from '../../ledger/access/scope';
import { OPEN_ACTOR } from '../../wire/actor';

/** Who makes a request, and what they may do. */
export interface Caller {
  /** As the ledger keeps it, such as `key:till-7`. No client can choose it. */
  readonly actor: string;
  /** The key or the session by which they were let in; undefined if the service asks nobody who they are. */
  readonly subjectID: number | undefined;
  /** The person who is signed in; undefined for all others. */
  readonly personID?: number;
  /** The role of a person; null for a key. */
  readonly role: Role | null;
  readonly rights: Rights;
  /** Requests a minute; null for as many as the caller likes. */
  readonly rateLimit: number | null;
}

/** Everybody, for a service that asks nobody who they are: ACCESS=open. */
export const OPEN: Caller = {
  actor: OPEN_ACTOR,
  subjectID: undefined,
  role: null,
  rights: ALL_RIGHTS,
  rateLimit: null,
};

/** Somebody who did not say who they are, where that is asked: they may do what everybody may. */
export const NOBODY: Caller = {
  actor: 'nobody',
  subjectID: undefined,
  role: null,
  rights: { scopes: new Set(), locations: null },
  rateLimit: null,
};

/** The monitor, by a secret that is in its settings and not in the journal: it reads, and reports what is low. */
export const MONITOR: Caller = {
  actor: 'monitor',
  subjectID: undefined,
  role: null,
  rights: { scopes: new Set(['stock:read', 'records:read', 'monitor']), locations: null },
  rateLimit: null,
};

/** The actor of a button that was pressed behind a signed link in somebody's mail. */
export function mailActor(address: string): string {
  return `mail:${address}`;
}

/** Notes who makes a request, once they are let in. */
export function setCaller(res: Response, caller: Caller): void {
  res.locals.caller = caller;
}

/** How often a long answer asks whether its client would still be let in. */
export const LET_IN_MS = 500;

/** Notes how to find out whether the caller of a long answer would still be let in. */
export function setStillLetIn(res: Response, isStillLetIn: () => Promise<boolean>): void {
  res.locals.isStillLetIn = isStillLetIn;
}

/** Whether the caller of a long answer would still be let in. */
export async function isStillLetIn(res: Response): Promise<boolean> {
  const find = res.locals.isStillLetIn as (() => Promise<boolean>) | undefined;
  return find ? find() : true;
}

/** Who makes a request. */
export function callerOf(res: Response): Caller {
  return (res.locals.caller as Caller | undefined) ?? OPEN;
}

/** Who makes a request, as the ledger keeps it. */
export function actorOf(req: Request): string {
  return callerOf(req.res as Response).actor;
}
