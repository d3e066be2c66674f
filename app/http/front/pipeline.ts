import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SAFE_METHODS } from './safe-methods';

/** What is known of a connection: the answers to its last request, and to its last one that may change something. */
const LAST = Symbol('last');
const LAST_CHANGE = Symbol('last change');
type Pipe = Socket & { [LAST]?: ServerResponse; [LAST_CHANGE]?: ServerResponse };

/**
 * Answers the requests of a connection as if each were sent after the answer to the one before. A client may send several
 * without waiting (RFC 9112, section 9.3.2). Only those that change nothing may then be answered side by side: a GET must
 * not be answered from before the POST in front of it, nor from after the POST behind it.
 */
export function inTurn(app: RequestListener): RequestListener {
  return (req, res) => {
    const socket: Pipe = req.socket;
    const { [LAST]: last, [LAST_CHANGE]: lastChange } = socket;
    const isSafe = SAFE_METHODS.has(req.method ?? '');
    socket[LAST] = res;
    if (!isSafe) socket[LAST_CHANGE] = res;
    const before = isSafe ? lastChange : last;
    if (before === undefined || isOver(before)) app(req, res);
    else void waited(before, app, req, res);
  };
}

async function waited(
  before: ServerResponse,
  app: RequestListener,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  await closed(before);
  // The answer before it was the last of the connection: nobody hears what comes of this one, so it is not begun.
  if (req.socket.writable) app(req, res);
}

function isOver(answer: ServerResponse): boolean {
  return answer.writableFinished || answer.destroyed;
}

/** One promise for all that wait for an answer: a client may send hundreds at once. */
const CLOSED = Symbol('closed');

function closed(answer: ServerResponse & { [CLOSED]?: Promise<void> }): Promise<void> {
  answer[CLOSED] ??= new Promise((resolve) => answer.once('close', () => resolve()));
  return answer[CLOSED];
}
