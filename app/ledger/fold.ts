/** What the entries of an append-only table add up to, exact as of the last known entry. */
export interface Fold<E> {
  /** The entry that this is exact as of; null if the table is empty. */
  readonly last: E | null;
  /**
   * False while entries that were committed together are added in slices. Work that reads the whole fold with pauses
   * waits until it is true. Only Memory sets it.
   */
  isWhole: boolean;
  /** Loads a part of the latest entries, in any order. */
  load(latest: readonly E[]): void;
  /** Takes up entries in the table's order, and skips those that it has. */
  fold(entries: readonly E[]): void;
}

/** How the entries of one append-only table are identified and folded. */
export interface FoldKind<E, F extends Fold<E>> {
  /** The entry's number: 1, 2, 3, … in commit order. */
  position(entry: E): number;
  /** Whether two entries with one number are the same entry. */
  isSame(a: E, b: E): boolean;
  /** The fold of an empty table. */
  empty(): F;
}

/** How entries that were read fit what is known of their table. */
type Fit =
  /** They follow the last known entry. */
  | 'current'
  /** The last known entry is missing: this is another ledger, such as a restored backup. */
  | 'rewound'
  /** There are more entries than were read. */
  | 'far-behind';

/**
 * Compares entries that were read with what is known.
 *
 * @param from the last entry that was known before
 * @param entries what was read, in order, beginning with that entry
 * @param limit the most entries that could be read
 */
export function fit<E>(
  from: E | null,
  entries: readonly E[],
  limit: number,
  isSame: (a: E, b: E) => boolean,
): Fit {
  const [first] = entries;
  if (from !== null && !(first !== undefined && isSame(first, from))) return 'rewound';
  return entries.length >= limit ? 'far-behind' : 'current';
}
