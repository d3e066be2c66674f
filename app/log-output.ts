import { closeSync, constants, fstatSync, openSync, write, writeSync } from 'node:fs';
import { Socket } from 'node:net';

/**
 * What may wait to be written, in UTF-16 units of the lines: about 15,000 lines. Whoever reads the log may pause
 * for some seconds on a busy service; beyond that lines are dropped, since memory is not without end.
 */
const WAITING_LIMIT = 4 * 1024 * 1024;

/** What is written at a time, at most, in the same units: what a pipe of Linux takes at once. */
const WRITE_LIMIT = 65_536;

/** How long a terminal that takes nothing now is left alone. */
const AGAIN_MS = 50;

/** Writes bytes, and says how many were written before it failed, if it did. */
type Write = (bytes: Buffer, done: (error: Error | null, written: number) => void) => void;

/**
 * Where log lines go. It never throws, never blocks, and takes a bounded amount of memory: a line that cannot
 * be written is dropped and counted. A full disk or a reader that has gone or fallen asleep is no reason to
 * stop the service. Written here because pino's own destination ends with the first error, waits for ever
 * behind a pipe that nobody reads, and keeps the process from exiting then.
 */
export class LogOutput {
  readonly #fd: number;
  readonly #write: Write;
  readonly #limit: number;
  #lines: string[] = [];
  #waiting = 0;
  #isWriting = false;
  /** Whether the last write ended within a line. */
  #isTorn = false;
  #dropped = 0;
  #unsaid = 0;
  #onIdle: (() => void) | undefined;

  /**
   * @param fd an open file descriptor, of whatever kind
   * @param onResumed told when a write succeeds after lines were dropped, and how many were
   */
  constructor(
    fd: number,
    readonly onResumed: (dropped: number) => void = () => {},
    limit = WAITING_LIMIT,
  ) {
    this.#fd = opened(fd);
    this.#write = writerTo(this.#fd);
    this.#limit = limit;
  }

  /** Lines that were dropped since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes one line, with its end. */
  write(line: string): void {
    if (this.#waiting + line.length > this.#limit) {
      this.#drop(1);
      return;
    }
    this.#lines.push(line);
    this.#waiting += line.length;
    if (!this.#isWriting) this.#next();
  }

  /** Waits until all is written or dropped, but no longer than so. */
  async flush(timeoutMs: number): Promise<void> {
    if (!this.#isWriting) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
  }

  /** Writes what waits as far as it can be written at once, for a process that ends without warning. */
  writeRest(): void {
    const text = this.#lines.join('');
    this.#lines = [];
    // A socket may wait for its reader by now: O_NONBLOCK is reset by any process that shares it, when it ends.
    if (text === '' || fstatSync(this.#fd).isSocket()) return;
    try {
      writeSync(this.#fd, text);
    } catch {
      // Nobody is left to be told.
    }
  }

  #next(): void {
    const lines = this.#take();
    if (lines.length === 0) {
      this.#isWriting = false;
      this.#onIdle?.();
      return;
    }
    this.#isWriting = true;
    const text = lines.join('');
    const bytes = Buffer.from(this.#isTorn ? `\n${text}` : text);
    this.#write(bytes, (error, written) => {
      this.#waiting -= text.length;
      this.#isTorn = written > 0 ? bytes[written - 1] !== NEWLINE : this.#isTorn;
      if (error) this.#drop(linesIn(bytes.subarray(written)));
      else if (this.#unsaid > 0) {
        const dropped = this.#unsaid;
        this.#unsaid = 0;
        this.onResumed(dropped);
      }
      this.#next();
    });
  }

  /** The lines to write next: one at least, if any waits. */
  #take(): string[] {
    let length = 0;
    const beyond = this.#lines.findIndex((line) => {
      length += line.length;
      return length > WRITE_LIMIT;
    });
    if (beyond < 0) {
      const all = this.#lines;
      this.#lines = [];
      return all;
    }
    return this.#lines.splice(0, Math.max(beyond, 1));
  }

  #drop(lines: number): void {
    this.#dropped += lines;
    this.#unsaid += lines;
  }
}

const NEWLINE = 10;

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

/**
 * The descriptor to write to. A pipe or terminal is opened anew, to write without waiting: O_NONBLOCK belongs to
 * all who share what is open, and a shell that writes to the same pipe would fail. Where this cannot be done, as
 * where there is no /proc, it is the one given.
 */
function opened(fd: number): number {
  const given = fstatSync(fd);
  if (!given.isFIFO() && !given.isCharacterDevice()) return fd;
  const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
  try {
    const again = openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
    if (fstatSync(again).ino === given.ino) return again;
    closeSync(again);
    return fd;
  } catch {
    return fd;
  }
}

/**
 * How to write to a descriptor. A pipe is written to by the event loop, not by one of Node's few threads: a
 * thread that waits for the reader of a pipe cannot be ended, and process.exit() waits for it.
 */
function writerTo(fd: number): Write {
  const stat = fstatSync(fd);
  return stat.isFIFO() || stat.isSocket() ? writerToSocket(fd) : writerToFile(fd);
}

function writerToSocket(fd: number): Write {
  const socket = new Socket({ fd, readable: false, writable: true });
  // Each write is told of it, too.
  socket.on('error', () => {});
  // Not documented, and there since Node.js 0.12: it sets O_NONBLOCK.
  const { _handle: handle } = socket as { _handle?: { setBlocking?(isBlocking: boolean): void } };
  return (bytes, done) => {
    // Whoever shares a socket, as the processes of WEB_CONCURRENCY do, resets O_NONBLOCK when it ends.
    if (!socket.destroyed) handle?.setBlocking?.(false);
    socket.write(bytes, (error) => done(error ?? null, error ? 0 : bytes.length));
  };
}

function writerToFile(fd: number): Write {
  return (bytes, done) => {
    const from = (offset: number) => {
      write(fd, bytes, offset, bytes.length - offset, null, (error, count) => {
        if (error?.code === 'EAGAIN') setTimeout(from, AGAIN_MS, offset);
        else if (error) done(error, offset);
        else if (offset + count < bytes.length) from(offset + count);
        else done(null, bytes.length);
      });
    };
    from(0);
  };
}
