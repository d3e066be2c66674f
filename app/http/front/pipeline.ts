import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SAFE_METHODS } from './safe-methods';

/**
 * Requests of one connection that are answered at the same time: about as many as a page sends at once. Other connections
 * are served after as many.
 */
const UNDER_WAY_MAX = 16;

type Exchange = readonly [req: IncomingMessage, res: ServerResponse];

/** The requests of a connection. */
interface Pipe {
  /** Requests that have begun and are not answered. */
  underWay: number;
  /** Whether one of them changes something: then it is the only one. */
  isChanging: boolean;
  /** Requests that have not begun, in order. */
  waiting: Exchange[];
  /** Whether the connection will be paused. */
  isHolding: boolean;
  /** Whether the next requests are scheduled. */
  isDue: boolean;
}

const PIPE = Symbol('pipe');
type Piped = Socket & { [PIPE]?: Pipe };

/**
 * Answers the requests of a connection as if each were sent after the answer to the one before. A client may send several
 * without waiting (RFC 9112, section 9.3.2). Only requests that change nothing are answered at the same time: a GET must see
 * the effect of the POST before it, and not of the POST after it.
 *
 * While requests wait, nothing more is read from their connection. The rest stays on the client's machine, and other
 * connections are served.
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
 * Pauses a connection while requests wait. Not at once, since Node resumes it after each whole request.
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
    // Not at once, so that other connections are served in between.
    setImmediate(() => {
      pipe.isDue = false;
      goOn(app, pipe, req.socket);
    });
  });
  app(req, res);
}

/** Begins the waiting requests that may begin, and reads on if none is left. */
function goOn(app: RequestListener, pipe: Pipe, socket: Socket): void {
  const { waiting } = pipe;
  // The connection is closed, so nobody would get the answers.
  if (!socket.writable) {
    waiting.length = 0;
    return;
  }
  let count = 0;
  // Counted here, since a request that is answered at once is no longer under way.
  for (const [req] of waiting) {
    if (count >= UNDER_WAY_MAX || !mayBegin(pipe, req)) break;
    count += 1;
    begin(app, pipe, waiting[count - 1] as Exchange);
  }
  waiting.splice(0, count);
  if (waiting.length === 0) socket.resume();
}
