import ipaddr from 'ipaddr.js';

/** How much there is of something that clients take up, such as connections, and which part one address may have. */
export interface PlaceLimits {
  readonly limit: number;
  /** From 1 to 100. */
  readonly sharePercent: number;
}

/** Counts what clients take up, of each address and of all. */
export class Places {
  readonly limit: number;
  readonly share: number;
  readonly #taken = new Map<string, number>();
  #total = 0;

  /** @param atLeast what one address may have whatever its share is, such as the largest single thing */
  constructor({ limit, sharePercent }: PlaceLimits, atLeast = 1) {
    this.share = Math.max(atLeast, Math.floor((limit * sharePercent) / 100));
    this.limit = Math.max(limit, this.share);
  }

  get total(): number {
    return this.#total;
  }

  /** Whether the address has had its share. */
  isShareTaken(address: string, amount = 1): boolean {
    return (this.#taken.get(address) ?? 0) + amount > this.share;
  }

  /** Whether there is no more for anybody. */
  isFull(amount = 1): boolean {
    return this.#total + amount > this.limit;
  }

  take(address: string, amount = 1): void {
    this.#total += amount;
    this.#taken.set(address, (this.#taken.get(address) ?? 0) + amount);
  }

  giveBack(address: string, amount = 1): void {
    this.#total -= amount;
    const left = (this.#taken.get(address) ?? 0) - amount;
    if (left > 0) this.#taken.set(address, left);
    else this.#taken.delete(address);
  }
}

/**
 * What counts as one client: an IPv4 address, or the /64 network of an IPv6 address, since one household has all of that
 * (RFC 6177). Headers such as X-Forwarded-For are not heeded: anybody can send them.
 */
export function clientOf(remoteAddress: string | undefined): string {
  if (remoteAddress === undefined || !ipaddr.isValid(remoteAddress)) return 'unknown';
  const address = ipaddr.process(remoteAddress);
  if (address.kind() === 'ipv4') return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}
