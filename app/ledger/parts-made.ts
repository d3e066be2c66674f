import type { NumberOrder, Part } from './number-order';
import { Slices } from './slice';

/** What is made of every part of an order, and something else that was so at the same moment. */
export interface MadeOf<T, M> {
  readonly made: readonly T[];
  readonly at: M;
}

/**
 * How often what changed meanwhile is made anew in slices. After that it is done at once, which takes no longer than
 * what changed in one slice.
 */
const ROUNDS_MAX = 50;

/** What is made of the parts of an order: kept, and made anew only of those in which something has changed. */
export class PartsMade<T> {
  readonly #made = new WeakMap<Part, { readonly version: number; readonly made: T }>();

  /**
   * Makes what is missing in slices. Others may change things between two of them: so it goes over all again until it
   * did so without a pause, and what it has is as all was at one moment.
   *
   * @param at tells what is to be known of that moment
   * @param refresh brings the order up to date. Returns false if the data is in the middle of a change: try again
   */
  async all<M>(
    order: NumberOrder,
    make: (part: Part) => T,
    at: () => M,
    refresh: (isOver: () => boolean) => boolean,
  ): Promise<MadeOf<T, M>> {
    const slices = new Slices();
    for (let round = 1; ; round += 1) {
      const isOver = () => round < ROUNDS_MAX && slices.isOver;
      while (!refresh(isOver)) await slices.next();
      // From here on nobody else has a turn, unless this takes too long.
      let isOfOneMoment = true;
      const made: T[] = [];
      for (const part of order.parts) {
        made.push(this.#of(part, make));
        if (!isOver()) continue;
        isOfOneMoment = false;
        await slices.next();
      }
      if (isOfOneMoment) return { made, at: at() };
    }
  }

  #of(part: Part, make: (part: Part) => T): T {
    const known = this.#made.get(part);
    if (known?.version === part.version) return known.made;
    const made = make(part);
    this.#made.set(part, { version: part.version, made });
    return made;
  }
}
