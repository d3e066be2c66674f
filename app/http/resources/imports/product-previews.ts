import { shortDecimal } from '../../../ledger/money';
import type { ProductFields, ProductRevision } from '../../../ledger/product';

/** A field that changes, as text; null for nothing. */
export interface FieldChange {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What one line of products would change. */
export interface ProductPreview {
  readonly line: number;
  readonly action: 'create' | 'update';
  /** Null if it gets the next free number. */
  readonly productID: number | null;
  readonly name: string;
  readonly changes: readonly FieldChange[];
  /** Whether the product was changed after the dry run, so that the line is refused. */
  readonly moved: boolean;
}

/** The fields of a product that would change. */
export function changesOf(
  known: ProductRevision | undefined,
  fields: Partial<ProductFields>,
): FieldChange[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const from = shown(field, known?.[field as keyof ProductFields] ?? null);
    const to = shown(field, value);
    return from === to ? [] : [{ field, from, to }];
  });
}

function shown(field: string, value: string | number | null): string | null {
  if (value === null) return null;
  return field === 'price' ? shortDecimal(Number(value)) : String(value);
}
