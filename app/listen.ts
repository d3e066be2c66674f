import type { Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** This machine alone, in both versions of IP. `localhost` may mean either. */
const LOOPBACK = '127.0.0.1';
const LOOPBACK_6 = '::1';

/** The options of Node's HTTP server: small answers are sent at once, and a client may end its side first. */
const AS_HTTP = { noDelay: true, allowHalfOpen: true };

/** The error codes of a machine without IPv6. */
const NO_IPV6 = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no more connections, and waits until there are none. */
  close(): Promise<void>;
}

/**
 * Makes a server listen on an address. With 127.0.0.1 it also listens on ::1 if the machine has IPv6. Otherwise another
 * program could answer there to clients that use `localhost`.
 *
 * @param port 0 for any free one
 * @throws the error of the address that it cannot listen on
 */
export async function listen(server: Server, host: string, port: number): Promise<Listening> {
  await listenOn(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const second = host === LOOPBACK ? net.createServer(AS_HTTP) : undefined;
  if (second) {
    // Its connections are passed to the server.
    second.on('connection', (socket) => server.emit('connection', socket));
    await listenOn(second, LOOPBACK_6, taken).catch((error: NodeJS.ErrnoException) => {
      // With port 0 another program may have the port on ::1. Nobody relies on a port that was chosen at random.
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
