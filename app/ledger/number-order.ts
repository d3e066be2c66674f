/** The most numbers in one part. Smaller parts are cheaper to render again, fewer parts cheaper to go through. */
const PART_MAX = 256;

/** Neighbouring numbers, in order. */
export interface Part {
  /** Only the order may change them. */
  readonly numbers: readonly number[];
  /** Changes whenever something about one of these numbers changes. */
  readonly version: number;
}

interface OwnPart extends Part {
  readonly numbers: number[];
  version: number;
}

/**
 * The numbers of things, such as products, in order. They are in parts, and each part has a version that tells whether
 * something in it has changed. No method takes noticeably longer for a million numbers.
 */
export class NumberOrder {
  readonly #parts: OwnPart[] = [];
  #version = 0;

  /** The parts in order. The array itself changes with the order, so read it again after a pause. */
  get parts(): readonly Part[] {
    return this.#parts;
  }

  /** Adds a number, unless it is there, and marks its part as changed. */
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

  /** Removes a number, if it is there. */
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

  /** Some of the numbers after one, in order, at most a part of them; none if there are no more. */
  beyond(number: number): readonly number[] {
    const place = this.#placeOf(number);
    const { numbers = [] } = this.#parts[place] ?? {};
    const index = firstBeyond(numbers.length, (at) => (numbers[at] as number) > number);
    if (index < numbers.length) return numbers.slice(index);
    return this.#parts[place + 1]?.numbers ?? [];
  }

  /** Splits off the last number if numbers are added in order, so that parts stay full; otherwise splits in half. */
  #split(place: number, index: number): void {
    const part = this.#parts[place] as OwnPart;
    const isLast = index === part.numbers.length - 1;
    const numbers = part.numbers.splice(isLast ? PART_MAX : PART_MAX / 2);
    this.#parts.splice(place + 1, 0, { numbers, version: this.#version });
  }

  /** The index of the part that has a number, or would have it. */
  #placeOf(number: number): number {
    const parts = this.#parts;
    const next = firstBeyond(
      parts.length,
      (place) => ((parts[place] as OwnPart).numbers[0] as number) > number,
    );
    return Math.max(0, next - 1);
  }
}

/** The first of `count` places for which a condition holds, as it does for all after it; `count` if it holds for none. */
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
