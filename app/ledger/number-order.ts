/** Numbers in one part at most: few are soon put into words anew, and many parts soon gone through. */
const PART_MAX = 256;

/** Neighbouring numbers, in their order. */
export interface Part {
  /** Nobody but the order may change them. */
  readonly numbers: readonly number[];
  /** Another one after each change of what one of them stands for. */
  readonly version: number;
}

interface OwnPart extends Part {
  readonly numbers: number[];
  version: number;
}

/** The numbers of things, such as products, in their order: in parts, of which each knows whether something has changed in it. Nothing here takes longer for a million. */
export class NumberOrder {
  readonly #parts: OwnPart[] = [];
  #version = 0;

  /** In order. An array that changes with the order: whoever lets others work meanwhile must look again. */
  get parts(): readonly Part[] {
    return this.#parts;
  }

  /** Takes a number in, unless it is there, and marks its part as changed. */
  change(number: number): void {
    const place = this.#placeOf(number);
    const part = this.#parts[place];
    this.#version += 1;
    if (!part) {
      this.#parts.push({ numbers: [number], version: this.#version });
      return;
    }
    part.version = this.#version;
    const { numbers } = part;
    const index = firstBeyond(numbers.length, (at) => (numbers[at] as number) >= number);
    if (numbers[index] === number) return;
    numbers.splice(index, 0, number);
    if (numbers.length > PART_MAX) this.#split(place, index);
  }

  /** Leaves a number out, if it is there. */
  remove(number: number): void {
    const place = this.#placeOf(number);
    const part = this.#parts[place];
    if (!part) return;
    const { numbers } = part;
    const index = firstBeyond(numbers.length, (at) => (numbers[at] as number) >= number);
    if (numbers[index] !== number) return;
    this.#version += 1;
    part.version = this.#version;
    numbers.splice(index, 1);
    if (numbers.length === 0) this.#parts.splice(place, 1);
  }

  /** The next numbers beyond one, at least one unless there are none, and a part's at most. */
  beyond(number: number): readonly number[] {
    const place = this.#placeOf(number);
    const { numbers = [] } = this.#parts[place] ?? {};
    const index = firstBeyond(numbers.length, (at) => (numbers[at] as number) > number);
    if (index < numbers.length) return numbers.slice(index);
    return this.#parts[place + 1]?.numbers ?? [];
  }

  /** Numbers that come in order leave full parts behind; others leave two halves. */
  #split(place: number, index: number): void {
    const part = this.#parts[place] as OwnPart;
    const isLast = index === part.numbers.length - 1;
    const numbers = part.numbers.splice(isLast ? PART_MAX : PART_MAX / 2);
    this.#parts.splice(place + 1, 0, { numbers, version: this.#version });
  }

  /** The place of the part that has a number, or would have it. */
  #placeOf(number: number): number {
    const parts = this.#parts;
    const next = firstBeyond(
      parts.length,
      (place) => ((parts[place] as OwnPart).numbers[0] as number) > number,
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
