import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Level, Logger } from 'pino';
import { REQUEST_ID_HEADER } from '../wire/headers';

/** A request id that a client may name itself: what cannot be mistaken for anything else in a log. */
const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** Whoever reads the log is not to use the link of a mail that somebody else has got. */
const SIGNATURE = /([?&]signature=)[^&]*/;

/** As much of a URL as is logged: more than any of today has, and a bound to what a stranger can have written. */
const LOGGED_URL_MAX = 1_000;

/** Gives a request its id, which the answer carries as `X-Request-Id`. */
export function identify(req: Request, res: Response): void {
  const named = req.headers['x-request-id'];
  const valid = typeof named === 'string' && REQUEST_ID.test(named);
  res.setHeader(REQUEST_ID_HEADER, valid ? named : randomUUID());
}

/** What ties any line of the log to the request that it is about. */
export function bound(res: Response): { reqId: string } {
  return { reqId: String(res.getHeader(REQUEST_ID_HEADER)) };
}

/**
 * Logs one line of a request that is over. Headers and bodies are not logged. It is written here rather
 * than by pino-http, whose logger for each request costs more than all that most requests do: here one
 * logger serves them all.
 *
 * @param tookMs from the request to the end of its answer
 * @param requestLevel the level of a request that nothing was wrong with
 */
export function logRequest(
  logger: Logger,
  req: Request,
  res: Response,
  tookMs: number,
  requestLevel: Level = 'info',
): void {
  const error = errorOf(res);
  const level = levelOf(requestLevel, req, res);
  if (!logger.isLevelEnabled(level)) return;
  const line = {
    reqId: res.getHeader(REQUEST_ID_HEADER),
    method: req.method,
    url: loggedUrl(req),
    // What would have been answered was not.
    status: res.headersSent ? res.statusCode : null,
    responseTime: Math.round(tookMs),
  };
  logger[level](
    error === undefined ? line : { ...line, err: error },
    res.writableFinished ? 'request completed' : 'request aborted',
  );
}

/** What was refused at the front door, Express has not seen. */
function errorOf(res: Partial<Response>): unknown {
  return res.locals?.error;
}

function loggedUrl({ originalUrl, url }: Partial<Request>): string {
  const whole = (originalUrl ?? url ?? '').replace(SIGNATURE, '$1…');
  return whole.length > LOGGED_URL_MAX ? `${whole.slice(0, LOGGED_URL_MAX)}…` : whole;
}

function levelOf(requestLevel: Level, req: Request, res: Response): Level {
  if (errorOf(res) !== undefined || res.statusCode === 500) return 'error';
  // A healthy service is asked every few seconds; only other answers are worth a line.
  return res.statusCode === 200 && res.writableFinished && isProbe(req) ? 'debug' : requestLevel;
}

/** What programs ask every few seconds: whether all is well, and, as the monitor, whether there is something to deliver. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics', '/alerts/deliveries']);

function isProbe({ method, path }: Request): boolean {
  return method === 'GET' && PROBES.has(path);
}
