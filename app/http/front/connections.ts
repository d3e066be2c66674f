import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../problems/problem';
import { RETRY_LATER } from '../problems/retry-after';
import { clientOf, type PlaceLimits, Places } from './places';

/** Connections beyond all limits that may say whose they are: the monitor's is kept, others are closed. */
const GUESTS_MAX = 16;

/** What Node says where a request does not arrive in time. */
const TIMED_OUT = Object.assign(new Error('the request does not go on'), {
  code: 'ERR_HTTP_REQUEST_TIMEOUT',
});

/** How connections are bounded. */
export interface ConnectionLimits extends PlaceLimits {
  /** Where a client neither reads nor sends what is due for so long, its connection is closed. */
  readonly stallTimeoutMs: number;
  /** Whether a request is the monitor's own. */
  readonly isMonitor: (req: IncomingMessage) => boolean;
}

/** What is known of a connection. */
interface Connection {
  readonly client: string;
  /** What it asked for last, and the answer to it. */
  req?: IncomingMessage;
  res?: ServerResponse;
  /** Beyond the limits, until its first request has shown that it is the monitor's. */
  isGuest: boolean;
  /** Gives back what it has taken up, once. */
  release(): void;
}

/**
 * Bounds the connections of a server. Where an address has had its share, or all are taken, the connection that has been
 * idle longest gives way; where none is idle, a new one is answered by 503. A client that does not read its answer, or
 * does not go on with its request, loses its connection, so that slow and silent ones hold no place for long.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #places: Places;
  readonly #open = new Map<Socket, Connection>();
  /** Those that have no request under way, the longest idle first. */
  readonly #idle = new Set<Socket>();
  readonly #guests = new Set<Socket>();

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
    this.#places = new Places(limits);
  }

  /** Bounds the connections of a server from now on. */
  watch(server: Server): void {
    server.prependListener('connection', (socket: Socket) => this.#admit(socket));
    server.setTimeout(this.#limits.stallTimeoutMs, (socket) => {
      // Who does not go on sending is told so, as one whose request takes too long.
      if (this.#onSilence(socket) === 'unsent') server.emit('clientError', TIMED_OUT, socket);
    });
  }

  /** Takes note of a request. @returns why it is not answered, if it is not */
  begin(req: IncomingMessage, res: ServerResponse): Problem | undefined {
    const { socket } = req;
    const connection = this.#open.get(socket);
    if (!connection) return undefined;
    connection.req = req;
    connection.res = res;
    this.#idle.delete(socket);
    res.once('close', () => {
      if (connection.res === res && this.#open.has(socket)) this.#idle.add(socket);
    });
    if (!connection.isGuest) return undefined;
    if (!this.#limits.isMonitor(req)) return tooMany();
    connection.isGuest = false;
    this.#guests.delete(socket);
    return undefined;
  }

  #admit(socket: Socket): void {
    const client = clientOf(socket.remoteAddress);
    const places = this.#places;
    if (places.isShareTaken(client)) this.#closeIdle((other) => other.client === client);
    if (places.isFull()) this.#closeIdle(() => true);
    const isGuest = places.isShareTaken(client) || places.isFull();
    if (!isGuest) places.take(client);
    const release = () => {
      // The first time it is still there.
      if (!this.#open.delete(socket)) return;
      this.#idle.delete(socket);
      this.#guests.delete(socket);
      if (!isGuest) places.giveBack(client);
    };
    this.#open.set(socket, { client, isGuest, release });
    this.#idle.add(socket);
    if (isGuest) this.#admitGuest(socket);
    socket.once('close', release);
  }

  /** The oldest guest makes room: who is let in says so at once. */
  #admitGuest(socket: Socket): void {
    this.#guests.add(socket);
    if (this.#guests.size <= GUESTS_MAX) return;
    const [oldest] = this.#guests;
    if (oldest) this.#close(oldest);
  }

  #closeIdle(isMeant: (connection: Connection) => boolean): void {
    for (const socket of this.#idle) {
      const connection = this.#open.get(socket);
      if (!connection || connection.isGuest || !isMeant(connection)) continue;
      this.#close(socket);
      return;
    }
  }

  /** Its place is free at once, and not only when it has closed. */
  #close(socket: Socket): void {
    this.#open.get(socket)?.release();
    socket.destroy();
  }

  /** Nothing has come and nothing has gone for the time of a stall; Node itself looks whether what is sent goes on. */
  #onSilence(socket: Socket): 'unsent' | undefined {
    const { req, res } = this.#open.get(socket) ?? {};
    const isUnderWay = req && res && !res.writableFinished && !res.destroyed;
    const isUnread = isUnderWay && res.writableLength > 0;
    const isUnsent = isUnderWay && !req.complete && req.readableLength === 0;
    if (isUnderWay && !isUnread && !isUnsent) {
      // The service itself is at work, or has nothing to tell yet.
      socket.setTimeout(this.#limits.stallTimeoutMs);
      return undefined;
    }
    if (isUnsent && !res.headersSent) return 'unsent';
    socket.destroy();
    return undefined;
  }
}

/** What a client is told beyond a limit of connections, bodies or streams. */
export function tooMany(
  detail = 'Too many connections are open, from your address or in all. Try again later.',
): Problem {
  return new Problem('overloaded', detail, {}, { ...RETRY_LATER, Connection: 'close' });
}
