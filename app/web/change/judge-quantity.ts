import type { Product, Shop } from '../../client/shop';
import { isSameCode } from '../../ledger/code';
import { MARKS, plainCharacters } from '../ui/typed-number';
import type { ChangeKind } from './change-kinds';
import { type Judgement, judgeQuantity } from './typed-quantity';

/** A quantity as it was typed. */
export interface Typed {
  readonly product: Product;
  readonly kind: ChangeKind;
  readonly text: string;
  /** Whether its keys came as fast as a scanner sends them. */
  readonly isScanned: boolean;
}

/**
 * Judges a quantity by what the page knows of its product.
 *
 * @param had its largest quantity in its history, if that is known
 */
export function judge(
  shop: Shop,
  { product, kind, text, isScanned }: Typed,
  had?: number,
): Judgement {
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

function isKnownCode({ products }: Shop, text: string): boolean {
  const digits = plainCharacters(text);
  const isSame = (code: string | null) => code !== null && isSameCode(code, digits);
  return products.some(({ sku, barcode }) => isSame(sku) || isSame(barcode));
}
