import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SAFE_METHODS } from './safe-methods';

/**
 * Requests of one connection that are answered side by side: a client that sends several at once sends a page's worth.
 * So many are also begun before others have their turn.
 */
const UNDER_WAY_MAX = 16;

type Exchange = readonly [req: IncomingMessage, res: ServerResponse];

/** What is known of a connection. */
interface Pipe {
  /** Requests that were begun and are not answered. */
  underWay: number;
  /** Whether one of them may change something: it is the only one then. */
  isChanging: boolean;
  /** Requests that came and are not begun, in order. */
  waiting: Exchange[];
  /** Whether the connection is about to be held back. */
  isHolding: boolean;
  /** Whether it is settled that the next ones begin once others have had their turn. */
  isDue: boolean;
}

const PIPE = Symbol('pipe');
type Piped = Socket & { [PIPE]?: Pipe };

/**
 * Answers the requests of a connection as if each were sent after the answer to the one before. A client may send several
 * without waiting (RFC 9112, section 9.3.2). Only those that change nothing may then be answered side by side: a GET must
 * not be answered from before the POST in front of it, nor from after the POST behind it.
 *
 * While requests wait, no more is read from their connection: what a client sends at once is then held by its own
 * machine, and others have their turn.
 */
export function inTurn(app: RequestListener): RequestListener {
  return (req, res) => {
    const socket: Piped = req.socket;
    socket[PIPE] ??= {
      underWay: 0,
      isChanging: false,
      waiting: [],
      isHolding: false,
      isDue: false,
    };
    const pipe = socket[PIPE];
    if (pipe.waiting.length === 0 && mayBegin(pipe, req)) {
      begin(app, pipe, [req, res]);
      return;
    }
    pipe.waiting.push([req, res]);
    holdBack(pipe, socket);
  };
}

/**
 * Reads no more of a connection while requests wait: after all that was read with them, since Node reads on by itself
 * after each whole request.
 */
function holdBack(pipe: Pipe, socket: Socket): void {
  if (pipe.isHolding) return;
  pipe.isHolding = true;
  queueMicrotask(() => {
    pipe.isHolding = false;
    if (pipe.waiting.length > 0) socket.pause();
  });
}

function mayBegin({ underWay, isChanging }: Pipe, req: IncomingMessage): boolean {
  return underWay === 0 || (isSafe(req) && !isChanging && underWay < UNDER_WAY_MAX);
}

function isSafe({ method = '' }: IncomingMessage): boolean {
  return SAFE_METHODS.has(method);
}

function begin(app: RequestListener, pipe: Pipe, [req, res]: Exchange): void {
  pipe.underWay += 1;
  if (!isSafe(req)) pipe.isChanging = true;
  res.once('close', () => {
    pipe.underWay -= 1;
    if (pipe.underWay === 0) pipe.isChanging = false;
    if (pipe.waiting.length === 0 || pipe.isDue) return;
    pipe.isDue = true;
    // Not at once: answer would follow answer, and nobody else would have a turn until all are given.
    setImmediate(() => {
      pipe.isDue = false;
      goOn(app, pipe, req.socket);
    });
  });
  app(req, res);
}

/** Begins what may be begun of those that wait, and reads on once none does. */
function goOn(app: RequestListener, pipe: Pipe, socket: Socket): void {
  const { waiting } = pipe;
  // The answer before them was the last of the connection: nobody hears what comes of the others, so they are not begun.
  if (!socket.writable) {
    waiting.length = 0;
    return;
  }
  let count = 0;
  // One that is answered at once is not under way any more, and still had its turn.
  for (const [req] of waiting) {
    if (count >= UNDER_WAY_MAX || !mayBegin(pipe, req)) break;
    count += 1;
    begin(app, pipe, waiting[count - 1] as Exchange);
  }
  waiting.splice(0, count);
  if (waiting.length === 0) socket.resume();
}
