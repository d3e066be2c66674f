import type { Request, Response } from 'express';
import type { Metrics } from './metrics';

/** Stands for every path that is none of ours, so that nobody can make labels without end. */
const NO_ROUTE = 'none';

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
  metrics.onRequest(req.method, routeOf(req.route), status, tookMs / 1_000);
}

function isStream(res: Response): boolean {
  return String(res.getHeader('Content-Type')).startsWith('text/event-stream');
}

/** The path of a route as the documentation writes it: `/inventory/{productID}`. */
function routeOf(route: { path: string } | undefined): string {
  return route?.path.replaceAll(/:(\w+)/g, '{$1}') ?? NO_ROUTE;
}
