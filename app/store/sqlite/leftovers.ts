import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { StoreUnusable } from '../../ledger/store-failure';
import { HEADER_BYTES, LOG_FILES, readFileHeader, TURN_AT, turnsBetween } from './file-header';

/** The sizes of the log's header, and of the header of each page in it: https://www.sqlite.org/fileformat.html, "The WAL File Format". */
const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/**
 * To be called before SQLite opens a file. SQLite applies any log that it finds beside the file, and deletes the log of a
 * file that is empty or missing.
 *
 * @throws StoreUnusable if that would lose or damage something
 */
export function checkLeftovers(file: string): void {
  // Look for the log first: another process that makes the file writes into it before it makes the log.
  const beside = LOG_FILES.filter((suffix) => existsSync(`${file}${suffix}`));
  const found = statSync(file, { throwIfNoEntry: false });
  if ((found?.size ?? 0) === 0) {
    if (beside.length === 0) return;
    const state = found ? 'is empty' : 'is gone';
    throw new StoreUnusable(
      'file-gone',
      `it ${state}, and ${beside.join(' and ')} stand beside it`,
    );
  }
  // Read the log first: what another process copies into the file meanwhile only makes the file newer.
  const begun = firstTurnOf(`${file}-wal`);
  if (begun === undefined) return;
  const ended = withOpen(file, (open) => readFileHeader(open))?.turn ?? 0;
  if (ended !== 0 && turnsBetween(ended, begun) > 1) {
    throw new StoreUnusable(
      'file-replaced',
      `it ends with turn ${ended}, and the -wal beside it begins with turn ${begun}`,
    );
  }
}

/** The first turn in a log; undefined if it has none. */
function firstTurnOf(log: string): number | undefined {
  return withOpen(log, (open) => {
    const header = readAt(open, LOG_HEADER_BYTES, 0);
    if (!header) return undefined;
    const frameBytes = FRAME_HEADER_BYTES + header.readUInt32BE(8);
    for (let at = LOG_HEADER_BYTES; ; at += frameBytes) {
      const frame = readAt(open, FRAME_HEADER_BYTES + HEADER_BYTES, at);
      // Another salt means a rest from before SQLite started the log again.
      if (frame?.compare(header, 16, 24, 8, 16) !== 0) return undefined;
      if (frame.readUInt32BE(0) === 1) return frame.readInt32BE(FRAME_HEADER_BYTES + TURN_AT);
    }
  });
}

/** @returns undefined if the file ends before. @param open a descriptor */
function readAt(open: number, length: number, at: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  return readSync(open, bytes, 0, length, at) === length ? bytes : undefined;
}

function withOpen<T>(file: string, work: (open: number) => T): T | undefined {
  let open: number;
  try {
    open = openSync(file, 'r');
  } catch (error) {
    // The last process that closes the file removes the log, perhaps just now.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return work(open);
  } finally {
    closeSync(open);
  }
}
