import type { DocumentEntry } from '../../ledger/documents/document';
import type { DocumentRecordsQuery, EndedDocumentsQuery } from '../../ledger/questions';
import type { LedgerRecord } from '../../ledger/record';
import { type Asking, all, first } from '../asking';
import { safeInteger } from '../codec';
import type { Dialect } from '../dialect';

/** By the index on document and step. */
export function* latestStep(
  { tables: { documents } }: Dialect,
  document: string,
): Asking<DocumentEntry | undefined> {
  const row = yield* first<object>(
    `SELECT ${documents.selected}
     FROM documents
     WHERE document = ?
     ORDER BY step DESC
     LIMIT 1`,
    [document],
  );
  return row && documents.read(row);
}

/** By the same index: each step says which records are its own, and has one at least. */
export function* documentRecords(
  { tables: { inventory }, among }: Dialect,
  { document, after, through, limit }: DocumentRecordsQuery,
): Asking<LedgerRecord[]> {
  const steps = yield* all<{ firstRecord: unknown; records: number }>(
    `SELECT firstRecord, records
     FROM documents
     WHERE document = ? AND firstRecord + records > ? AND firstRecord <= ?
     ORDER BY step
     LIMIT ?`,
    [document, after + 1, through, limit],
  );
  const numbers: number[] = [];
  for (const { firstRecord, records } of steps) {
    const begin = safeInteger(firstRecord);
    const end = begin + records;
    for (let number = Math.max(begin, after + 1); number < end; number += 1) {
      if (numbers.length < limit) numbers.push(number);
    }
  }
  if (numbers.length === 0) return [];
  const isOne = among('record', numbers);
  const rows = yield* all(
    `SELECT ${inventory.selected}
     FROM inventory
     WHERE ${isOne.sql}
     ORDER BY record`,
    isOne.values,
  );
  return rows.map(inventory.read);
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
