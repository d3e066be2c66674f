/** Products in one part at most: few are soon put into words anew, and many parts soon gone through. */
const PART_MAX = 256;

/** Neighbouring products in their order. */
export interface Part {
  /** By number. Nobody but the order may change them. */
  readonly productIDs: readonly number[];
  /** Another one after each change of what is known of one of them. */
  readonly version: number;
}

interface OwnPart extends Part {
  readonly productIDs: number[];
  version: number;
}

/** Products by number, in parts, of which each knows whether something has changed in it. Nothing here takes longer for a million. */
export class ProductOrder {
  readonly #parts: OwnPart[] = [];
  #version = 0;

  /** By number. An array that changes with the order: whoever lets others work meanwhile must look again. */
  get parts(): readonly Part[] {
    return this.#parts;
  }

  /** Takes a product in, unless it is there, and marks its part as changed. */
  change(productID: number): void {
    const place = this.#placeOf(productID);
    const part = this.#parts[place];
    this.#version += 1;
    if (!part) {
      this.#parts.push({ productIDs: [productID], version: this.#version });
      return;
    }
    part.version = this.#version;
    const { productIDs } = part;
    const index = firstBeyond(productIDs.length, (at) => (productIDs[at] as number) >= productID);
    if (productIDs[index] === productID) return;
    productIDs.splice(index, 0, productID);
    if (productIDs.length > PART_MAX) this.#split(place, index);
  }

  /** The next products beyond one, at least one unless there are none, and a part's at most. */
  beyond(productID: number): readonly number[] {
    const place = this.#placeOf(productID);
    const { productIDs = [] } = this.#parts[place] ?? {};
    const index = firstBeyond(productIDs.length, (at) => (productIDs[at] as number) > productID);
    if (index < productIDs.length) return productIDs.slice(index);
    return this.#parts[place + 1]?.productIDs ?? [];
  }

  /** Products that come in order leave full parts behind; others leave two halves. */
  #split(place: number, index: number): void {
    const part = this.#parts[place] as OwnPart;
    const isLast = index === part.productIDs.length - 1;
    const productIDs = part.productIDs.splice(isLast ? PART_MAX : PART_MAX / 2);
    this.#parts.splice(place + 1, 0, { productIDs, version: this.#version });
  }

  /** The place of the part that has a product, or would have it. */
  #placeOf(productID: number): number {
    const parts = this.#parts;
    const next = firstBeyond(
      parts.length,
      (place) => ((parts[place] as OwnPart).productIDs[0] as number) > productID,
    );
    return Math.max(0, next - 1);
  }
}

/** The first of `count` places from which on something is so; `count` where it nowhere is. */
function firstBeyond(count: number, isSo: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
