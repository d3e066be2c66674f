import type { IncomingMessage } from 'node:http';
import type { Bodies } from './bodies';
import type { Connections } from './connections';
import type { Places } from './places';
import type { Proxies } from './proxies';

/** Limits on what clients use at a time. */
export interface ClientBounds {
  readonly connections: Connections;
  readonly bodies: Bodies;
  readonly streams: Places;
  /** The part of each limit that one address may use, from 1 to 100. */
  readonly sharePercent: number;
  /** Whether a request is the monitor's, for which there is always a place. */
  readonly isMonitor: (req: IncomingMessage) => boolean;
  /** The proxies in front, if there are any. */
  readonly proxies?: Proxies | undefined;
}
