import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { clientOf } from './places';

type Network = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** The proxies in front of the service, which say in `X-Forwarded-For` for whom they ask. */
export class Proxies {
  readonly #networks: readonly Network[];

  /** @param named addresses, and networks such as `10.0.0.0/8` */
  constructor(named: readonly string[]) {
    this.#networks = named.map(networkOf);
  }

  /** Whether an address is that of a proxy. */
  has(address: string | undefined): boolean {
    if (address === undefined || !ipaddr.isValid(address)) return false;
    const found = ipaddr.process(address);
    return this.#networks.some(
      ([network, bits]) => network.kind() === found.kind() && found.match(network, bits),
    );
  }

  /**
   * The address of who asks: the last one in `X-Forwarded-For` that is not a proxy's. What stands before it was sent by
   * the client, who can make up anything.
   */
  addressOf(req: IncomingMessage): string | undefined {
    let address = req.socket.remoteAddress;
    const forwarded = String(req.headers['x-forwarded-for'] ?? '').split(',');
    while (this.has(address)) {
      const next = forwarded.pop()?.trim();
      if (next === undefined || !ipaddr.isValid(next)) return address;
      address = next;
    }
    return address;
  }
}

/** The clients of requests that came through a proxy. */
const clients = new WeakMap<IncomingMessage, string>();

/** Notes whose request it is, if a proxy has passed it on. */
export function noteClient(req: IncomingMessage, proxies: Proxies): void {
  if (proxies.has(req.socket.remoteAddress)) clients.set(req, clientOf(proxies.addressOf(req)));
}

/** The address that counts as the client of a request, as `clientOf` gives it. */
export function clientOfRequest(req: IncomingMessage): string {
  return clients.get(req) ?? clientOf(req.socket.remoteAddress);
}

function networkOf(named: string): Network {
  if (named.includes('/')) return ipaddr.parseCIDR(named);
  const address = ipaddr.process(named);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
