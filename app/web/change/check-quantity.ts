import type { LedgerRecord } from '../../client/answers';
import type { Product, Shop } from '../../client/shop';
import { isSameCode } from '../../ledger/code';
import { ask } from '../api/ask';
import { LEDGER, type Page } from '../page';
import { MARKS, plainCharacters } from '../ui/typed-number';
import type { Kind } from './kinds';
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

/** Judges a quantity by what the page knows of its product. */
export function judge(shop: Shop, { product, kind, text, isScanned }: Typed, largest = 0) {
  return judgeQuantity({
    text,
    least: kind === 'count' ? 0 : 1,
    marks: MARKS,
    isScanned,
    isKnownCode: isKnownCode(shop, text),
    largest: Math.max(largest, largestKnown(product)),
  });
}

/** The same, and asks the ledger for the product's history before it asks anybody whether so many are meant. */
export async function judgeByHistory(page: Page, shop: Shop, typed: Typed): Promise<Judgement> {
  const judgement = judge(shop, typed);
  if (judgement.verdict !== 'doubtful') return judgement;
  // Short of a history nothing changes.
  const largest = await largestRecorded(page, typed.product.productID).catch(() => 0);
  return judge(shop, typed, largest);
}

function largestKnown({ availableQuantity, units30, reorderPoint, reorderQuantity }: Product) {
  return Math.max(availableQuantity ?? 0, units30, reorderPoint ?? 0, reorderQuantity ?? 0);
}

function largestRecorded({ queries }: Page, productID: number): Promise<number> {
  return queries.fetchQuery({
    queryKey: [...LEDGER, 'largest', productID],
    queryFn: async () => {
      const signal = AbortSignal.timeout(WAIT_MS);
      const path = `/inventory/${productID}/records?limit=${RECORDS}`;
      const { body } = await ask<LedgerRecord[]>(path, { signal });
      return body.reduce(
        (most, { availableQuantity, quantityChange }) =>
          Math.max(most, availableQuantity, Math.abs(quantityChange ?? 0)),
        0,
      );
    },
    retry: false,
  });
}

function isKnownCode({ products }: Shop, text: string): boolean {
  const digits = plainCharacters(text);
  const isSame = (code: string | null) => code !== null && isSameCode(code, digits);
  return products.some(({ sku, barcode }) => isSame(sku) || isSame(barcode));
}
