import type { IncomingHttpHeaders } from 'node:http';
import { SAFE_METHODS } from './safe-methods';

/** What a browser says of a request that its own page makes, or that somebody typed (https://www.w3.org/TR/fetch-metadata/). */
const OWN_SITE = new Set(['same-origin', 'none']);

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)$/i;

/**
 * Whether a request would change something, and comes from a page of another site. The algorithm is that of
 * CrossOriginProtection in Go's net/http (https://pkg.go.dev/net/http#CrossOriginProtection): what a browser says
 * in `Sec-Fetch-Site` decides; where it says nothing, its `Origin` does; a request that has neither comes from no
 * browser of the last years. `same-site` is refused, too: another service on this machine is the same site.
 *
 * @param host what the request names as its host, with the port
 */
export function isCrossSite(method: string, headers: IncomingHttpHeaders, host: string): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const site = headers['sec-fetch-site'];
  if (site) return !OWN_SITE.has(String(site));
  const { origin } = headers;
  if (!origin) return false;
  return ORIGIN.exec(origin)?.[1]?.toLowerCase() !== host.toLowerCase();
}
