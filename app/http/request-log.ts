import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Level, Logger } from 'pino';
import { REQUEST_ID_HEADER } from '../wire/headers';

/** A request id that a client may choose: text that cannot be mistaken for anything else in a log. */
const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** Readers of the log must not be able to use the links in other people's mails. */
const SIGNATURE = /([?&]signature=)[^&]*/;

/** Nor what a provider sends back with a browser that signs in. */
const CALLBACK_QUERY = /(\/sign-in\/provider\/callback\/?\?).*/s;

/**
 * Nor a key, or the secret of a session or an invitation, that somebody has put into a URL by mistake: `inv_…`, or 43 characters
 * of base64url.
 */
const SECRET = /(?<![\w-])(?:inv_[\w-]{49}|[\w-]{43})(?![\w-])/g;

/** Characters of a URL that are logged: more than any valid URL has, and a bound on what clients can write into the log. */
const LOGGED_URL_MAX = 1_000;

/** Gives a request its id, which the answer carries as `X-Request-Id`. */
export function identify(req: Request, res: Response): void {
  const named = req.headers['x-request-id'];
  const valid = typeof named === 'string' && REQUEST_ID.test(named);
  res.setHeader(REQUEST_ID_HEADER, valid ? named : randomUUID());
}

/** The member of a log line that names its request. */
export function bound(res: Response): { reqId: string } {
  return { reqId: String(res.getHeader(REQUEST_ID_HEADER)) };
}

/**
 * Logs one line for a request that is over, without headers and bodies. Not by pino-http: it makes a logger for each
 * request, which takes longer than most requests.
 *
 * @param tookMs from the request to the end of its answer
 * @param requestLevel the level of requests without an error
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
    // The client went away before there was an answer.
    status: res.headersSent ? res.statusCode : null,
    responseTime: Math.round(tookMs),
  };
  logger[level](
    error === undefined ? line : { ...line, err: error },
    res.writableFinished ? 'request completed' : 'request aborted',
  );
}

/** Requests that the front door refused have no `locals`: Express has not seen them. */
function errorOf(res: Partial<Response>): unknown {
  return res.locals?.error;
}

function loggedUrl({ originalUrl, url }: Partial<Request>): string {
  const whole = (originalUrl ?? url ?? '')
    .replace(SIGNATURE, '$1…')
    .replace(CALLBACK_QUERY, '$1…')
    .replace(SECRET, '…');
  return whole.length > LOGGED_URL_MAX ? `${whole.slice(0, LOGGED_URL_MAX)}…` : whole;
}

function levelOf(requestLevel: Level, req: Request, res: Response): Level {
  if (errorOf(res) !== undefined || res.statusCode === 500) return 'error';
  // Probes come every few seconds. Only their failures are worth a line.
  return res.statusCode === 200 && res.writableFinished && isProbe(req) ? 'debug' : requestLevel;
}

/** Paths that programs request every few seconds: health checks, and the monitor's look for deliveries. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics', '/alerts/deliveries']);

function isProbe({ method, path }: Request): boolean {
  return method === 'GET' && PROBES.has(path);
}
