/** What the catalogue says about a product, apart from its number. */
export interface ProductFields {
  readonly name: string;
  /** Unique among products that are not retired; null if it has none. */
  readonly sku: string | null;
  /** Unique among products that are not retired; null if it has none. */
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

/** When and how many of a product to bring to a location. The product's total does not matter. One of the two is not null. */
export interface ReorderPoint {
  readonly locationID: number;
  /** Low there at this many free, or fewer. */
  readonly reorderPoint: number | null;
  /** How many to bring then. */
  readonly reorderQuantity: number | null;
}

/** The reorder point of a product at a location; undefined if it has none there. */
export function reorderPointAt(
  product: Pick<ProductRevision, 'reorderPoints'> | undefined,
  locationID: number,
): ReorderPoint | undefined {
  return product?.reorderPoints?.find((point) => point.locationID === locationID);
}

/** One revision of a product in the catalogue. The latest is what holds. No revision is ever changed. */
export interface ProductRevision extends ProductFields {
  /** Position in the catalogue's history: 1, 2, 3, … in commit order. */
  readonly revision: number;
  readonly productID: number;
  /** Its reorder points at single locations, by locationID; null if it has none. */
  readonly reorderPoints: readonly ReorderPoint[] | null;
  /** No longer sold: neither listed nor found. Its sku and barcode are free for another product. */
  readonly retired: boolean;
  readonly revisedAt: Date;
  /** Who asked for it; null in revisions from before actors were kept, and if it was inserted by hand. */
  readonly actor: string | null;
  /** The random mark of the turn that appended it; null if it was inserted by hand. */
  readonly turnMark: number | null;
}

/** Whether two revisions with one number are the same. They differ if one is of another ledger, such as a backup. */
export function isSameRevision(a: ProductRevision, b: ProductRevision): boolean {
  return (
    a.revision === b.revision &&
    a.turnMark === b.turnMark &&
    a.productID === b.productID &&
    a.name === b.name
  );
}
