import type { Request, Response } from 'express';
import type { Metrics } from './metrics';

/** Stands for every path that is none of ours, so that nobody can make labels without end. */
const NO_ROUTE = 'none';

/** Stands for the status of an answer that nobody waited for, as in the logs of other servers. */
const CLIENT_GONE = 499;

/** Measures a request. It must come before all that answers. */
export function measure(metrics: Metrics, req: Request, res: Response): void {
  const begun = performance.now();
  // It comes after the answer, and where there is none: the client has gone.
  res.on('close', () => {
    if (isStream(res)) return;
    const seconds = (performance.now() - begun) / 1_000;
    const status = res.headersSent ? res.statusCode : CLIENT_GONE;
    metrics.onRequest(req.method, routeOf(req.route), status, seconds);
  });
}

function isStream(res: Response): boolean {
  return String(res.getHeader('Content-Type')).startsWith('text/event-stream');
}

/** The path of a route as the documentation writes it: `/inventory/{productID}`. */
function routeOf(route: { path: string } | undefined): string {
  return route?.path.replaceAll(/:(\w+)/g, '{$1}') ?? NO_ROUTE;
}
