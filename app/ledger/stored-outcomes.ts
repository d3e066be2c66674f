import type { DocumentEntry } from './documents/document';
import { CATCH_UP_PAGE } from './memory';
import type { ProductRevision } from './product';
import type { JournalReader } from './reads';
import type { LedgerRecord } from './record';
import { type Appended, appendedCount, fromStored, type StoredAnswer } from './request';
import type { Outcome } from './submission';

/** Where entries are read from. */
interface Readers {
  readonly records: JournalReader<LedgerRecord>;
  readonly revisions: JournalReader<ProductRevision>;
  readonly documentEntries: JournalReader<DocumentEntry>;
}

const JOURNAL_OF = {
  stock: 'records',
  catalogue: 'revisions',
  document: 'documentEntries',
} as const satisfies Record<StoredAnswer['kind'], keyof Readers>;

/** Reads the outcomes of a stored answer; none for a request that was cancelled. @throws StoreUnavailable */
export async function storedOutcomes(
  readers: Readers,
  answer: StoredAnswer | null,
): Promise<Outcome[]> {
  if (!answer) return [];
  const { kind, first } = answer;
  const count = appendedCount(answer);
  if (first === null || count === 0) return fromStored(answer, []);
  const journal: { from(position: number, limit: number): Promise<Appended[]> } =
    readers[JOURNAL_OF[kind]];
  const appended: Appended[] = [];
  while (appended.length < count) {
    const left = Math.min(count - appended.length, CATCH_UP_PAGE);
    const page = await journal.from(first + appended.length, left);
    if (page.length === 0) break;
    for (const entry of page) appended.push(entry);
  }
  return fromStored(answer, appended);
}
