import { useLayoutEffect, useRef } from 'react';
import { steadyOrder } from './steady-order';

interface Steady {
  readonly key: string;
  readonly ids: readonly string[];
}

/**
 * Rows in their order; while they are held, in the order that they had.
 *
 * @param key the sorting and the search. When they change, rows come in their new order
 */
export function useSteadyOrder<R extends { readonly id: string }>(
  rows: readonly R[],
  isHeld: boolean,
  key: string,
): readonly R[] {
  const shown = useRef<Steady>({ key: '', ids: [] });
  const now = rows.map(({ id }) => id);
  const isSteady = isHeld && shown.current.key === key;
  const ids = isSteady ? steadyOrder(shown.current.ids, now) : now;
  // Only what was really shown: React may begin a rendering and drop it.
  useLayoutEffect(() => {
    shown.current = { key, ids };
  });
  if (!isSteady) return rows;
  const byID = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byID.get(id) as R);
}
