import { shortDecimal } from '../../../ledger/money';
import type { ProductFields, ProductRevision } from '../../../ledger/product';
import type { ProductPreview } from '../../../wire/imports';

/** A field that changes, as text; null for nothing. */
type FieldChange = ProductPreview['changes'][number];

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
