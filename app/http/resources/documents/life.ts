import type { DocumentEntry } from '../../../ledger/documents/document';
import type { Ledger } from '../../../ledger/ledger';
import type { LedgerRecord } from '../../../ledger/record';

/** The most records of a document in one answer. Those after them follow by the header Link. */
export const LIFE_MAX = 1_000;

/** Steps that are read at a time. */
const STEPS_AT_ONCE = 100;

/** A document as it is now, and a page of its records, oldest first. */
export interface Life {
  readonly latest: DocumentEntry;
  readonly records: readonly LedgerRecord[];
}

/**
 * The life of a document, and its records after one: one more than LIFE_MAX, if there are as many.
 *
 * @returns undefined if there was never one of this name
 */
export async function lifeOf(
  ledger: Ledger,
  document: string,
  after: number,
): Promise<Life | undefined> {
  let latest: DocumentEntry | undefined;
  const records: LedgerRecord[] = [];
  for (;;) {
    const steps = await ledger.ask.documentSteps(document, latest?.step ?? 0, STEPS_AT_ONCE);
    for (const step of steps) {
      latest = step;
      const end = step.firstRecord + step.records;
      const from = Math.max(step.firstRecord, after + 1);
      const wanted = Math.min(end - from, LIFE_MAX + 1 - records.length);
      if (wanted > 0) records.push(...(await ledger.records.from(from, wanted)));
    }
    if (steps.length < STEPS_AT_ONCE) return latest && { latest, records };
  }
}
