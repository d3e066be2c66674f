/**
 * The most lines of one document: each of its steps keeps all of them in one column of 64 KiB. A line of a transfer has up to 147
 * bytes, with what has become of its units.
 */
export const DOCUMENT_LINES_MAX = 400;

/** The most documents that are open at once: each process keeps them in memory. */
export const OPEN_DOCUMENTS_MAX = 100_000;

/** The kinds of documents. The name of each begins with its kind. */
export type DocumentKind = 'hold' | 'transfer';

/** What has become of a document. Any state but `open` is final, except that a late sale can follow `released` and `expired`. */
export type DocumentState = 'open' | 'sold' | 'released' | 'expired' | 'closed';

/** Units of a product that a document is about. Numbers that are left out are 0. */
export interface DocumentLine {
  readonly productID: number;
  /** Where a hold sets them aside, or where a transfer has taken them. */
  readonly locationID: number;
  /** Units held, or sent. */
  readonly quantity: number;
  /** Units of a hold that were sold. */
  readonly sold?: number;
  /** What became of those that were sent. The rest is on its way. */
  readonly received?: number;
  readonly damaged?: number;
  readonly returned?: number;
  readonly lost?: number;
}

/**
 * One step in the life of a hold or a transfer: what it was from then on. The latest step is valid. Each step also has records,
 * which say what became of the stock.
 */
export interface DocumentEntry {
  /** Position in the history of all documents: 1, 2, 3, … in commit order. */
  readonly entry: number;
  /** The entry of its first step. */
  readonly documentID: number;
  /** Its name in the records: `hold:basket-1`, `transfer:17`. No two documents ever have the same. */
  readonly document: string;
  /** 1, 2, 3, … within the document. */
  readonly step: number;
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly lines: readonly DocumentLine[];
  /** Of a transfer, where the goods come from and go to; null for a hold. */
  readonly from: number | null;
  readonly to: number | null;
  /** When a transfer should have arrived; null if nobody said so. */
  readonly expectedAt: Date | null;
  /** When a hold ends by itself; null for a transfer. */
  readonly expiresAt: Date | null;
  readonly reference: string | null;
  readonly note: string | null;
  /** The first of the records that were appended with it, and how many follow each other. */
  readonly firstRecord: number;
  readonly records: number;
  readonly recordedAt: Date;
  /** Who asked for it. */
  readonly actor: string | null;
  /** The random mark of the turn that appended it. */
  readonly turnMark: number | null;
}

/** The name of a hold in the records. */
export function holdName(holdID: string): string {
  return `hold:${holdID}`;
}

/** The name of a transfer in the records. */
export function transferName(transferID: number): string {
  return `transfer:${transferID}`;
}

/** The name that a client gave to a hold. */
export function holdIDOf({ document }: Pick<DocumentEntry, 'document'>): string {
  return document.slice(document.indexOf(':') + 1);
}

/** The last of the records that were appended with a step. */
export function lastRecordOf({ firstRecord, records }: DocumentEntry): number {
  return firstRecord + records - 1;
}

/** Units of a line that are still on their way. */
export function outstandingOf(line: DocumentLine): number {
  const { quantity, received = 0, damaged = 0, returned = 0, lost = 0 } = line;
  return quantity - received - damaged - returned - lost;
}

/** Whether a transfer should have arrived by now. */
export function isOverdue({ state, expectedAt }: DocumentEntry, now: Date): boolean {
  return state === 'open' && expectedAt !== null && expectedAt < now;
}

/** Whether two entries with one number are the same. They differ if one is of another ledger, such as a backup. */
export function isSameDocumentEntry(a: DocumentEntry, b: DocumentEntry): boolean {
  return a.entry === b.entry && a.turnMark === b.turnMark && a.document === b.document;
}
