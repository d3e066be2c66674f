import type { RequestHandler, Response } from 'express';
import type { Metrics } from './metrics';

/** Stands for every path that is none of ours, so that nobody can make labels without end. */
const NO_ROUTE = 'none';

/** Measures every request. It must come before all that answers. */
export function measure(metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const begun = performance.now();
    let measured = false;
    const done = () => {
      if (measured || isStream(res)) return;
      measured = true;
      const seconds = (performance.now() - begun) / 1_000;
      metrics.onRequest(req.method, routeOf(req.route), res.statusCode, seconds);
    };
    res.on('finish', done);
    // A client that went away before its answer.
    res.on('close', done);
    next();
  };
}

function isStream(res: Response): boolean {
  return String(res.getHeader('Content-Type')).startsWith('text/event-stream');
}

/** The path of a route as the documentation writes it: `/inventory/{productID}`. */
function routeOf(route: { path: string } | undefined): string {
  return route?.path.replaceAll(/:(\w+)/g, '{$1}') ?? NO_ROUTE;
}
