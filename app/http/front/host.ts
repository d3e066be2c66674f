import { isIPv4, isIPv6 } from 'node:net';

/** A host with an optional port (RFC 9110, section 7.2). Names are ASCII: browsers send others as Punycode. */
const AUTHORITY = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{0,5}))?$/;

const PORT_MAX = 65_535;

/**
 * The host of an authority such as `Shop.example:5000`, in lower case and without a dot at the end.
 *
 * @returns undefined if there is no valid host
 */
export function hostOf(authority: string): string | undefined {
  const [, host, port = ''] = AUTHORITY.exec(authority) ?? [];
  if (host === undefined || Number(port) > PORT_MAX) return undefined;
  return host.toLowerCase().replace(/\.$/, '');
}

/**
 * Whether a request may name this host: an IP address or one of these names. A page on another site can make its own name
 * resolve to this machine (DNS rebinding), but it cannot have an address as its name.
 */
export function isAllowedHost(host: string, names: ReadonlySet<string>): boolean {
  return isIPv4(host) || (host.startsWith('[') && isIPv6(host.slice(1, -1))) || names.has(host);
}
