import type { Request, Response } from 'express';
import type { Metrics } from './metrics';

/** The status for a client that went away before its answer, as in the logs of nginx. */
const CLIENT_GONE = 499;

/**
 * Measures a request that is over. Event streams are left out, since they last as long as their client wants.
 *
 * @param tookMs from the request to the end of its answer
 */
export function measureRequest(
  metrics: Metrics,
  req: Request,
  res: Response,
  tookMs: number,
): void {
  if (isStream(res)) return;
  const status = res.headersSent ? res.statusCode : CLIENT_GONE;
  metrics.onRequest(req.method, req.route?.path, status, tookMs / 1_000);
}

function isStream(res: Response): boolean {
  return String(res.getHeader('Content-Type')).startsWith('text/event-stream');
}
