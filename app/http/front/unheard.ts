import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The answers of a connection that are not over. */
const UNDER_WAY = Symbol('under way');
type Connected = Socket & { [UNDER_WAY]?: Set<ServerResponse> };

/**
 * Makes an answer emit `close` when its connection closes. Node does so only for the answer that has the connection, and not
 * for one that waits behind it (RFC 9112, section 9.3.2). Without this the place of that one would never be given back, and
 * its handler would go on for good. Call it once for each answer.
 */
export function closeWithConnection(res: ServerResponse): void {
  const socket: Connected = res.req.socket;
  const underWay = socket[UNDER_WAY] ?? watched(socket);
  underWay.add(res);
  res.once('close', () => underWay.delete(res));
}

/** One listener for all answers of a connection: a client may ask for hundreds at once. */
function watched(socket: Connected): Set<ServerResponse> {
  const underWay = new Set<ServerResponse>();
  socket[UNDER_WAY] = underWay;
  socket.once('close', () => {
    for (const res of underWay) {
      // Node tells of the one that has the connection, and of one that was sent just now.
      if (res.socket !== null || res.writableFinished) continue;
      res.destroy();
      res.emit('close');
    }
  });
  return underWay;
}
