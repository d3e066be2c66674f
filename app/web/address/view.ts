import { useCallback, useMemo } from 'react';
import { isCalendarDay } from '../../ledger/day';
import type { Sorted } from '../ui/sort-rows';
import { currentPath, currentSearch, goTo, useHashSearch } from './hash-location';

/** One thing that is chosen on a screen, and how the address says it. */
export interface Choosable<T> {
  /** The value if the address has none, or none that makes sense. */
  readonly initial: T;
  /** The value in the address; undefined if it makes no sense. */
  read(text: string): T | undefined;
  write(value: T): string;
}

/** How a screen is looked at: its search, filter, order, period. */
type Values<S> = { [K in keyof S]: S[K] extends Choosable<infer T> ? T : never };

/** Changes a view. With `replace`, as while somebody types, Back does not come through it. */
type SetView<V> = (changes: Partial<V>, how?: { readonly replace?: boolean }) => void;

/**
 * How the open screen is looked at, kept in the address: Back and a reload keep it, and it can be sent as a link.
 * Initial values are left out of the address.
 *
 * @param shape the same object at each call
 */
// biome-ignore lint/suspicious/noExplicitAny: each member says what it is of.
export function useView<S extends Record<string, Choosable<any>>>(
  shape: S,
): [Values<S>, SetView<Values<S>>] {
  const search = useHashSearch();
  const view = useMemo(() => readView(shape, search), [shape, search]);
  const setView = useCallback<SetView<Values<S>>>(
    (changes, how) => {
      const values = { ...readView(shape, currentSearch()), ...changes };
      goTo(currentPath() + writeView(shape, values), how);
    },
    [shape],
  );
  return [view, setView];
}

/** The view that a query says. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
function readView<S extends Record<string, Choosable<any>>>(shape: S, search: string) {
  const said = new URLSearchParams(search);
  return Object.fromEntries(
    Object.entries(shape).map(([name, { initial, read }]) => {
      const text = said.get(name);
      return [name, (text === null ? undefined : read(text)) ?? initial];
    }),
  ) as Values<S>;
}

/** A view as a query with its question mark; empty if all values are initial. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
function writeView<S extends Record<string, Choosable<any>>>(shape: S, values: Values<S>) {
  const said = new URLSearchParams();
  for (const [name, { initial, write }] of Object.entries(shape)) {
    const text = write(values[name as keyof S]);
    if (text !== write(initial)) said.set(name, text);
  }
  return said.size > 0 ? `?${said}` : '';
}

/** Text that somebody types, such as a search. What is longer than a search can be is cut off. */
export function text(lengthMax: number): Choosable<string> {
  return { initial: '', read: (said) => said.slice(0, lengthMax), write: (value) => value };
}

/** One of a few words; initially the first. */
export function oneOf<const T extends string>(words: readonly [T, ...T[]]): Choosable<T> {
  return {
    initial: words[0],
    read: (said) => words.find((word) => word === said),
    write: (value) => value,
  };
}

/** The number of a thing, such as a location; 0 if none is chosen. */
export const number: Choosable<number> = {
  initial: 0,
  read: (said) => (/^[1-9][0-9]{0,9}$/.test(said) ? Number(said) : undefined),
  write: (value) => (value > 0 ? String(value) : ''),
};

/** A day such as 2026-11-23 that is in the calendar; '' if it is none. */
export const day: Choosable<string> = {
  initial: '',
  read: (said) => (isCalendarDay(said) ? said : undefined),
  write: (value) => (isCalendarDay(value) ? value : ''),
};

/** The order of a grid, as `name` or, if the largest comes first, `-name`. */
export function sortedBy(
  columns: readonly string[],
  initial: Sorted,
): Choosable<readonly Sorted[]> {
  return {
    initial: [initial],
    read: (said) => {
      const id = said.replace(/^-/, '');
      return columns.includes(id) ? [{ id, desc: said.startsWith('-') }] : undefined;
    },
    write: ([first]) => (first ? `${first.desc ? '-' : ''}${first.id}` : ''),
  };
}
