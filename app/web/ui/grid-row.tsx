import type { KeyboardEvent, ReactNode } from 'react';
import style from './grid.module.css';
import { type Column, cellClass } from './grid-columns';

interface GridRowProps<T> {
  readonly row: T;
  readonly id: string;
  /** Its place among the rows, from 0, and how far below their top it begins, in pixels. */
  readonly index: number;
  readonly start: number;
  readonly columns: readonly Column<T>[];
  /** The CSS `flex` of each column. */
  readonly flexes: readonly string[];
  /** Whether Tab stops at it: one row of a grid does. */
  readonly isTabStop: boolean;
  readonly isOpen: boolean;
  /** What is open below it. */
  readonly details: ReactNode;
  /** Takes its element, whose height is measured. */
  measure(element: HTMLElement | null): void;
  onFocus(): void;
  onKeyDown(event: KeyboardEvent): void;
  /** It was clicked, beside its links. */
  onOpen(): void;
}

/** One row of a grid, and what is open below it. */
export function GridRow<T>(props: GridRowProps<T>) {
  const { row, id, index, start, columns, flexes, isTabStop, isOpen, details } = props;
  return (
    <div
      role="presentation"
      data-index={index}
      ref={props.measure}
      className={style.slot}
      style={{ transform: `translateY(${start}px)` }}
    >
      <div
        role="row"
        aria-rowindex={index + 2}
        data-row={id}
        tabIndex={isTabStop ? 0 : -1}
        className={`${style.row} ${isOpen ? style.open : ''}`}
        onFocus={props.onFocus}
        onKeyDown={props.onKeyDown}
        onClick={({ target }) => {
          if (!(target as HTMLElement).closest('a, button, input')) props.onOpen();
        }}
      >
        {columns.map((column, place) => (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={place + 1}
            className={cellClass(column)}
            style={{ flex: flexes[place] }}
          >
            {column.cell(row)}
          </div>
        ))}
      </div>
      {isOpen && details && (
        <div role="row" aria-rowindex={index + 2}>
          <div role="gridcell" aria-colspan={columns.length} className={style.details}>
            {details}
          </div>
        </div>
      )}
    </div>
  );
}
