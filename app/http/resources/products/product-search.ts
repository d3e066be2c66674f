import type { Catalogue } from '../../../ledger/catalogue';
import { foldedCode } from '../../../ledger/code';
import type { ProductRevision } from '../../../ledger/product';
import { finder, searchText } from '../../../ledger/search-text';
import { Slices } from '../../../ledger/slice';

/** The conditions of a search. All that are given must hold. */
export interface ProductQuery {
  /** Words of the name, the beginning of a code, or a whole code by the rule for codes. */
  readonly q?: string | undefined;
  /** Codes, by the rule for codes. */
  readonly sku?: string | undefined;
  readonly barcode?: string | undefined;
  readonly retired: boolean;
}

/** The products that a query finds, by productID. @param after the productID after which they begin @param limit how many at most */
export async function search(
  catalogue: Catalogue,
  query: ProductQuery,
  after: number,
  limit: number,
): Promise<ProductRevision[]> {
  const isFound = matcher(query);
  const found: ProductRevision[] = [];
  const slices = new Slices();
  for (const part of candidates(catalogue, query, after)) {
    for (const product of part) {
      if (found.length >= limit) return found;
      if (product.productID > after && product.retired === query.retired && isFound(product)) {
        found.push(product);
      }
    }
    if (slices.isOver) await slices.next();
  }
  return found;
}

/**
 * The products that may match, part by part. The holders of a code are known, except retired products, which hold none.
 */
function* candidates(
  catalogue: Catalogue,
  { sku, barcode, retired }: ProductQuery,
  after: number,
): Generator<readonly ProductRevision[]> {
  if (retired || (sku === undefined && barcode === undefined)) {
    yield* catalogue.beyond(after);
    return;
  }
  const holders =
    sku === undefined
      ? catalogue.holdersOf('barcode', barcode as string)
      : catalogue.holdersOf('sku', sku);
  yield catalogue.of(holders);
}

function matcher({ q, sku, barcode }: ProductQuery): (product: ProductRevision) => boolean {
  const codes = Object.entries({ sku, barcode }).flatMap(([field, code]) =>
    code === undefined ? [] : [[field as 'sku' | 'barcode', foldedCode(code)] as const],
  );
  const isOf = (product: ProductRevision) =>
    codes.every(([field, code]) => folded(product[field]) === code);
  if (q === undefined) return isOf;
  const { isIn, begins, isCode } = finder(q);
  // A search does not look inside codes: a few digits would find too many of them.
  const isFound = ({ name, sku, barcode }: ProductRevision) =>
    isIn(searchText(name)) || [sku, barcode].some((code) => begins(code) || isCode(code));
  return (product) => isOf(product) && isFound(product);
}

function folded(code: string | null): string | undefined {
  return code === null ? undefined : foldedCode(code);
}
