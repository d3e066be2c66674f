import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
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
import style from './grid.module.css';
import { type Column, flexOf } from './grid-columns';
import { GridHead } from './grid-head';
import { GridRow } from './grid-row';
import { type Sorted, sortRows } from './sort-rows';
import { useSteadyOrder } from './use-steady-order';

/** What a screen does with its grid. */
export interface GridHandle<T> {
  /** Puts the focus on the first row, if there is one. */
  focusFirst(): void;
  /** The rows in the order in which they are shown. */
  rowsAsShown(): readonly T[];
}

interface GridProps<T> {
  readonly ref?: Ref<GridHandle<T>>;
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly sorting: readonly Sorted[];
  onSort(sorting: readonly Sorted[]): void;
  rowID(row: T): string;
  /** A key pressed on a row, other than those that move. */
  onRowKey?(row: T, event: KeyboardEvent): void;
  /** A row that was clicked, beside its links. */
  onOpen?(row: T): void;
  /** The row below which `details` is open. */
  readonly openID?: string | undefined;
  details?(row: T): ReactNode;
  /** What is looked for among the rows: while it and the sorting stay, rows that somebody is at do not move. */
  readonly orderKey?: string;
  /** Told whether a pointer is over the rows. */
  onHover?(isHovered: boolean): void;
  readonly empty: ReactNode;
}

const ROW_PX = 44;

/**
 * A table of any length, which draws only its visible rows. Arrow keys, Page Up and Down, Home and
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
    // A row's ID and the order of a column stay the same, although their functions are new at each rendering.
  }, [rows, sortedBy]);
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
    // The open row is drawn even out of sight: somebody may have typed into it.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (openIndex < 0 || indexes.includes(openIndex)) return indexes;
      return [...indexes, openIndex].sort((a, b) => a - b);
    },
  });

  const focusRow = (index: number) => {
    const row = sorted[Math.max(0, Math.min(sorted.length - 1, index))];
    if (!row) return;
    setFocusedID(row.id);
    virtualizer.scrollToIndex(Math.max(0, Math.min(sorted.length - 1, index)));
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"]`)?.focus(),
    );
  };
  useImperativeHandle(props.ref, () => ({
    focusFirst: () => focusRow(0),
    rowsAsShown: () => sorted.map(({ original }) => original),
  }));
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
  // An open row must be fully visible, also after it is measured and when it grows.
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
      <GridHead columns={columns} flexes={flexes} sortedBy={sortedBy} onSort={onSort} />
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
          return (
            <GridRow
              key={item.key}
              row={original}
              id={id}
              index={item.index}
              start={item.start}
              columns={columns}
              flexes={flexes}
              isTabStop={id === tabStop}
              isOpen={id === openID}
              details={id === openID && details?.(original)}
              measure={virtualizer.measureElement}
              onFocus={() => setFocusedID(id)}
              onKeyDown={(event) => onKeyDown(original, item.index, event)}
              onOpen={() => props.onOpen?.(original)}
            />
          );
        })}
      </div>
    </div>
  );
}
