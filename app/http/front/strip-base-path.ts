import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../problems/problem';
import { shortened } from '../problems/shortened';

/** Asked by neighbours of the service, which need not know its base path: they are answered without it, too. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Takes the base path from a request's URL, so that all else is as it is without one. `originalUrl` keeps it.
 *
 * @param basePath such as `/inventory`; empty for none
 * @returns a problem where the URL has another path; `answered` where it is the base path without the slash at its end,
 *   relative to which the page would not find what it is made of
 */
export function enter(
  req: IncomingMessage & { originalUrl?: string },
  res: ServerResponse,
  basePath: string,
): Problem | 'answered' | undefined {
  if (basePath === '') return undefined;
  const { url = '' } = req;
  const [path = '', ...query] = url.split('?');
  if (PROBES.has(path)) return undefined;
  req.originalUrl = url;
  if (path === basePath) {
    const location = [`${basePath}/`, ...query].join('?');
    res.writeHead(308, { Location: location, 'Content-Length': 0 }).end();
    return 'answered';
  }
  if (!path.startsWith(`${basePath}/`)) {
    return new Problem(
      'unknown-path',
      `There is nothing at ${shortened(path)}: this service is at ${basePath}/.`,
    );
  }
  req.url = url.slice(basePath.length);
  return undefined;
}
