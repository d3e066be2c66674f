import type { LocatedProduct } from '../location/located-product';

/** `here` is offered if the stock of one location is shown: what that location has. */
export const FILTER_NAMES = ['all', 'low', 'out', 'here'] as const;
export type Filter = (typeof FILTER_NAMES)[number];

/** Which products each filter shows. "All" leaves out what is retired and gone. */
export const FILTERS: Record<Filter, (product: LocatedProduct) => boolean> = {
  all: (product) => !product.retired || Boolean(product.availableQuantity),
  low: (product) => product.low || product.lowAt !== undefined,
  out: (product) => product.out && !product.retired,
  here: (product) => Boolean(product.availableQuantity),
};
