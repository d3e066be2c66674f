import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../problems/problem';
import { RETRY_LATER } from '../problems/retry-after';
import { clientOf, type PlaceLimits, Places } from './places';

/** Connections beyond all limits that may send one request: the monitor's stays open, others are closed. */
const GUESTS_MAX = 16;

/** Node's error for a request that does not arrive in time. */
const TIMED_OUT = Object.assign(new Error('the request does not go on'), {
  code: 'ERR_HTTP_REQUEST_TIMEOUT',
});

/** The limits of connections. */
export interface ConnectionLimits extends PlaceLimits {
  /** A connection is closed if its client neither reads nor sends for so long. */
  readonly stallTimeoutMs: number;
  /** Whether a request is the monitor's. */
  readonly isMonitor: (req: IncomingMessage) => boolean;
  /** Whether an address is that of a proxy: its connections are those of many clients, so none is theirs alone. */
  readonly isProxy?: (address: string | undefined) => boolean;
}

/** The state of a connection. */
interface Connection {
  readonly client: string;
  /** The last request, and the answer to it. */
  req?: IncomingMessage;
  res?: ServerResponse;
  /** Whether it is beyond the limits. Ends if its first request is the monitor's. */
  isGuest: boolean;
  /** Gives its place back. Only the first call counts. */
  release(): void;
}

/**
 * Limits the connections of a server. If an address has used its share, or all places are taken, the connection that was
 * idle longest is closed. If none is idle, a new connection is answered by 503. Clients that stop reading their answer or
 * sending their request lose their connection.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #places: Places;
  readonly #open = new Map<Socket, Connection>();
  /** Connections without a request under way, the longest idle first. */
  readonly #idle = new Set<Socket>();
  readonly #guests = new Set<Socket>();

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
    this.#places = new Places(limits);
  }

  /** Limits the connections of a server from now on. */
  watch(server: Server): void {
    server.prependListener('connection', (socket: Socket) => this.#admit(socket));
    server.setTimeout(this.#limits.stallTimeoutMs, (socket) => {
      // Answered as a request that takes too long.
      if (this.#onSilence(socket) === 'unsent') server.emit('clientError', TIMED_OUT, socket);
    });
  }

  /** To be called with each request. @returns the problem, if it is refused */
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
    const isProxy = this.#limits.isProxy?.(socket.remoteAddress) ?? false;
    const isShareTaken = () => !isProxy && places.isShareTaken(client);
    if (isShareTaken()) this.#closeIdle((other) => other.client === client);
    if (places.isFull()) this.#closeIdle(() => true);
    const isGuest = isShareTaken() || places.isFull();
    if (!isGuest) places.take(client);
    const release = () => {
      // Only the first call finds it.
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

  /** Closes the oldest guest if there are too many: the monitor sends its first request at once. */
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

  /** Frees its place at once, before the socket has closed. */
  #close(socket: Socket): void {
    this.#open.get(socket)?.release();
    socket.destroy();
  }

  /** Called if a connection neither sent nor received for the time of a stall. */
  #onSilence(socket: Socket): 'unsent' | undefined {
    const { req, res } = this.#open.get(socket) ?? {};
    const isUnderWay = req && res && !res.writableFinished && !res.destroyed;
    const isUnread = isUnderWay && res.writableLength > 0;
    const isUnsent = isUnderWay && !req.complete && req.readableLength === 0;
    if (isUnderWay && !isUnread && !isUnsent) {
      // The service is still working on the answer, or a stream has nothing to send.
      socket.setTimeout(this.#limits.stallTimeoutMs);
      return undefined;
    }
    if (isUnsent && !res.headersSent) return 'unsent';
    socket.destroy();
    return undefined;
  }
}

/** The problem of a client beyond a limit of connections, bodies or streams. */
export function tooMany(
  detail = 'Too many connections are open, from your address or in all. Try again later.',
): Problem {
  return new Problem('overloaded', detail, {}, { ...RETRY_LATER, Connection: 'close' });
}
