import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  statfsSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { StoreUnusable } from '../../ledger/store-failure';
import {
  type FileHeader,
  HEADER_BYTES,
  LOG_FILES,
  readFileHeader,
  turnsBetween,
} from './file-header';
import { keepPrivate } from './private';

/** With less room than this the next changes may not fit: a change takes a few pages of 4 KiB in the log. */
const ROOM_BYTES = 262_144;

/**
 * The file that a store has opened, and the checks that it is still the same file.
 *
 * SQLite goes on writing into a file that was deleted or replaced, and all that is recorded there is lost with the
 * process. If another file was copied over its bytes, SQLite goes on with what it remembers of the old one and damages
 * both. No check sees what happens between the check and the next write: stop the service before you replace its file.
 */
export class LedgerFile {
  readonly #file: string;
  readonly #atOpen: NamedFile;
  readonly #logs: {
    readonly suffix: string;
    readonly name: string;
    seen: NamedFile | undefined;
  }[];
  /** Closed with the store: closing it earlier would release the locks that SQLite has on the file in this process. */
  readonly #open: number;
  /** For each check to read into. */
  readonly #headerBytes = Buffer.alloc(HEADER_BYTES);
  #header: FileHeader;
  /** The file's size when `#header` was read. */
  #size: bigint;
  /** The last turn that this process committed. */
  #committed: number | undefined;
  /** Once true it stays so: what SQLite remembers may be of either file. */
  #isOverwritten = false;

  /** @param file one that exists and has a header */
  constructor(file: string) {
    const found = fileNamed(file);
    if (!found) throw gone(file);
    this.#file = file;
    this.#atOpen = found;
    this.#size = found.size;
    this.#logs = LOG_FILES.map((suffix) => ({ suffix, name: file + suffix, seen: undefined }));
    this.#open = openSync(file, 'r');
    const header = readFileHeader(this.#open);
    if (!header) throw new StoreUnusable('damaged', `${file} has no header`);
    this.#header = header;
  }

  /**
   * Checks the file and its log. A turn does so twice: when it is taken, and before its COMMIT.
   *
   * @param turn the turn that was just taken: all that was committed is earlier
   * @throws StoreUnusable if the file or its log was removed or replaced, or has other bytes than were written
   */
  check(turn?: number): void {
    let isLogEmpty = false;
    for (const log of this.#logs) {
      const found = fileNamed(log.name);
      if (log.seen && !found) {
        this.checkFile();
        throw gone(log.name);
      }
      if (log.seen && found && !isSame(log.seen, found)) throw replaced(log.name);
      if (found) log.seen = found;
      if (log.suffix === '-wal') isLogEmpty = found?.size === 0n;
    }
    this.checkFile();
    if (turn !== undefined) this.#checkTurn(turn, isLogEmpty);
  }

  /** Everything up to this turn is in the file or its log. */
  onCommitted(turn: number): void {
    this.#committed = turn;
  }

  /** Checks the file alone: if only its log was removed, what SQLite has of the log can still be copied into the file. */
  checkFile(): void {
    const found = fileNamed(this.#file);
    if (!found) throw gone(this.#file);
    if (!isSame(found, this.#atOpen)) throw replaced(this.#file);
    const header = readFileHeader(this.#open, this.#headerBytes);
    if (!header || this.#isEarlier(header, found.size)) this.#isOverwritten = true;
    if (!header || this.#isOverwritten) throw replaced(this.#file);
    this.#header = header;
    this.#size = found.size;
  }

  /** Another process may copy the log into the file now, but only what was committed before this turn was taken. */
  #checkTurn(turn: number, isLogEmpty: boolean): void {
    const { turn: onDisk } = this.#header;
    const isNextToFile = !isLogEmpty || turnsBetween(onDisk, turn) === 1;
    const isAfterCommitted =
      this.#committed === undefined || turnsBetween(this.#committed, turn) > 0;
    if (isNextToFile && turnsBetween(onDisk, turn) > 0 && isAfterCommitted) return;
    this.#isOverwritten = true;
    throw replaced(this.#file);
  }

  /**
   * Whether the file is in an earlier state than was seen before. While another process copies its log into the file,
   * the file may be shorter than its header says, but it never shrinks then.
   */
  #isEarlier(header: FileHeader, size: bigint): boolean {
    if (turnsBetween(this.#header.turn, header.turn) < 0) return true;
    return size < this.#size && size < header.bytesExpected;
  }

  /** Whether a check has found that another file was copied over its bytes. Our log would damage that file. */
  get isOverwritten(): boolean {
    return this.#isOverwritten;
  }

  /** Whether its owner may write it and its log, by their permissions and by the disk. */
  isWritable(): boolean {
    keepPrivate(this.#file);
    try {
      accessSync(this.#file, constants.W_OK);
      for (const { name } of this.#logs) {
        if (existsSync(name)) accessSync(name, constants.W_OK);
      }
      return true;
    } catch {
      return false;
    }
  }

  /** To be called after all connections were opened again. */
  forgetLogs(): void {
    for (const log of this.#logs) log.seen = undefined;
  }

  close(): void {
    closeSync(this.#open);
  }

  /** @throws StoreUnusable if the disk has hardly any room */
  checkRoom(): void {
    const { bavail, bsize } = statfsSync(path.dirname(this.#file));
    if (bavail * bsize >= ROOM_BYTES) return;
    throw new StoreUnusable('disk-full', `only ${bavail * bsize} bytes are left for ${this.#file}`);
  }
}

/** The file that a name stands for. Its number may be beyond 2^53. */
interface NamedFile {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
}

function fileNamed(name: string): NamedFile | undefined {
  return statSync(name, { bigint: true, throwIfNoEntry: false });
}

function isSame(one: NamedFile, other: NamedFile): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

function gone(name: string): StoreUnusable {
  return new StoreUnusable('file-gone', `${name} is gone`);
}

function replaced(name: string): StoreUnusable {
  return new StoreUnusable('file-replaced', `${name} is another file than was opened`);
}
