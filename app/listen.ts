import type { Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** This machine alone, by either version of IP: `localhost` may mean one or the other. */
const LOOPBACK = '127.0.0.1';
const LOOPBACK_6 = '::1';

/** What Node's HTTP server sets for its connections: small answers are sent at once, and a client may end its side first. */
const AS_HTTP = { noDelay: true, allowHalfOpen: true };

/** What a machine without IPv6 says. */
const NO_IPV6 = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no more connections, and waits until there are none. */
  close(): Promise<void>;
}

/**
 * Has a server listen on an address. On 127.0.0.1 it listens on ::1, too, where there is one: else another program
 * could answer there for all who say `localhost`.
 *
 * @param port 0 for any free one
 * @throws the error of the address that it cannot listen on
 */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  await listenOn(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const second = host === LOOPBACK ? net.createServer(AS_HTTP) : undefined;
  if (second) {
    // Its connections are the server's as if they had come to it.
    second.on('connection', (socket) => server.emit('connection', socket));
    await listenOn(second, LOOPBACK_6, taken).catch((error: NodeJS.ErrnoException) => {
      // A port of the system's choosing may be taken there by somebody else, which nobody relies on.
      if (!NO_IPV6.includes(String(error.code)) && port !== 0) throw error;
    });
  }
  return {
    port: taken,
    close: async () => {
      await Promise.all([server, second].map(closed));
    },
  };
}

function listenOn(server: net.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: net.Server | undefined): Promise<void> | undefined {
  if (!server?.listening) return undefined;
  return new Promise((resolve) => server.close(() => resolve()));
}
