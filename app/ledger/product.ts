/** What the catalogue says of a product, apart from its number. */
export interface ProductFields {
  readonly name: string;
  /** Unique among products that are not retired; null where it has none. */
  readonly sku: string | null;
  /** Unique among products that are not retired; null where it has none. */
  readonly barcode: string | null;
  /** URL of a picture. */
  readonly image: string | null;
  /** What one unit sells for, in ten-thousandths of the currency unit. */
  readonly price: number | null;
  /** Low at this many available, or fewer. */
  readonly reorderPoint: number | null;
  /** How many to order then. */
  readonly reorderQuantity: number | null;
}

/** One revision of a product in the catalogue. The latest is what holds; none is ever changed. */
export interface ProductRevision extends ProductFields {
  /** Position in the catalogue's history: 1, 2, 3, … in commit order. */
  readonly revision: number;
  readonly productID: number;
  /** No longer sold: neither listed nor found, its sku and barcode free for another. */
  readonly retired: boolean;
  readonly revisedAt: Date;
  /** The random mark of the transaction that appended it; null where it was inserted by hand. */
  readonly turnMark: number | null;
}

/** Whether two readings of one revision number found the same revision, not another catalogue's. */
export function isSameRevision(a: ProductRevision, b: ProductRevision): boolean {
  return (
    a.revision === b.revision &&
    a.turnMark === b.turnMark &&
    a.productID === b.productID &&
    a.name === b.name
  );
}
