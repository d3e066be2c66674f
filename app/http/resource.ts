import type { Express, RequestHandler } from 'express';
import { Problem } from './problem';

/** The handlers of one path, by method. */
export interface Methods {
  readonly get?: RequestHandler | RequestHandler[];
  readonly post?: RequestHandler | RequestHandler[];
}

/** Serves a path: its methods, OPTIONS, and 405 with `Allow` for every other (RFC 9110, section 15.5.6). */
export function resource(app: Express, path: string, { get, post }: Methods): void {
  const route = app.route(path);
  const allow = [get && 'GET, HEAD', post && 'POST', 'OPTIONS'].filter(Boolean).join(', ');
  if (get) route.get(get);
  if (post) route.post(post);
  route.options((_req, res) => {
    res.set('Allow', allow).status(204).end();
  });
  route.all((req) => {
    throw new Problem(
      'method-not-allowed',
      `${req.method} is not taken here: use one of ${allow}.`,
      {},
      { Allow: allow },
    );
  });
}
