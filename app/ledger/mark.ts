/** A line of an append-only table, as far as it tells which ledger it is of. */
interface Marked {
  readonly productID: number;
  /** The random mark of the transaction that appended it; null where it was inserted by hand. */
  readonly turnMark: number | null;
}

/**
 * What tells a record, a revision or an event from one that has the same number in another ledger, such as a backup
 * that went on by itself: the random mark of its transaction. One that was inserted by hand has none, so it is told by
 * its product and its moment. Letters, digits and dots.
 *
 * @param at when it was recorded
 */
export function markOf({ productID, turnMark }: Marked, at: Date): string {
  return turnMark === null
    ? `${productID.toString(BASE)}.${at.getTime().toString(BASE)}`
    : turnMark.toString(BASE);
}

const BASE = 36;

/** One that a command expects: by its number alone, or by its mark, too. */
export type Expected = number | { readonly number: number; readonly mark: string };

/** Whether one is among those expected. */
export function isExpected(
  expected: readonly Expected[] | 'any',
  number: number,
  mark: () => string,
): boolean {
  if (expected === 'any') return true;
  return expected.some((one) =>
    typeof one === 'number' ? one === number : one.number === number && one.mark === mark(),
  );
}
