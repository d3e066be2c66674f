import type { DocumentEntry } from '../../ledger/documents/document';
import type { EndedDocumentsQuery } from '../../ledger/questions';
import { type Asking, all, first } from '../asking';
import { safeInteger } from '../codec';
import type { Dialect } from '../dialect';

/** By the index on document and step. */
export function* documentSteps(
  { tables: { documents } }: Dialect,
  document: string,
  after: number,
  limit: number,
): Asking<DocumentEntry[]> {
  const rows = yield* all(
    `SELECT ${documents.selected}
     FROM documents
     WHERE document = ? AND step > ?
     ORDER BY step
     LIMIT ?`,
    [document, after, limit],
  );
  return rows.map(documents.read);
}

/**
 * The records of documents come in the order of their steps. So a ledger that had no document at that record is found out at
 * once. Otherwise all are looked at: this is asked only of rows that were inserted by hand.
 */
export function* documentsAsOf(
  { tables: { documents } }: Dialect,
  record: number,
): Asking<DocumentEntry[]> {
  const earliest = yield* first<{ firstRecord: unknown }>(
    'SELECT firstRecord FROM documents ORDER BY entry LIMIT 1',
  );
  if (earliest === undefined || safeInteger(earliest.firstRecord) > record) return [];
  const rows = yield* all(
    `SELECT ${documents.selectedOf('m1')}
     FROM documents m1
       LEFT JOIN documents m2
         ON m2.documentID = m1.documentID AND m2.entry > m1.entry AND m2.firstRecord <= ?
     WHERE m1.firstRecord <= ? AND m1.state = 'open' AND m2.entry IS NULL`,
    [record, record],
  );
  return rows.map(documents.read);
}

/** By the index on kind, backwards. A late sale may follow another end. */
export function* endedDocuments(
  { tables: { documents } }: Dialect,
  { kind, before, limit }: EndedDocumentsQuery,
): Asking<DocumentEntry[]> {
  const rows = yield* all(
    `SELECT ${documents.selectedOf('m1')}
     FROM documents m1
       LEFT JOIN documents m2 ON m2.document = m1.document AND m2.step > m1.step
     WHERE m1.kind = ? AND m1.entry < ? AND m1.state <> 'open' AND m2.entry IS NULL
     ORDER BY m1.entry DESC
     LIMIT ?`,
    [kind, before ?? Number.MAX_SAFE_INTEGER, limit],
  );
  return rows.map(documents.read);
}

/** The latest step of each document of these names. */
export function* latestSteps(
  { tables: { documents }, among }: Dialect,
  names: readonly string[],
): Asking<DocumentEntry[]> {
  const isNamed = among('m1.document', names);
  const rows = yield* all(
    `SELECT ${documents.selectedOf('m1')}
     FROM documents m1
       LEFT JOIN documents m2 ON m2.document = m1.document AND m2.step > m1.step
     WHERE ${isNamed.sql} AND m2.entry IS NULL`,
    isNamed.values,
  );
  return rows.map(documents.read);
}
