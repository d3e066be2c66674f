import type { RecordAnswer } from '../../wire/records';
import { undoneRecord } from './undo-record';

/**
 * The most units that a product has had. Numbers that turned out to be wrong do not count: otherwise one wrong number
 * would let the next one pass.
 *
 * It goes back in time, from the newest record. What was undone was never there. What a count or an adjustment took away
 * had been added by the latest records before it. What was sold or wasted was there.
 *
 * An example of three records: 1 counts 5, 2 receives 90 by mistake, 3 counts 5 again. The most is 5, and not 95:
 *
 * | record | change | stock | laterRemoved here | had |
 * |---|---|---|---|---|
 * | 3 | -90 | 5 | 0; its 90 are removed from those before | 5 |
 * | 2 | +90 | 95 | 90; it added them, so 0 are left | 95 - 90 = 5 |
 * | 1 | +5 | 5 | 0 | 5 |
 */
export function largestHad(records: readonly RecordAnswer[]): number {
  /** By how much a record that is still to come, further back, was wrong: the units that its undo took back. */
  const undone = new Map<number, number>();
  /** Units in the stock of this record that a later undo took back. */
  let laterUndone = 0;
  /** Units in the stock of this record that a later count or adjustment took away. */
  let laterRemoved = 0;
  let most = 0;
  for (const record of records) {
    most = Math.max(most, record.availableQuantity - laterUndone - laterRemoved);
    const ownUndone = undone.get(record.record) ?? 0;
    laterUndone -= ownUndone;
    const change = (record.quantityChange ?? 0) - ownUndone;
    const target = undoneRecord(record);
    if (target !== undefined) {
      undone.set(target, -change);
      laterUndone -= change;
    } else if (change > 0) {
      laterRemoved -= Math.min(laterRemoved, change);
    } else if (record.reason === 'count' || record.reason === 'adjustment') {
      laterRemoved -= change;
    }
  }
  return most;
}
