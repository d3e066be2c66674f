/** A column that rows are sorted by. */
export interface Sorted {
  readonly id: string;
  readonly desc: boolean;
}

/** What a row is sorted by; null comes last, in either direction. */
export type SortValue = number | string | null;

/** "Shelf 2" comes before "shelf 10". */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Rows in ascending or descending order. Those with equal values keep the order that they had. */
export function sortRows<T>(
  rows: readonly T[],
  by: (row: T) => SortValue,
  desc: boolean,
): readonly T[] {
  const direction = desc ? -1 : 1;
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort(({ value: one }, { value: other }) => {
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      return direction * compare(one, other);
    })
    .map(({ row }) => row);
}

/** The order after a click on a column's head: the column's own at first, the opposite after another click. */
export function nextSorting(now: Sorted | undefined, id: string, largestFirst: boolean): Sorted {
  return { id, desc: now?.id === id ? !now.desc : largestFirst };
}

function compare(one: number | string, other: number | string): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return collator.compare(String(one), String(other));
}
