import type { IncomingMessage } from 'node:http';
import type { Bodies } from './bodies';
import type { Connections } from './connections';
import type { Places } from './places';

/** What clients may take up at a time. */
export interface ClientBounds {
  readonly connections: Connections;
  readonly bodies: Bodies;
  readonly streams: Places;
  /** What one address may have of what all clients share, from 1 to 100. */
  readonly sharePercent: number;
  /** Whether a request is the monitor's own, for which there is always a place. */
  readonly isMonitor: (req: IncomingMessage) => boolean;
}
