import { fstatSync, readSync } from 'node:fs';

/** What SQLite keeps beside the file while it is open. Whoever removes them takes away what is not yet in the file. */
export const LOG_FILES = ['-wal', '-shm'] as const;

/**
 * What a file says of itself where it stands on the disk: https://www.sqlite.org/fileformat.html, "The Database Header".
 * SQLite's own counter of changes stands still while there is a write-ahead log. So each turn counts in `user_version`, of
 * which SQLite makes no use.
 */
export interface Header {
  /** The last turn that was copied from the log into the file, counted in 32 bits; 0 where none ever was. */
  readonly turn: number;
  readonly bytes: number;
  /** How long it is once all pages that it counts are written. */
  readonly bytesExpected: number;
}

export const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
/** Where the turn stands in the header. */
export const TURN_AT = 60;

/** Undefined where there is none. @param open a descriptor */
export function readHeader(open: number): Header | undefined {
  const bytes = readAt(open, HEADER_BYTES, 0);
  if (bytes?.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  const pageBytes = bytes.readUInt16BE(16);
  return {
    turn: bytes.readInt32BE(TURN_AT),
    bytes: fstatSync(open).size,
    // 1 stands for 65,536.
    bytesExpected: (pageBytes === 1 ? 65_536 : pageBytes) * bytes.readUInt32BE(28),
  };
}

/** By how many turns the other is later; less than 0 where it is earlier. The count begins anew after its largest. */
export function turnsBetween(one: number, other: number): number {
  return (other - one) | 0;
}

/** Undefined where the file ends before. @param open a descriptor */
export function readAt(open: number, length: number, at: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  return readSync(open, bytes, 0, length, at) === length ? bytes : undefined;
}
