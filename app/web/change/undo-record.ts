import { entityTag } from '../../client/entity-tag';
import type { RecordAnswer } from '../../wire/records';
import type { ChangeRequest } from '../outbox/change-request';

/** A request that takes back what a record did, less the names it is sent under. */
type UndoFields = Pick<ChangeRequest, 'path' | 'fields' | 'ifMatch'>;

const REFERENCE = /^Undo of record ([1-9][0-9]*)$/;

/** How a record says that it undoes another. */
function undoReference(record: number): string {
  return `Undo of record ${record}`;
}

/** The record that another one undoes; undefined if it undoes none. */
export function undoneRecord({ reference }: Pick<RecordAnswer, 'reference'>): number | undefined {
  const record = reference?.match(REFERENCE)?.[1];
  return record === undefined ? undefined : Number(record);
}

/** What later records did to a record: one undid it, or some took back so many of its units. */
export interface TakenBack {
  readonly by: number;
  readonly units: number;
}

/** Which of these records were taken back, by which. */
export function takenBack(records: readonly RecordAnswer[]): Map<number, TakenBack> {
  const found = new Map<number, TakenBack>();
  for (const record of [...records].sort((a, b) => a.record - b.record)) {
    const units = Math.abs(record.quantityChange ?? 0);
    const target = record.saleRecord ?? undoneRecord(record);
    if (!target) continue;
    found.set(target, { by: record.record, units: (found.get(target)?.units ?? 0) + units });
  }
  return found;
}

/**
 * Whether a record can be undone, as long as nothing has taken it back. It must have changed something, and undo nothing
 * itself. A sale that undoes a return is an exception: without it, these units could never be returned again. What belongs to a move,
 * a hold or a transfer is taken back there.
 */
export function isUndoable(record: RecordAnswer): boolean {
  const undoesNone = undoneRecord(record) === undefined || record.reason === 'sale';
  const isOwn = record.document === undefined || record.reason === 'sale';
  return Boolean(record.quantityChange) && undoesNone && isOwn;
}

/**
 * The request that takes back a record. A sale is cancelled, so that it is in no report; what returns have left of a sale is
 * returned, too. What took back a sale is undone by a new sale, and anything else by an opposite adjustment.
 *
 * @param newer the product's records since then, in any order
 * @returns a text that says why, if it cannot be undone
 */
export function undoFields(
  record: RecordAnswer,
  newer: readonly RecordAnswer[],
): UndoFields | string {
  const { productID, reason, quantityChange, saleRecord, unitPrice, locationID } = record;
  const at = locationID === undefined ? {} : { locationID };
  const before = takenBack(newer).get(record.record);
  const reference = undoReference(record.record);
  if (reason === 'sale') {
    const left = (record.quantity ?? 0) - (before?.units ?? 0);
    if (left <= 0) return `It was taken back already, by record ${before?.by}.`;
    if (!before) return { path: `/sales/${record.record}/cancellation`, fields: { reference } };
    return {
      path: '/inventory',
      fields: {
        productID,
        ...at,
        reason: 'return',
        quantityChange: left,
        saleRecord: record.record,
        reference,
      },
    };
  }
  if (before) return `It was undone already, by record ${before.by}.`;
  if (!isUndoable(record)) return 'There is nothing to undo in this record.';
  const latest = newer.reduce((last, each) => (each.record > last.record ? each : last), record);
  const isMovedOn = newer.some((each) => each.locationID === locationID);
  if (reason === 'count' && isMovedOn) {
    return 'The stock has changed since this count, so the number before it would be wrong, too. Count again.';
  }
  const ifMatch = entityTag(latest.record, latest.mark);
  if (saleRecord) {
    const price = unitPrice === undefined || unitPrice === null ? {} : { unitPrice };
    return {
      path: '/sales',
      fields: { productID, ...at, quantity: quantityChange as number, ...price, reference },
      ifMatch,
    };
  }
  return {
    path: '/inventory',
    fields: {
      productID,
      ...at,
      reason: 'adjustment',
      quantityChange: -(quantityChange as number),
      reference,
    },
    ifMatch,
  };
}
