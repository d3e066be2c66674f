import type { AlertEvent } from '../../ledger/alert';
import type { Ledger } from '../../ledger/ledger';
import { markOf } from '../../ledger/mark';
import type { ProductRevision } from '../../ledger/product';
import type { LedgerRecord } from '../../ledger/record';

/*
 * The positions in entity tags: the number of a record, revision or event, and its mark, as in `231-h5x2k1`. Without
 * the mark a client could take the answer of another ledger for the one that it has.
 */

/** Before the first record or revision, all ledgers are the same. */
const NONE = '0';

export function recordPosition(record: LedgerRecord | null | undefined): string {
  return record ? `${record.record}-${markOf(record, record.recordedAt)}` : NONE;
}

export function revisionPosition(revision: ProductRevision | null | undefined): string {
  return revision ? `${revision.revision}-${markOf(revision, revision.revisedAt)}` : NONE;
}

export function eventPosition(event: AlertEvent): string {
  return `${event.event}-${markOf(event, event.recordedAt)}`;
}

/**
 * The position of the record with a number.
 *
 * @param last the ledger's last record, if it is known: usually it is the one
 */
export async function positionAt(
  ledger: Ledger,
  record: number,
  last?: LedgerRecord | null,
): Promise<string> {
  if (record === 0) return NONE;
  if (last?.record === record) return recordPosition(last);
  const [found] = await ledger.records.from(record, 1);
  return recordPosition(found);
}

/** The position of the revision with a number. */
export async function positionOfRevision(ledger: Ledger, revision: number): Promise<string> {
  if (revision === 0) return NONE;
  const [found] = await ledger.revisions.from(revision, 1);
  return revisionPosition(found);
}
