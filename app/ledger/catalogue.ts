import type { Fold, FoldKind } from './fold';
import { isSameRevision, type ProductRevision } from './product';

/** The fields by which no two products that are not retired are the same. */
export type UniqueField = 'sku' | 'barcode';

/** What the products are called: the latest revision of each, exact as of the last revision. */
export class Catalogue implements Fold<ProductRevision> {
  readonly #latest = new Map<number, ProductRevision>();
  /** Which product has a code; null where a layer takes it from the product that has it below. */
  readonly #holders: Record<UniqueField, Map<string, number | null>> = {
    sku: new Map(),
    barcode: new Map(),
  };
  readonly #below: Catalogue | undefined;
  #productIDs: number[] | undefined;
  #largestProductID = 0;
  #last: ProductRevision | null;

  /** @param latest the latest revision of each product, in any order */
  constructor(latest: readonly ProductRevision[] = [], below?: Catalogue) {
    this.#below = below;
    this.#last = below?.last ?? null;
    this.fold(latest.toSorted((a, b) => a.revision - b.revision));
  }

  /** A catalogue that begins as this one is, and whose revisions leave this one as it is. */
  layer(): Catalogue {
    return new Catalogue([], this);
  }

  get last(): ProductRevision | null {
    return this.#last;
  }

  /** The largest productID that the catalogue has ever had; 0 where it has none. */
  get largestProductID(): number {
    return Math.max(this.#largestProductID, this.#below?.largestProductID ?? 0);
  }

  /** The latest revision of a product, or undefined where the catalogue does not have it. */
  get(productID: number): ProductRevision | undefined {
    return this.#latest.get(productID) ?? this.#below?.get(productID);
  }

  /** The product that has a code and is not retired. */
  holderOf(field: UniqueField, code: string): number | undefined {
    const holder = this.#holders[field].get(code);
    return holder === undefined ? this.#below?.holderOf(field, code) : (holder ?? undefined);
  }

  /** The latest revision of each product, by productID, the retired ones too. Not of a layer. */
  all(): ProductRevision[] {
    this.#productIDs ??= [...this.#latest.keys()].sort((a, b) => a - b);
    return this.#productIDs.map((productID) => this.#latest.get(productID) as ProductRevision);
  }

  /** Takes up revisions in their order; those already known are passed over. */
  fold(revisions: readonly ProductRevision[]): void {
    for (const revision of revisions) {
      if (revision.revision <= (this.#last?.revision ?? 0)) continue;
      const { productID } = revision;
      if (!this.#latest.has(productID)) this.#productIDs = undefined;
      this.#release(this.get(productID));
      this.#latest.set(productID, revision);
      this.#hold(revision);
      this.#largestProductID = Math.max(this.#largestProductID, productID);
      this.#last = revision;
    }
  }

  #release(revision: ProductRevision | undefined): void {
    if (!revision) return;
    for (const field of ['sku', 'barcode'] as const) {
      const code = revision[field];
      if (code === null || this.holderOf(field, code) !== revision.productID) continue;
      if (this.#below) this.#holders[field].set(code, null);
      else this.#holders[field].delete(code);
    }
  }

  #hold({ productID, retired, ...codes }: ProductRevision): void {
    if (retired) return;
    for (const field of ['sku', 'barcode'] as const) {
      const code = codes[field];
      if (code !== null) this.#holders[field].set(code, productID);
    }
  }
}

/** How revisions are folded into a catalogue. */
export const CATALOGUE: FoldKind<ProductRevision, Catalogue> = {
  position: ({ revision }) => revision,
  isSame: isSameRevision,
  of: (latest) => new Catalogue(latest),
};
