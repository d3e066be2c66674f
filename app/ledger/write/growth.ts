import type { GrowthRefusal } from '../refusal';

/** How much of a kind there may be; undefined for any number. */
export interface GrowthLimits {
  /** Products that may have records, and as many that may be in the catalogue. */
  readonly productLimit?: number | undefined;
  /** Events of one alert. After them people can no longer handle it; the stock still resolves it. */
  readonly alertEventsLimit?: number | undefined;
}

/** Refuses a new product beyond the limit. */
export function refuseGrowth(
  productID: number,
  limit: number,
  command: { readonly line?: number | undefined } | object,
): GrowthRefusal {
  const refused = { refusal: 'product-limit', productID, limit } as const;
  const line = 'line' in command ? command.line : undefined;
  return line === undefined ? refused : { ...refused, line };
}
