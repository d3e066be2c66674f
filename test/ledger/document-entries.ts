import type { DocumentEntry } from '../../app/ledger/documents/document';

/** The moment at which the entries of these tests are made. */
export const MADE = new Date('2026-11-26T12:00:00.000Z');

/** So many seconds after it. */
export function seconds(after: number): Date {
  return new Date(MADE.getTime() + after * 1_000);
}

/** An open hold of five units of product 1 for a minute, unless the test says otherwise. */
export function holdEntry(entry: number, changes: Partial<DocumentEntry> = {}): DocumentEntry {
  return {
    entry,
    documentID: entry,
    document: `hold:${entry}`,
    step: 1,
    kind: 'hold',
    state: 'open',
    lines: [{ productID: 1, locationID: 1, quantity: 5 }],
    from: null,
    to: null,
    expectedAt: null,
    expiresAt: seconds(60),
    reference: null,
    note: null,
    firstRecord: entry,
    records: 1,
    recordedAt: MADE,
    actor: null,
    turnMark: 7,
    ...changes,
  };
}

/** An open transfer of five units of product 1 from location 1 to 2, unless the test says otherwise. */
export function transferEntry(entry: number, changes: Partial<DocumentEntry> = {}): DocumentEntry {
  return holdEntry(entry, {
    document: `transfer:${entry}`,
    kind: 'transfer',
    from: 1,
    to: 2,
    expiresAt: null,
    ...changes,
  });
}
