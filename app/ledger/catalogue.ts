import { foldedCode } from './code';
import type { Fold, FoldKind } from './fold';
import { NumberOrder } from './number-order';
import { isSameRevision, type ProductRevision } from './product';

/**
 * The fields by which no two products that are not retired are the same: a code is one product's, whichever of them it is
 * in. Ledgers that are older than this rule may have the SKU of one product as the barcode of another: a look
 * in both fields must not choose where two products answer.
 */
export const UNIQUE_FIELDS = ['sku', 'barcode'] as const;

export type UniqueField = (typeof UNIQUE_FIELDS)[number];

/** One product, or several, which only ledgers have that are older than the rule by which codes are compared; or none. */
type Holders = number | readonly number[];

/** What the products are called: the latest revision of each, exact as of the last revision. */
export class Catalogue implements Fold<ProductRevision> {
  isWhole = true;
  readonly #latest = new Map<number, ProductRevision>();
  readonly #order = new NumberOrder();
  /** The products that have a code, by the code folded. In a layer they hide those that have it below. */
  readonly #holders: Record<UniqueField, Map<string, Holders>> = {
    sku: new Map(),
    barcode: new Map(),
  };
  readonly #below: Catalogue | undefined;
  #largestProductID = 0;
  /** Products that a layer has and what is below it has not. */
  #added = 0;
  #last: ProductRevision | null;

  /** @param latest the latest revision of each product, in any order */
  constructor(latest: readonly ProductRevision[] = [], below?: Catalogue) {
    this.#below = below;
    this.#last = below?.last ?? null;
    this.load(latest);
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

  /** How many products it has, the retired ones included. */
  get size(): number {
    return this.#below ? this.#below.size + this.#added : this.#latest.size;
  }

  /** The latest revision of a product, or undefined where the catalogue does not have it. */
  get(productID: number): ProductRevision | undefined {
    return this.#latest.get(productID) ?? this.#below?.get(productID);
  }

  /**
   * The products that are not retired and have a code, by the rule of `foldedCode`, by productID. Those that have it
   * letter by letter go first: where there are any, they are all. More than one is an answer that needs a question.
   */
  holdersOf(field: UniqueField, code: string): readonly number[] {
    const holders = listed(this.#holdersOf(field, foldedCode(code)));
    const exact = holders.filter((productID) => this.get(productID)?.[field] === code);
    return exact.length > 0 ? exact : holders;
  }

  /** The one product that has a code so; undefined where none has, or several do, of which none is to be chosen. */
  holderOf(field: UniqueField, code: string): number | undefined {
    const holders = this.holdersOf(field, code);
    return holders.length === 1 ? holders[0] : undefined;
  }

  #holdersOf(field: UniqueField, folded: string): Holders {
    const own = this.#holders[field].get(folded);
    if (own !== undefined) return own;
    return this.#below ? this.#below.#holdersOf(field, folded) : NOBODY;
  }

  /** The products, and where something has changed. Not of a layer. */
  get order(): NumberOrder {
    return this.#order;
  }

  /** The latest revision of each of these products, which it has. */
  of(productIDs: readonly number[]): ProductRevision[] {
    return productIDs.map((productID) => this.#latest.get(productID) as ProductRevision);
  }

  /**
   * The latest revision of each product beyond one, by productID, the retired ones too, part by part. Each part is looked
   * for anew, since others may come while somebody else has a turn. Not of a layer.
   */
  *beyond(productID: number): Generator<readonly ProductRevision[]> {
    for (let last: number | undefined = productID; last !== undefined; ) {
      const productIDs = this.#order.beyond(last);
      yield this.of(productIDs);
      last = productIDs.at(-1);
    }
  }

  /** The latest revision of each product, by productID, the retired ones too. Not of a layer. Of a million it takes long. */
  all(): ProductRevision[] {
    return this.#order.parts.flatMap(({ numbers }) => this.of(numbers));
  }

  load(latest: readonly ProductRevision[]): void {
    for (const revision of latest) {
      this.#set(revision);
      if (revision.revision > (this.#last?.revision ?? 0)) this.#last = revision;
    }
  }

  /** Takes up revisions in their order; those already known are passed over. */
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

  /** Has a product give up the code that it had, and take the one that it has now. */
  #move(field: UniqueField, before: ProductRevision | undefined, now: ProductRevision): void {
    const had = before && heldCode(field, before);
    const has = heldCode(field, now);
    if (had === has) return;
    const { productID } = now;
    if (had !== undefined) {
      const others = listed(this.#holdersOf(field, had)).filter((holder) => holder !== productID);
      // What is below a layer is hidden, not taken away.
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

/** Nearly every code has one holder, which as a number takes no memory of its own. */
function compact(holders: readonly number[]): Holders {
  return holders.length === 1 ? (holders[0] as number) : holders;
}

/** What a product's code is held under; undefined where it holds none. */
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
