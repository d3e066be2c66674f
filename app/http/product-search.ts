import { setImmediate as pause } from 'node:timers/promises';
import type { Catalogue } from '../ledger/catalogue';
import { foldedCode } from '../ledger/code';
import type { ProductRevision } from '../ledger/product';
import { searchText } from '../ledger/search-text';

/** What is looked for: all that is given must hold. */
export interface ProductQuery {
  /** Words of the name, or the beginning of a code, or a code by the rule for codes. */
  readonly q?: string | undefined;
  /** Codes, by the rule for codes. */
  readonly sku?: string | undefined;
  readonly barcode?: string | undefined;
  readonly retired: boolean;
}

/** Products that are looked at before others get their turn: a few milliseconds, whatever their names are. */
const BLOCK = 1_000;

/** The products after one, by productID, that a query finds: so many at most. */
export async function search(
  catalogue: Catalogue,
  query: ProductQuery,
  after: number,
  limit: number,
): Promise<ProductRevision[]> {
  const isFound = matcher(query);
  const found: ProductRevision[] = [];
  for (const [index, product] of candidates(catalogue, query).entries()) {
    if (found.length >= limit) break;
    if (product.productID > after && product.retired === query.retired && isFound(product)) {
      found.push(product);
    }
    if (index % BLOCK === BLOCK - 1) await pause();
  }
  return found;
}

/** All products that may be found: those that hold a code are known, and a retired one holds none. */
function candidates(
  catalogue: Catalogue,
  { sku, barcode, retired }: ProductQuery,
): readonly ProductRevision[] {
  if (retired || (sku === undefined && barcode === undefined)) return catalogue.all();
  const holders =
    sku === undefined
      ? catalogue.holdersOf('barcode', barcode as string)
      : catalogue.holdersOf('sku', sku);
  return holders.map((productID) => catalogue.get(productID) as ProductRevision);
}

function matcher({ q, sku, barcode }: ProductQuery): (product: ProductRevision) => boolean {
  const codes = Object.entries({ sku, barcode }).flatMap(([field, code]) =>
    code === undefined ? [] : [[field as 'sku' | 'barcode', foldedCode(code)] as const],
  );
  const isOf = (product: ProductRevision) =>
    codes.every(([field, code]) => folded(product[field]) === code);
  if (q === undefined) return isOf;
  const text = searchText(q);
  const words = text.split(/\s+/);
  const code = foldedCode(q);
  return (product) => {
    if (!isOf(product)) return false;
    const name = searchText(product.name);
    return (
      words.every((word) => name.includes(word)) ||
      [product.sku, product.barcode].some(
        (own) => own !== null && (searchText(own).startsWith(text) || foldedCode(own) === code),
      )
    );
  };
}

function folded(code: string | null): string | undefined {
  return code === null ? undefined : foldedCode(code);
}
