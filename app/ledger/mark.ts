/** The fields of an entry that tell which ledger it belongs to. */
interface Marked {
  readonly productID: number;
  /** The random mark of the turn that appended it; null if it was inserted by hand. */
  readonly turnMark: number | null;
}

/**
 * Tells a record, a revision or an event from one with the same number in another ledger, such as a restored backup that
 * has continued by itself. It is the turn mark or, for a row inserted by hand, the product and the time. It has letters,
 * digits and dots.
 *
 * @param at when it was recorded
 */
export function markOf({ productID, turnMark }: Marked, at: Date): string {
  return turnMark === null
    ? `${productID.toString(BASE)}.${at.getTime().toString(BASE)}`
    : turnMark.toString(BASE);
}

const BASE = 36;

/** An entry that a command expects: by its number alone, or by number and mark. */
export type Expected = number | { readonly number: number; readonly mark: string };

/** Whether an entry is among those expected. */
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
