import type { LedgerRecord } from '../../client/answers';
import type { Product, Shop } from '../../client/shop';
import { isSameCode } from '../../ledger/code';
import { ask } from '../api/ask';
import { LEDGER, type Page } from '../page';
import { MARKS, plainCharacters } from '../ui/typed-number';
import type { Kind } from './kinds';
import { largestHad } from './largest-had';
import { type Judgement, judgeQuantity } from './typed-quantity';

/** Records that are looked through for the largest number that a product has had. */
const RECORDS = 1_000;

/** How long that may take: without an answer there is a question to whoever typed the quantity. */
const WAIT_MS = 2_000;

/** A quantity as it stands in its field. */
export interface Typed {
  readonly product: Product;
  readonly kind: Kind;
  readonly text: string;
  /** Whether its keys came as fast as a scanner sends them. */
  readonly isScanned: boolean;
}

/**
 * Judges a quantity by what the page knows of its product.
 *
 * @param had the most that it has had by its history, where that is known
 */
export function judge(shop: Shop, { product, kind, text, isScanned }: Typed, had?: number) {
  const hasNow = Math.max(product.availableQuantity ?? 0, product.units30);
  const ordered = Math.max(product.reorderPoint ?? 0, product.reorderQuantity ?? 0);
  return judgeQuantity({
    text,
    least: kind === 'count' ? 0 : 1,
    marks: MARKS,
    isScanned,
    isKnownCode: isKnownCode(shop, text),
    largest: Math.max(had ?? 0, hasNow, ordered),
    isNew: product.record === null || (had === 0 && hasNow === 0),
  });
}

/** The same, and asks the ledger for the product's history before it asks anybody whether so many are meant. */
export async function judgeByHistory(page: Page, shop: Shop, typed: Typed): Promise<Judgement> {
  const judgement = judge(shop, typed);
  if (judgement.verdict !== 'doubtful') return judgement;
  // Short of a history nothing changes.
  const had = await largestRecorded(page, typed.product.productID).catch(() => undefined);
  return judge(shop, typed, had);
}

function largestRecorded({ queries }: Page, productID: number): Promise<number> {
  return queries.fetchQuery({
    queryKey: [...LEDGER, 'largest', productID],
    queryFn: async () => {
      const signal = AbortSignal.timeout(WAIT_MS);
      const path = `/inventory/${productID}/records?limit=${RECORDS}`;
      const { body } = await ask<LedgerRecord[]>(path, { signal });
      return largestHad(body);
    },
    retry: false,
  });
}

function isKnownCode({ products }: Shop, text: string): boolean {
  const digits = plainCharacters(text);
  const isSame = (code: string | null) => code !== null && isSameCode(code, digits);
  return products.some(({ sku, barcode }) => isSame(sku) || isSame(barcode));
}
