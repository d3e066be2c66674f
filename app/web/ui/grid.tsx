import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { units } from './format';
import style from './grid.module.css';
import { nextSorting, type Sorted, type SortValue, sortRows } from './sort-rows';
import { useSteadyOrder } from './use-steady-order';

/** One column of a grid. */
export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** Its least width, in CSS, and its share of what room is left. */
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

/** What others do with a grid. */
export interface GridHandle {
  /** Goes to the first row by the keyboard; nowhere where there is none. */
  focusFirst(): void;
}

interface GridProps<T> {
  readonly ref?: Ref<GridHandle>;
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly sorting: readonly Sorted[];
  onSort(sorting: readonly Sorted[]): void;
  rowID(row: T): string;
  /** Told of the rows in the order in which they are shown, each time that it changes. */
  onOrder?(rows: readonly T[]): void;
  /** A key pressed on a row, other than those that move. */
  onRowKey?(row: T, event: KeyboardEvent): void;
  /** A row that was clicked, beside its links. */
  onOpen?(row: T): void;
  /** The row below which `details` is open. */
  readonly openID?: string | undefined;
  details?(row: T): ReactNode;
  readonly rowClass?: (row: T) => string | undefined;
  /** What is looked for among the rows: while it and the sorting stay, rows that somebody is at do not move. */
  readonly orderKey?: string;
  /** Told whether a pointer is over the rows. */
  onHover?(isHovered: boolean): void;
  readonly empty: ReactNode;
}

const ROW_PX = 44;

/**
 * A table of any length, of which only the rows in sight are drawn. Arrow keys, Page Up and Down, Home and
 * End move through its rows: the pattern "grid" of the ARIA Authoring Practices.
 */
export function Grid<T extends object>(props: GridProps<T>) {
  const { label, rows, columns, sorting, onSort, rowID, openID, details, empty } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [focusedID, setFocusedID] = useState<string>();
  const [sortedBy] = sorting;
  const ordered = useMemo(() => {
    const by = columns.find(({ id }) => id === sortedBy?.id)?.sortBy;
    const inOrder = sortedBy && by ? sortRows(rows, by, sortedBy.desc) : rows;
    return inOrder.map((original) => ({ id: rowID(original), original }));
    // A row's ID stays the same, although `rowID` is another function at each rendering.
  }, [rows, columns, sortedBy]);
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const sorted = useSteadyOrder(
    ordered,
    isHovered || isFocused || openID !== undefined,
    JSON.stringify([sorting, props.orderKey]),
  );
  const hover = (isOver: boolean) => {
    setHovered(isOver);
    props.onHover?.(isOver);
  };
  const openIndex = openID === undefined ? -1 : sorted.findIndex(({ id }) => id === openID);
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => sorted[index]?.id ?? index,
    overscan: 12,
    // What is open stays drawn out of sight, too: somebody may have typed into it.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (openIndex < 0 || indexes.includes(openIndex)) return indexes;
      return [...indexes, openIndex].sort((a, b) => a - b);
    },
  });

  const { onOrder } = props;
  useEffect(() => onOrder?.(sorted.map(({ original }) => original)), [onOrder, sorted]);

  const focusRow = (index: number) => {
    const row = sorted[Math.max(0, Math.min(sorted.length - 1, index))];
    if (!row) return;
    setFocusedID(row.id);
    virtualizer.scrollToIndex(Math.max(0, Math.min(sorted.length - 1, index)));
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"]`)?.focus(),
    );
  };
  useImperativeHandle(props.ref, () => ({ focusFirst: () => focusRow(0) }));
  const onKeyDown = (row: T, index: number, event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 1);
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: sorted.length - 1,
    };
    const target = moves[event.key];
    if (target === undefined) return props.onRowKey?.(row, event);
    event.preventDefault();
    focusRow(target);
  };
  const drawn = virtualizer.getVirtualItems();
  const openSize = drawn.find(({ index }) => index === openIndex)?.size;
  // What is open is to be in sight as a whole, so again once it is measured, and when it grows.
  useEffect(() => {
    if (openIndex < 0) return;
    const slot = scroller.current?.querySelector(`[data-index="${openIndex}"]`);
    slot?.scrollIntoView({ block: 'nearest' });
  }, [openIndex, openSize]);

  const flexes = useMemo(() => columns.map((column) => flexOf(column, rows)), [columns, rows]);
  const tabStop = sorted.some(({ id }) => id === focusedID) ? focusedID : sorted[0]?.id;

  return (
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={Math.max(1, sorted.length) + 1}
      aria-colcount={columns.length}
      className={style.grid}
      ref={scroller}
    >
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
              onSort={() =>
                onSort([nextSorting(sortedBy, column.id, column.largestFirst ?? false)])
              }
            />
          ))}
        </div>
      </div>
      {sorted.length === 0 && (
        <div role="rowgroup">
          <div role="row" aria-rowindex={2}>
            <div role="gridcell" aria-colspan={columns.length}>
              {empty}
            </div>
          </div>
        </div>
      )}
      <div
        role={sorted.length === 0 ? undefined : 'rowgroup'}
        className={style.body}
        style={{ height: virtualizer.getTotalSize() }}
        onPointerEnter={() => hover(true)}
        onPointerLeave={() => hover(false)}
        onFocus={() => setFocused(true)}
        onBlur={({ relatedTarget, currentTarget }) =>
          setFocused(currentTarget.contains(relatedTarget))
        }
      >
        {drawn.map((item) => {
          const row = sorted[item.index];
          if (!row) return null;
          const { original, id } = row;
          const isOpen = id === openID;
          return (
            <div
              key={item.key}
              role="presentation"
              data-index={item.index}
              ref={virtualizer.measureElement}
              className={style.slot}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <div
                role="row"
                aria-rowindex={item.index + 2}
                data-row={id}
                tabIndex={id === tabStop ? 0 : -1}
                className={`${style.row} ${isOpen ? style.open : ''} ${props.rowClass?.(original) ?? ''}`}
                onFocus={() => setFocusedID(id)}
                onKeyDown={(event) => onKeyDown(original, item.index, event)}
                onClick={(event) => {
                  if (!(event.target as HTMLElement).closest('a, button, input'))
                    props.onOpen?.(original);
                }}
              >
                {columns.map((column, index) => (
                  <div
                    key={column.id}
                    role="gridcell"
                    aria-colindex={index + 1}
                    className={cellClass(column)}
                    style={{ flex: flexes[index] }}
                  >
                    {column.cell(original)}
                  </div>
                ))}
              </div>
              {isOpen && details && (
                <div role="row" aria-rowindex={item.index + 2}>
                  <div role="gridcell" aria-colspan={columns.length} className={style.details}>
                    {details(original)}
                  </div>
                </div>
              )}
            </div>
          );
        })}
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

/** A bold digit is as wide as this, in all usual fonts. In rem, since the head has another font size; the cell's padding is 1. */
const DIGIT_REM = 0.67;

/** A column's flex; that of numbers has room for the longest of them, since a number that is cut off is another. */
function flexOf<T>({ least, share, align, sortBy }: Column<T>, rows: readonly T[]): string {
  if (!align || !sortBy) return `${share} 1 ${least}`;
  let largest = 0;
  for (const row of rows) {
    const value = sortBy(row);
    if (typeof value === 'number' && Number.isFinite(value)) {
      largest = Math.max(largest, Math.abs(value));
    }
  }
  const characters = units(Math.ceil(largest)).length;
  return `${share} 1 max(${least}, ${characters * DIGIT_REM + 1}rem)`;
}

function cellClass<T>({ align, from }: Column<T>): string {
  return [style.cell, align && style.end, from && style[from]].filter(Boolean).join(' ');
}
