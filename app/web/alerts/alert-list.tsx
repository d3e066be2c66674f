import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { Alert } from '../../wire/alerts';
import type { FormKind } from '../alert/handle-form';
import { useNow } from '../ui/use-now';
import { AlertRow } from './alert-row';
import style from './alerts-screen.module.css';

/** The form that is open, its alert, and the alert's place in the list. */
export interface OpenForm {
  readonly alertID: number;
  readonly kind: FormKind;
  readonly index: number;
}

interface AlertListProps {
  readonly label: string;
  readonly count: number;
  /** The alert of a place in the list; undefined while it is loaded. */
  at(index: number): Alert | undefined;
  readonly empty: ReactNode;
  /** Below the last alert. */
  readonly more?: ReactNode;
  readonly form?: OpenForm | undefined;
  onForm?(form: OpenForm | undefined): void;
  /** Called with the first and the last place that are drawn. */
  onDrawn?(first: number, last: number): void;
}

/** The usual height of an alert, before it is measured. */
const ROW_PX = 150;
const GAP_PX = 9;

/** Alerts drawn above and below the visible ones. */
const OVERSCAN = 4;

/** A list of alerts of any length. It draws the visible ones, the one with the focus, and the one with a form. */
export function AlertList(props: AlertListProps) {
  const { label, count, at, empty, more, form, onForm, onDrawn } = props;
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const focused = useRef(-1);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => at(index)?.alertID ?? `place ${index}`,
    gap: GAP_PX,
    overscan: OVERSCAN,
    rangeExtractor: (range) => {
      const kept = [focused.current, form?.index ?? -1].filter((at) => at >= 0 && at < count);
      const indexes = new Set([...defaultRangeExtractor(range), ...kept]);
      return [...indexes].sort((a, b) => a - b);
    },
  });
  const drawn = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => {
    onDrawn?.(Math.max(0, startIndex - OVERSCAN), Math.min(count - 1, endIndex + OVERSCAN));
  }, [onDrawn, count, startIndex, endIndex]);
  // If the alert with the focus has gone, the one in its place gets the focus, or the list if it is empty.
  useLayoutEffect(() => {
    if (focused.current < 0 || document.activeElement !== document.body) return;
    const place = Math.min(focused.current, count - 1);
    const next = scroller.current?.querySelector<HTMLElement>(`[data-index="${place}"]`);
    (next ?? scroller.current)?.focus();
  });
  const watched = {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      focused.current = Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1);
    },
    // No event is sent if the element is removed.
    onBlur: () => {
      focused.current = -1;
    },
  };
  return (
    <div {...watched} ref={scroller} tabIndex={-1} className={style.frame}>
      {count === 0 && empty}
      {count > 0 && (
        <ul
          className={style.list}
          style={{ height: virtualizer.getTotalSize() }}
          aria-label={label}
        >
          {drawn.map(({ key, index, start }) => {
            const alert = at(index);
            return (
              <AlertRow
                key={key}
                alert={alert}
                index={index}
                count={count}
                start={start}
                measure={virtualizer.measureElement}
                now={now}
                form={alert && form?.alertID === alert.alertID ? form.kind : undefined}
                onForm={(kind) =>
                  onForm?.(kind && alert && { alertID: alert.alertID, kind, index })
                }
              />
            );
          })}
        </ul>
      )}
      {more}
    </div>
  );
}
