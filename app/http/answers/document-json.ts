import {
  type DocumentEntry,
  holdIDOf,
  isOverdue,
  outstandingOf,
} from '../../ledger/documents/document';
import type { HoldAnswer, TransferAnswer } from '../../wire/documents';
import type { BeforeJson } from './before-json';

/** A hold after one of its steps. */
export function holdJson(entry: DocumentEntry): BeforeJson<HoldAnswer> {
  const { state, expiresAt, reference, lines, recordedAt } = entry;
  return {
    holdID: holdIDOf(entry),
    status: state as HoldAnswer['status'],
    expiresAt: expiresAt as Date,
    ...(reference !== null && { reference }),
    lines: lines.map(({ productID, locationID, quantity, sold }) => ({
      productID,
      locationID,
      quantity,
      ...(sold !== undefined && { soldQuantity: sold }),
    })),
    recordedAt,
    records: recordsOf(entry),
  };
}

/** A transfer after one of its steps. */
export function transferJson(entry: DocumentEntry, now: Date): BeforeJson<TransferAnswer> {
  const { documentID, state, from, to, expectedAt, reference, note, lines, recordedAt } = entry;
  return {
    transferID: documentID,
    status: state as TransferAnswer['status'],
    from: from as number,
    to: to as number,
    ...(expectedAt !== null && { expectedAt }),
    ...(isOverdue(entry, now) && { overdue: true as const }),
    ...(reference !== null && { reference }),
    ...(note !== null && { note }),
    lines: lines.map((line) => {
      const { productID, quantity, received = 0, damaged = 0, returned = 0, lost = 0 } = line;
      const outstanding = outstandingOf(line);
      return { productID, quantity, received, damaged, returned, lost, outstanding };
    }),
    recordedAt,
    records: recordsOf(entry),
  };
}

/** The numbers of the records that were appended with a step. */
function recordsOf({ firstRecord, records }: DocumentEntry): number[] {
  return Array.from({ length: records }, (_, index) => firstRecord + index);
}
