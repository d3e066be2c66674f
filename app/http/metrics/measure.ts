import type { Request, Response } from 'express';
import type { Metrics } from './process-metrics';

/** Stands for the status of an answer that nobody waited for, as in the logs of other servers. */
const CLIENT_GONE = 499;

/**
 * Measures a request that is over, unless its answer was a stream of events, which lasts as it likes.
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
