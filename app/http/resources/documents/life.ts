import { type DocumentEntry, lastRecordOf } from '../../../ledger/documents/document';
import type { Ledger } from '../../../ledger/ledger';
import type { LedgerRecord } from '../../../ledger/record';

/** The most records of a document in one answer. Those after them follow by the header Link. */
export const LIFE_MAX = 1_000;

/** A document as it is now, and a page of its records, oldest first. */
export interface Life {
  readonly latest: DocumentEntry;
  readonly records: readonly LedgerRecord[];
}

/**
 * The life of a document: how it is now, and its records up to then, after one. One more than LIFE_MAX, if there are as many.
 *
 * @returns undefined if there was never one of this name
 */
export async function lifeOf(
  { ask }: Ledger,
  document: string,
  after: number,
): Promise<Life | undefined> {
  const latest = await ask.latestStep(document);
  if (!latest) return undefined;
  const through = lastRecordOf(latest);
  const records = await ask.documentRecords({ document, after, through, limit: LIFE_MAX + 1 });
  return { latest, records };
}
