import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { NotDelivered } from './sending';

/** The public addresses of IPv6 (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Resolves a name, and refuses it if any of its addresses is not public. The connection uses the address that was checked,
 * so the name cannot change its meaning in between.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    try {
      for (const { address } of addresses) requirePublic(address);
    } catch (refused) {
      return callback(refused as Error, '', 0);
    }
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

/** @throws NotDelivered if an address belongs to a private network, to this machine, or to nobody */
export function requirePublic(address: string): void {
  // `process` turns an IPv4 address that is mapped into IPv6 back into IPv4.
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST))) return;
  throw new NotDelivered(
    `${address} is ${range === 'unicast' ? 'reserved' : range}, not public: WEBHOOK_ALLOW_PRIVATE=true allows it`,
    false,
  );
}
