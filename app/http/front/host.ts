import { isIPv4, isIPv6 } from 'node:net';

/** A host, and maybe a port (RFC 9110, section 7.2). Names are ASCII here: browsers send others as Punycode. */
const AUTHORITY = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{0,5}))?$/;

const PORT_MAX = 65_535;

/**
 * The host of an authority such as `Shop.example:5000`, in lower case, without the dot that may end a name.
 *
 * @returns undefined where it is no host
 */
export function hostOf(authority: string): string | undefined {
  const [, host, port = ''] = AUTHORITY.exec(authority) ?? [];
  if (host === undefined || Number(port) > PORT_MAX) return undefined;
  return host.toLowerCase().replace(/\.$/, '');
}

/**
 * Whether a host is an address or one of these names. An address needs no list: a page on another site can have
 * its own name resolve to this machine (DNS rebinding), but no page can have an address as its name.
 */
export function isOurs(host: string, names: ReadonlySet<string>): boolean {
  return isIPv4(host) || (host.startsWith('[') && isIPv6(host.slice(1, -1))) || names.has(host);
}
