import type { Request } from 'express';

/** The actor of requests to a service that asks nobody who they are: ACCESS=open. */
const OPEN = 'open';

/** The actor of what the monitor reports. */
export const MONITOR_ACTOR = 'monitor';

/** The actor of a button that was pressed behind a signed link in somebody's mail. */
export function mailActor(address: string): string {
  return `mail:${address}`;
}

/** Who makes a request, as the ledger keeps it. No client can choose it. */
export function actorOf(_req: Request): string {
  return OPEN;
}
