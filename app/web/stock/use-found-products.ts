import { useLayoutEffect, useMemo, useRef } from 'react';
import { finder } from '../../ledger/search-text';
import type { LocatedProduct } from '../location/located-product';
import { FILTERS, type Filter } from './stock-filters';

interface WantedProducts {
  readonly filter: Filter;
  /** The location whose stock is shown; 0 for all. */
  readonly locationID: number;
  readonly search: string;
  /** The product whose form is open. It stays in the list until the form is closed. */
  readonly openID: string | undefined;
  /** Whether the pointer is over the rows. No row is removed then, since that would move the rows below it. */
  readonly isHovered: boolean;
}

/**
 * The products that a filter and a search find.
 *
 * @returns also a key of the filter and the search: while it stays the same, so does the question
 */
export function useFoundProducts(
  products: readonly LocatedProduct[] | undefined,
  wanted: WantedProducts,
) {
  const { filter, locationID, search, openID, isHovered } = wanted;
  const key = `${filter} ${locationID} ${search}`;
  const shownBefore = useRef({ key: '', ids: new Set<number>() });
  const rows = useMemo(() => {
    const { isIn, isCode } = finder(search);
    // The text has the codes as well, so it also finds what they begin with.
    const isFound = ({ searchText, sku, barcode }: LocatedProduct) =>
      isIn(searchText) || isCode(sku) || isCode(barcode);
    const isShown = (product: LocatedProduct) => FILTERS[filter](product) && isFound(product);
    const isOpen = ({ productID }: LocatedProduct) => String(productID) === openID;
    const stays = isHovered && shownBefore.current.key === key;
    const isHeld = ({ productID }: LocatedProduct) =>
      stays && shownBefore.current.ids.has(productID);
    return (
      products?.filter((product) => isOpen(product) || isHeld(product) || isShown(product)) ?? []
    );
  }, [products, filter, search, openID, isHovered, key]);
  // Only what was really shown: React may begin a rendering and drop it.
  useLayoutEffect(() => {
    shownBefore.current = { key, ids: new Set(rows.map(({ productID }) => productID)) };
  }, [rows, key]);
  return { rows, key };
}
