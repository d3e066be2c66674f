import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';

/** A request id that a client may name itself: what cannot be mistaken for anything else in a log. */
const REQUEST_ID = /^[\w.:-]{1,100}$/;

/** One line a request, with its id, which the answer carries as `X-Request-Id`. Headers and bodies are not logged. */
export function requestLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    genReqId: (req: IncomingMessage, res: ServerResponse) => {
      const named = req.headers['x-request-id'];
      const id = typeof named === 'string' && REQUEST_ID.test(named) ? named : randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({ method, url }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
    customLogLevel: (req, res, error) => {
      if (error || res.err || res.statusCode === 500) return 'error';
      // A healthy service is asked every few seconds; only other answers are worth a line.
      return isProbe(req) && res.statusCode === 200 ? 'debug' : 'info';
    },
  });
}

/** What programs ask every few seconds: whether all is well, and, as the monitor, whether there is something to deliver. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics', '/alerts/deliveries']);

function isProbe({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && PROBES.has(url.split('?', 1)[0] as string);
}
