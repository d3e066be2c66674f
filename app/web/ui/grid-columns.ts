import type { ReactNode } from 'react';
import { units } from './format';
import style from './grid.module.css';
import type { SortValue } from './sort-rows';

/** One column of a grid. */
export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** Its least width, in CSS, and its share of the remaining room. */
  readonly least: string;
  readonly share: number;
  readonly align?: 'end';
  /** The narrowest screen that it is shown on: all, from a tablet's, from a desktop's. */
  readonly from?: 'tablet' | 'desktop';
  /** What it is sorted by; null comes last. Without it the column is not sorted by. */
  readonly sortBy?: (row: T) => SortValue;
  /** Whether the first click sorts the largest to the top. */
  readonly largestFirst?: boolean;
  cell(row: T): ReactNode;
}

/** A bold digit is as wide as this in all usual fonts. In rem, since the head has another font size. */
const DIGIT_REM = 0.67;

/** The padding of a cell. */
const PADDING_REM = 1;

/** The CSS `flex` of a column. A column of numbers has room for the longest: cut off, it would be another number. */
export function flexOf<T>({ least, share, align, sortBy }: Column<T>, rows: readonly T[]): string {
  if (!align || !sortBy) return `${share} 1 ${least}`;
  let largest = 0;
  for (const row of rows) {
    const value = sortBy(row);
    if (typeof value === 'number' && Number.isFinite(value)) {
      largest = Math.max(largest, Math.abs(value));
    }
  }
  const characters = units(Math.ceil(largest)).length;
  return `${share} 1 max(${least}, ${characters * DIGIT_REM + PADDING_REM}rem)`;
}

/** The classes of a column's cells: how its text is aligned, and on which screens it is shown. */
export function cellClass<T>({ align, from }: Column<T>): string {
  return [style.cell, align && style.end, from && style[from]].filter(Boolean).join(' ');
}
