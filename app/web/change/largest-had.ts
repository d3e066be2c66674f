import type { LedgerRecord } from '../../client/answers';
import { undoneRecord } from './undo-record';

/**
 * The most that a product has had, by its records, newest first, less what turned out to be wrong: a wrong number that
 * was undone or counted away says nothing of the product, and would let the next one pass.
 *
 * It looks back in time. What was undone was never there. What a count or an adjustment took away came with the latest
 * records before it that added as much. What was sold or wasted was there.
 */
export function largestHad(records: readonly LedgerRecord[]): number {
  // What stock was too high by: for records that are known, and for those that are still to be found.
  const undone = new Map<number, number>();
  let undoneUnits = 0;
  let takenUnits = 0;
  let most = 0;
  for (const record of records) {
    most = Math.max(most, record.availableQuantity - undoneUnits - takenUnits);
    const ownUndone = undone.get(record.record) ?? 0;
    undoneUnits -= ownUndone;
    const change = (record.quantityChange ?? 0) - ownUndone;
    const target = undoneRecord(record);
    if (target !== undefined) {
      undone.set(target, -change);
      undoneUnits -= change;
    } else if (change > 0) {
      takenUnits -= Math.min(takenUnits, change);
    } else if (record.reason === 'count' || record.reason === 'adjustment') {
      takenUnits -= change;
    }
  }
  return most;
}
