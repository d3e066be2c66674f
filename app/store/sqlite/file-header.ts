import { readSync } from 'node:fs';

/** The files that SQLite keeps beside the ledger's while it is open. Changes are in the `-wal` before they are in the file. */
export const LOG_FILES = ['-wal', '-shm'] as const;

/**
 * What a file's first bytes say: https://www.sqlite.org/fileformat.html, "The Database Header". SQLite's own counter of
 * changes stands still while there is a write-ahead log. So each turn counts in `user_version`, which SQLite does not use.
 */
export interface FileHeader {
  /** The last turn that was copied from the log into the file, counted in 32 bits; 0 if none was. */
  readonly turn: number;
  /** How long the file is once all pages that it counts are written. */
  readonly bytesExpected: number;
}

export const HEADER_BYTES = 100;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
/** Where the turn stands in the header. */
export const TURN_AT = 60;

/** @returns undefined if the file has no header. @param open a descriptor */
export function readFileHeader(
  open: number,
  into = Buffer.alloc(HEADER_BYTES),
): FileHeader | undefined {
  if (readSync(open, into, 0, HEADER_BYTES, 0) < HEADER_BYTES) return undefined;
  if (into.compare(MAGIC, 0, MAGIC.length, 0, MAGIC.length) !== 0) return undefined;
  const pageBytes = into.readUInt16BE(16);
  return {
    turn: into.readInt32BE(TURN_AT),
    // 1 stands for 65,536.
    bytesExpected: (pageBytes === 1 ? 65_536 : pageBytes) * into.readUInt32BE(28),
  };
}

/** By how many turns the other is later; negative if it is earlier. The count starts again after its largest number. */
export function turnsBetween(one: number, other: number): number {
  return (other - one) | 0;
}
