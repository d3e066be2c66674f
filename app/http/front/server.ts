import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { withBasePath } from '../answers/base-path';
import { Problem } from '../problems/problem';
import { continueWhenRead } from './continue';
import { inTurn } from './pipeline';
import { closeWithConnection } from './unheard';

/** Bytes of request line and headers. It is Node's default, and must be above the limit of the URL. */
const HEADERS_MAX_BYTES = 16_384;

/** How long a client may take to send the headers of a request, and how long a connection may be idle. */
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** How often Node checks these limits. By default it does so every 30 s, so that clients would get up to 40 s. */
const TIMEOUT_CHECK_MS = 1_000;

/**
 * An HTTP server that answers with problems even what Node refuses itself.
 *
 * @param requestTimeoutMs how long a client may take to send one request
 */
export function httpServer(app: RequestListener, requestTimeoutMs: number, basePath = ''): Server {
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    maxHeaderSize: HEADERS_MAX_BYTES,
    // The front door refuses such requests with a problem.
    requireHostHeader: false,
  });
  const answer = inTurn(app);
  server.on('request', (req, res) => {
    (req.socket as Answering)[ANSWER] = res;
    closeWithConnection(res);
    answer(req, res);
  });
  server.on('checkContinue', (req, res) => {
    continueWhenRead(req, res);
    server.emit('request', req, res);
  });
  // Expectations other than 100-continue may be ignored (RFC 9110, section 10.1.1).
  server.on('checkExpectation', (req, res) => server.emit('request', req, res));
  server.on('connect', (_req, socket) => answerUnread('', socket as Socket, basePath));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    answerUnread(error.code ?? '', socket as Socket, basePath);
  });
  return server;
}

/** The last answer of a connection, sent or not. */
const ANSWER = Symbol('answer');
type Answering = Socket & { [ANSWER]?: ServerResponse };

/**
 * Answers what is not a valid request, and closes the connection. A whole request before it gets its own answer first, since
 * it may have been recorded.
 */
function answerUnread(code: string, socket: Answering, basePath: string): void {
  const answer = socket[ANSWER];
  const isUnderWay = answer !== undefined && !answer.writableFinished && !answer.destroyed;
  if (socket.writable && isUnderWay && answer.req.complete) {
    answer.once('close', () => socket.destroySoon());
    return;
  }
  const hasBegun = isUnderWay && answer.headersSent;
  if (!socket.writable || hasBegun || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  // Waits until it is written, and reads nothing more.
  socket.end(text(problemOf(code), basePath), () => socket.destroy());
}

function problemOf(code: string): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(
        'headers-too-large',
        `The request line and the headers may have ${HEADERS_MAX_BYTES} bytes at most.`,
      );
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request-timeout', 'The request did not arrive in time. Send it again.');
    default:
      return new Problem('malformed-request', 'This is not a well-formed HTTP request.');
  }
}

/** A problem as the bytes of an HTTP answer. */
function text(problem: Problem, basePath: string): string {
  const body = JSON.stringify(problem.body(), withBasePath(basePath));
  return [
    `HTTP/1.1 ${problem.status} ${problem.reason}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
