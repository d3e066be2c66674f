import ipaddr from 'ipaddr.js';

/** How many places there are for something, such as connections, and which part of them one address may have. */
export interface PlaceLimits {
  readonly limit: number;
  /** From 1 to 100. */
  readonly sharePercent: number;
}

/** Counts the places that are taken, by each address and by all. */
export class Places {
  readonly limit: number;
  readonly share: number;
  readonly #taken = new Map<string, number>();
  #total = 0;

  /** @param atLeast places that one address may have even if its share is smaller, such as the largest body */
  constructor({ limit, sharePercent }: PlaceLimits, atLeast = 1) {
    this.share = Math.max(atLeast, Math.floor((limit * sharePercent) / 100));
    this.limit = Math.max(limit, this.share);
  }

  get total(): number {
    return this.#total;
  }

  /** Whether the address has no place left of its share. */
  isShareTaken(address: string, amount = 1): boolean {
    return (this.#taken.get(address) ?? 0) + amount > this.share;
  }

  /** Whether no place is left. */
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
 * The address that counts as one client: an IPv4 address, or the /64 network of an IPv6 address, which one household has
 * (RFC 6177).
 */
export function clientOf(remoteAddress: string | undefined): string {
  if (remoteAddress === undefined || !ipaddr.isValid(remoteAddress)) return 'unknown';
  const address = ipaddr.process(remoteAddress);
  if (address.kind() === 'ipv4') return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}
