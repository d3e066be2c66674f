import { foldedCode } from './code';
import type { Fold, FoldKind } from './fold';
import { NumberOrder } from './number-order';
import { isSameRevision, type ProductRevision } from './product';

/**
 * The fields with codes. A code belongs to one product that is not retired, whichever of these fields it is in. Ledgers
 * from before this rule may have the SKU of one product as the barcode of another, so a search in both fields must not
 * choose one of two products.
 */
export const UNIQUE_FIELDS = ['sku', 'barcode'] as const;

export type UniqueField = (typeof UNIQUE_FIELDS)[number];

/** The products that have a code: mostly one. Only ledgers from before the rule for comparing codes have several. */
type Holders = number | readonly number[];

/** The latest revision of each product, exact as of the last revision: the fold of all revisions. */
export class Catalogue implements Fold<ProductRevision> {
  isWhole = true;
  readonly #latest = new Map<number, ProductRevision>();
  readonly #order = new NumberOrder();
  /** The products that have a code, by the folded code. In a layer they hide those below. */
  readonly #holders: Record<UniqueField, Map<string, Holders>> = {
    sku: new Map(),
    barcode: new Map(),
  };
  readonly #below: Catalogue | undefined;
  #largestProductID = 0;
  /** Products that this layer has and that are not below it. */
  #added = 0;
  #last: ProductRevision | null;

  /** @param latest the latest revision of each product, in any order */
  constructor(latest: readonly ProductRevision[] = [], below?: Catalogue) {
    this.#below = below;
    this.#last = below?.last ?? null;
    this.load(latest);
  }

  /** A layer on top of this catalogue. Revisions added to it do not change what is below. */
  layer(): Catalogue {
    return new Catalogue([], this);
  }

  get last(): ProductRevision | null {
    return this.#last;
  }

  /** The largest productID that the catalogue has ever had; 0 if it is empty. */
  get largestProductID(): number {
    return Math.max(this.#largestProductID, this.#below?.largestProductID ?? 0);
  }

  /** How many products it has, including retired ones. */
  get size(): number {
    return this.#below ? this.#below.size + this.#added : this.#latest.size;
  }

  /** The latest revision of a product; undefined if the catalogue does not have it. */
  get(productID: number): ProductRevision | undefined {
    return this.#latest.get(productID) ?? this.#below?.get(productID);
  }

  /**
   * The products that are not retired and have a code, by productID. If some have exactly this code, only those; otherwise
   * all that have the same code by the rule of `foldedCode`. If there are several, somebody has to choose.
   */
  holdersOf(field: UniqueField, code: string): readonly number[] {
    const holders = listed(this.#holdersOf(field, foldedCode(code)));
    const exact = holders.filter((productID) => this.get(productID)?.[field] === code);
    return exact.length > 0 ? exact : holders;
  }

  /** The one product that has a code, as in `holdersOf`; undefined if none or several have it. */
  holderOf(field: UniqueField, code: string): number | undefined {
    const holders = this.holdersOf(field, code);
    return holders.length === 1 ? holders[0] : undefined;
  }

  #holdersOf(field: UniqueField, folded: string): Holders {
    const own = this.#holders[field].get(folded);
    if (own !== undefined) return own;
    return this.#below ? this.#below.#holdersOf(field, folded) : NOBODY;
  }

  /** The products in order, and which parts have changed. A layer does not have this. */
  get order(): NumberOrder {
    return this.#order;
  }

  /** The latest revision of each of these products. The catalogue must have them. */
  of(productIDs: readonly number[]): ProductRevision[] {
    return productIDs.map((productID) => this.#latest.get(productID) as ProductRevision);
  }

  /**
   * The latest revision of each product beyond one, by productID, including retired ones, part by part. The catalogue may
   * change between two parts. A layer does not have this.
   */
  *beyond(productID: number): Generator<readonly ProductRevision[]> {
    for (let last: number | undefined = productID; last !== undefined; ) {
      const productIDs = this.#order.beyond(last);
      yield this.of(productIDs);
      last = productIDs.at(-1);
    }
  }

  /** The latest revision of each product, by productID, including retired ones. Slow for a million. A layer does not have this. */
  all(): ProductRevision[] {
    return this.#order.parts.flatMap(({ numbers }) => this.of(numbers));
  }

  load(latest: readonly ProductRevision[]): void {
    for (const revision of latest) {
      this.#set(revision);
      if (revision.revision > (this.#last?.revision ?? 0)) this.#last = revision;
    }
  }

  /** Takes up revisions in their order, and skips those that it has. */
  fold(revisions: readonly ProductRevision[]): void {
    for (const revision of revisions) {
      if (revision.revision <= (this.#last?.revision ?? 0)) continue;
      this.#set(revision);
      this.#last = revision;
    }
  }

  #set(revision: ProductRevision): void {
    const { productID } = revision;
    if (!this.#below) this.#order.change(productID);
    const before = this.get(productID);
    if (this.#below && !before) this.#added += 1;
    this.#latest.set(productID, revision);
    for (const field of UNIQUE_FIELDS) this.#move(field, before, revision);
    this.#largestProductID = Math.max(this.#largestProductID, productID);
  }

  /** Takes the old code from a product, and gives it the new one. */
  #move(field: UniqueField, before: ProductRevision | undefined, now: ProductRevision): void {
    const had = before && heldCode(field, before);
    const has = heldCode(field, now);
    if (had === has) return;
    const { productID } = now;
    if (had !== undefined) {
      const others = listed(this.#holdersOf(field, had)).filter((holder) => holder !== productID);
      // A layer hides what is below, and does not change it.
      if (others.length > 0 || this.#below) this.#holders[field].set(had, compact(others));
      else this.#holders[field].delete(had);
    }
    if (has !== undefined) {
      const others = listed(this.#holdersOf(field, has));
      const holders = [...others, productID].sort((a, b) => a - b);
      this.#holders[field].set(has, compact(holders));
    }
  }
}

const NOBODY: readonly number[] = [];

function listed(holders: Holders): readonly number[] {
  return typeof holders === 'number' ? [holders] : holders;
}

/** Nearly every code has one holder, and a number needs no memory of its own. */
function compact(holders: readonly number[]): Holders {
  return holders.length === 1 ? (holders[0] as number) : holders;
}

/** The folded code of a product; undefined if it has none or is retired. */
function heldCode(field: UniqueField, revision: ProductRevision): string | undefined {
  const code = revision[field];
  return revision.retired || code === null ? undefined : foldedCode(code);
}

/** How revisions are folded into a catalogue. */
export const CATALOGUE: FoldKind<ProductRevision, Catalogue> = {
  position: ({ revision }) => revision,
  isSame: isSameRevision,
  empty: () => new Catalogue(),
};
