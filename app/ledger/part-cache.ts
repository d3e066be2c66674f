import type { NumberOrder, Part } from './number-order';
import { Slices } from './slice';

/** What was built from all parts of an order, and a fact of the same moment. */
interface PartsAt<T, M> {
  readonly made: readonly T[];
  readonly at: M;
}

/**
 * How often the parts that changed meanwhile are made again in slices. After that they are made at once, which is quick:
 * they are only the parts that changed during one slice.
 */
const ROUNDS_MAX = 50;

/** Keeps what was built from the parts of an order, such as their JSON. Only parts that have changed are built again. */
export class PartCache<T> {
  readonly #made = new WeakMap<Part, { readonly version: number; readonly made: T }>();

  /**
   * What was built from all parts, as of one moment. What is missing is built in slices, and parts may change between
   * slices. So all parts are visited again until one round needs no pause.
   *
   * @param at called at that moment; its result is returned, too
   * @param refresh brings the order up to date. Returns false if the data is in the middle of a change: try again
   */
  async all<M>(
    order: NumberOrder,
    make: (part: Part) => T,
    at: () => M,
    refresh: (isOver: () => boolean) => boolean,
  ): Promise<PartsAt<T, M>> {
    const slices = new Slices();
    for (let round = 1; ; round += 1) {
      const isOver = () => round < ROUNDS_MAX && slices.isOver;
      while (!refresh(isOver)) await slices.next();
      // From here on nothing else runs, unless this takes too long.
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
