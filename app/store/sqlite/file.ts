import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  statfsSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { StoreUnusable } from '../../ledger/store-failure';
import { type Header, LOG_FILES, readHeader, turnsBetween } from './header';

/** With less room than this the next changes may find none: a change takes a few pages of 4 KiB in the log. */
const ROOM_BYTES = 262_144;

/**
 * The file that a store has opened. SQLite goes on writing into a file that was deleted, and into one that another has
 * replaced: all that is recorded there is lost with the process. Where another one was copied over its bytes, SQLite
 * goes on by what it remembers of the one before, and spoils both. Nothing notices that in the moment between a check
 * and what is written after it: the service is to be stopped before a file is put there.
 */
export class LedgerFile {
  readonly #file: string;
  readonly #place: Place;
  readonly #logs = new Map<string, Place>();
  /** Closed with the store: to close it before would give up the locks that SQLite has on the file in this process. */
  readonly #open: number;
  #header: Header;
  /** The last turn that this process committed. */
  #committed: number | undefined;
  /** For good: what SQLite remembers of the file may be of either one. */
  #isOverwritten = false;

  /** @param file one that is there, with a header */
  constructor(file: string) {
    const place = placeOf(file);
    if (!place) throw new StoreUnusable('file-gone', `${file} is gone`);
    this.#file = file;
    this.#place = place;
    this.#open = openSync(file, 'r');
    const header = readHeader(this.#open);
    if (!header) throw new StoreUnusable('damaged', `${file} has no header`);
    this.#header = header;
  }

  /**
   * @param turn the turn that is taken: what was committed is earlier
   * @throws StoreUnusable where the file or its log is not where it was opened, or has other bytes than were written
   */
  check(turn?: number): void {
    let isLogEmpty = false;
    for (const suffix of LOG_FILES) {
      const name = `${this.#file}${suffix}`;
      const found = placeOf(name);
      const known = this.#logs.get(suffix);
      if (known && !found) {
        this.checkFile();
        throw new StoreUnusable('file-gone', `${name} is gone`);
      }
      if (known && found && !isSame(known, found)) throw replaced(name);
      if (found) this.#logs.set(suffix, found);
      if (suffix === '-wal') isLogEmpty = found?.size === 0n;
    }
    this.checkFile();
    if (turn === undefined) return;
    const { turn: onDisk } = this.#header;
    // What another process copies from the log into the file meanwhile was committed before this turn was taken.
    const isFirstAfter = !isLogEmpty || turnsBetween(onDisk, turn) === 1;
    if (isFirstAfter && turnsBetween(onDisk, turn) > 0 && this.#isAfterCommitted(turn)) return;
    this.#isOverwritten = true;
    throw replaced(this.#file);
  }

  /** Of this turn everything is kept, in the file or its log. */
  onCommitted(turn: number): void {
    this.#committed = turn;
  }

  /** The same as `check`, but for the log: what stands there can still be copied into the file where its own name is gone. */
  checkFile(): void {
    const found = placeOf(this.#file);
    if (!found) throw new StoreUnusable('file-gone', `${this.#file} is gone`);
    if (!isSame(found, this.#place)) throw replaced(this.#file);
    const header = readHeader(this.#open);
    if (!header || isOlder(header, this.#header)) this.#isOverwritten = true;
    if (!header || this.#isOverwritten) throw replaced(this.#file);
    this.#header = header;
  }

  #isAfterCommitted(turn: number): boolean {
    return this.#committed === undefined || turnsBetween(this.#committed, turn) > 0;
  }

  /** Whether a check has found that another file was copied over its bytes: a log that is copied there spoils that one. */
  get isOverwritten(): boolean {
    return this.#isOverwritten;
  }

  /** Whether its owner may write it and its log, by the rights and by the disk. */
  isWritable(): boolean {
    keepPrivate(this.#file);
    try {
      for (const suffix of ['', ...LOG_FILES]) {
        const name = `${this.#file}${suffix}`;
        if (suffix === '' || existsSync(name)) accessSync(name, constants.W_OK);
      }
      return true;
    } catch {
      return false;
    }
  }

  /** After all connections were opened anew. */
  forgetLogs(): void {
    this.#logs.clear();
  }

  close(): void {
    closeSync(this.#open);
  }

  /** @throws StoreUnusable where the disk has hardly any room */
  checkRoom(): void {
    const { bavail, bsize } = statfsSync(path.dirname(this.#file));
    if (bavail * bsize >= ROOM_BYTES) return;
    throw new StoreUnusable('disk-full', `only ${bavail * bsize} bytes are left for ${this.#file}`);
  }
}

/** Which file a name means. */
interface Place {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
}

function placeOf(name: string): Place | undefined {
  return statSync(name, { bigint: true, throwIfNoEntry: false });
}

function isSame(one: Place, other: Place): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

function replaced(name: string): StoreUnusable {
  return new StoreUnusable('file-replaced', `${name} is another file than was opened`);
}

/**
 * Whether a header is of an earlier state than was seen, or of none. While another process copies its log into the file,
 * the file may be shorter than its header says, but it does not become shorter then.
 */
function isOlder(found: Header, before: Header): boolean {
  if (turnsBetween(before.turn, found.turn) < 0) return true;
  return found.bytes < before.bytes && found.bytes < found.bytesExpected;
}

/**
 * Makes a file that is not there, for nobody but its owner, and takes from all others their rights on one that is:
 * the ledger says what a shop sells. The log has the owner's rights on the file: SQLite makes it with those that the file
 * has then, so beside a file that was read-only it would stay so. On a file of somebody else's this cannot be done, and
 * is left.
 */
export function keepPrivate(file: string): void {
  try {
    // Never on one that is there: to close it would give up the locks that SQLite has on it in this process.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const rights = statSync(file).mode & 0o700;
  for (const suffix of ['', ...LOG_FILES]) {
    const name = `${file}${suffix}`;
    const mode = statSync(name, { throwIfNoEntry: false })?.mode;
    if (mode === undefined || (mode & 0o777) === rights) continue;
    try {
      chmodSync(name, rights);
    } catch {
      // It is somebody else's.
    }
  }
}
