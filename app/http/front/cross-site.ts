import type { IncomingHttpHeaders } from 'node:http';
import { SAFE_METHODS } from './safe-methods';

/** `Sec-Fetch-Site` of requests from the service's own page or typed by a user (https://www.w3.org/TR/fetch-metadata/). */
const OWN_SITE = new Set(['same-origin', 'none']);

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)$/i;

/**
 * Whether a request changes something and comes from a page of another site. The algorithm is that of
 * CrossOriginProtection in Go's net/http (https://pkg.go.dev/net/http#CrossOriginProtection): `Sec-Fetch-Site` decides, or
 * `Origin` if it is missing. A request with neither comes from no current browser. `same-site` is refused, too: another
 * service on this machine is the same site.
 *
 * @param host the host of the request, with the port
 */
export function isCrossSite(method: string, headers: IncomingHttpHeaders, host: string): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const site = headers['sec-fetch-site'];
  if (site) return !OWN_SITE.has(String(site));
  const { origin } = headers;
  if (!origin) return false;
  return ORIGIN.exec(origin)?.[1]?.toLowerCase() !== host.toLowerCase();
}
