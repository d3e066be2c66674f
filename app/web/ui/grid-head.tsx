import { ArrowDown, ArrowUp } from 'lucide-react';
import style from './grid.module.css';
import { type Column, cellClass } from './grid-columns';
import { nextSorting, type Sorted } from './sort-rows';

interface GridHeadProps<T> {
  readonly columns: readonly Column<T>[];
  /** The CSS `flex` of each column. */
  readonly flexes: readonly string[];
  readonly sortedBy: Sorted | undefined;
  onSort(sorting: readonly Sorted[]): void;
}

/** The row of a grid that names its columns, and sorts by them. */
export function GridHead<T>({ columns, flexes, sortedBy, onSort }: GridHeadProps<T>) {
  return (
    <div role="rowgroup" className={style.head}>
      <div role="row" className={style.row} aria-rowindex={1}>
        {columns.map((column, index) => (
          <HeadCell
            key={column.id}
            column={column}
            index={index}
            flex={flexes[index]}
            sorted={
              sortedBy?.id === column.id ? (sortedBy.desc ? 'descending' : 'ascending') : 'none'
            }
            onSort={() => onSort([nextSorting(sortedBy, column.id, column.largestFirst ?? false)])}
          />
        ))}
      </div>
    </div>
  );
}

interface HeadCellProps<T> {
  readonly column: Column<T>;
  readonly index: number;
  readonly flex: string | undefined;
  readonly sorted: 'ascending' | 'descending' | 'none';
  onSort(): void;
}

function HeadCell<T>({ column, index, flex, sorted, onSort }: HeadCellProps<T>) {
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={column.sortBy ? sorted : undefined}
      className={cellClass(column)}
      style={{ flex }}
    >
      {column.sortBy ? (
        <button type="button" className={style.sort} onClick={onSort}>
          <span>{column.title}</span>
          <Arrow size={13} aria-hidden className={sorted === 'none' ? style.unsorted : undefined} />
        </button>
      ) : (
        column.title
      )}
    </div>
  );
}
