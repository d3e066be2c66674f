import { StoreUnavailable, StoreUnusable, type UnusableReason } from '../../ledger/store-failure';

/**
 * Primary result codes after which the same work may succeed, https://www.sqlite.org/rescode.html:
 * BUSY, LOCKED, NOMEM, INTERRUPT, IOERR, CANTOPEN, PROTOCOL.
 */
const PASSING = new Set([5, 6, 7, 9, 10, 14, 15]);

/** Result codes, some of them extended ones, of faults that last until somebody repairs the file. */
const UNUSABLE = new Map<number, UnusableReason>([
  [8, 'read-only'], // READONLY
  [11, 'damaged'], // CORRUPT
  [13, 'disk-full'], // FULL
  [26, 'damaged'], // NOTADB
  [778, 'write-failed'], // IOERR_WRITE: not a full disk, but a quota, a limit or a fault
]);

/** SQLITE_BUSY: another process has the lock. */
const BUSY = 5;

/** The row exists already: SQLITE_CONSTRAINT_PRIMARYKEY, or SQLITE_CONSTRAINT_TRIGGER of the guards on INSERT. */
const DUPLICATE = new Set([1555, 1811]);

/** An error of SQLite as StoreUnavailable or StoreUnusable, if it is one. */
export function translated(error: unknown): unknown {
  const { message } = error as Error;
  const errcode = extendedCode(error);
  const reason = UNUSABLE.get(errcode) ?? UNUSABLE.get(resultCode(error));
  if (reason !== undefined) return new StoreUnusable(reason, message, { cause: error });
  // SQLite has no own code for these.
  if (/^no such (table|column)|^table \S+ has no column/.test(message))
    return new StoreUnusable('no-table', message, { cause: error });
  // Opening it again has failed, and will be tried again.
  if (message === 'database is not open') return new StoreUnavailable(message, { cause: error });
  if (!PASSING.has(resultCode(error))) return error;
  return new StoreUnavailable(message, { cause: error });
}

/** Whether another connection had the lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof StoreUnavailable && isLocked(error.cause);
}

/** The same for an error as SQLite throws it. */
export function isLocked(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

/** Whether a row with this primary key existed already. */
export function isDuplicate(error: unknown): boolean {
  return DUPLICATE.has((error as { errcode?: number }).errcode ?? 0);
}

/** SQLite's texts of result codes: the driver gives no code if a statement fails while its rows are read. */
const CODES_BY_TEXT = new Map([
  ['database is locked', 5],
  ['database table is locked', 6],
  ['out of memory', 7],
  ['attempt to write a readonly database', 8],
  ['interrupted', 9],
  ['disk I/O error', 10],
  ['database disk image is malformed', 11],
  ['database or disk is full', 13],
  ['unable to open database file', 14],
  ['locking protocol', 15],
  ['file is not a database', 26],
]);

function extendedCode(error: unknown): number {
  const { errcode, message } = error as { errcode?: number; message?: string };
  return errcode ?? CODES_BY_TEXT.get(message ?? '') ?? 0;
}

/** SQLite's primary result code: the low byte of the extended one. */
function resultCode(error: unknown): number {
  return extendedCode(error) & 0xff;
}
