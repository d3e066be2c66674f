import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The unfinished answers of a connection. */
const UNDER_WAY = Symbol('under way');
type Connected = Socket & { [UNDER_WAY]?: Set<ServerResponse> };

/**
 * Makes an answer emit `close` when its connection closes. Node does so only for the answer that is being sent, and not for
 * answers that wait behind it (RFC 9112, section 9.3.2). Their places would never be given back, and their handlers would
 * never end. Call it once for each answer.
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
      // Node emits `close` for the answer that is being sent, and for one that was just sent.
      if (res.socket !== null || res.writableFinished) continue;
      res.destroy();
      res.emit('close');
    }
  });
  return underWay;
}
