/** What an append-only table comes to, exact as of its last known entry. */
export interface Fold<E> {
  /** The entry that this is exact as of; null where the table is empty. */
  readonly last: E | null;
  /**
   * False while entries that were committed together are taken up in slices. Who makes one thing of the whole, with
   * pauses, waits for that. Memory alone sets it.
   */
  isWhole: boolean;
  /** Takes up the latest entries about further things, in any order: how a fold is loaded, part by part. */
  load(latest: readonly E[]): void;
  /** Takes up entries in the table's order; those already known are passed over. */
  fold(entries: readonly E[]): void;
}

/** How the entries of one append-only table are told apart and folded. */
export interface FoldKind<E, F extends Fold<E>> {
  /** The entry's number: 1, 2, 3, … in commit order. */
  position(entry: E): number;
  /** Whether two readings of one number found the same entry. */
  isSame(a: E, b: E): boolean;
  /** The fold of nothing. */
  empty(): F;
}

/** How a reading of an append-only table fits onto what is known of it. */
export type Fit =
  /** It goes on from what was known. */
  | 'current'
  /** The last known entry is no longer there: this is another table, such as a restored backup. */
  | 'rewound'
  /** There was more to read than one reading takes. */
  | 'far-behind';

/**
 * Tells whether a reading goes on from what was known.
 *
 * @param from the last entry known when the reading began
 * @param entries what was read: from that entry on, it included, in order
 * @param limit how many entries one reading takes at most
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
