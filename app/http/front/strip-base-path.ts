import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../problems/problem';
import { shortened } from '../problems/shortened';

/** Paths of health checks and Prometheus, which need not know the base path: they work without it, too. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Removes the base path from a request's URL. `originalUrl` keeps it.
 *
 * @param basePath such as `/inventory`; empty for none
 * @returns a problem if the URL is not below the base path; `answered` if it is the base path without a slash at its end:
 *   the redirect adds it, since relative links of the page need it
 */
export function stripBasePath(
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
