import type { ProductFields, ProductRevision } from '../../app/ledger/product';

/** The fields of a product for a test: a name only, unless the test says otherwise. */
export function fields(changes: Partial<ProductFields> = {}): ProductFields {
  return {
    name: 'Tea',
    sku: null,
    barcode: null,
    image: null,
    price: null,
    reorderPoint: null,
    reorderQuantity: null,
    ...changes,
  };
}

/** A revision for a test: of product 1, unless the test says otherwise. */
export function revision(number: number, changes: Partial<ProductRevision> = {}): ProductRevision {
  return {
    revision: number,
    productID: 1,
    ...fields(),
    reorderPoints: null,
    retired: false,
    revisedAt: new Date('2026-11-23T10:20:30.456Z'),
    actor: null,
    turnMark: 7,
    ...changes,
  };
}
