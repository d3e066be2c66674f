import { closeSync, constants, fstatSync, openSync, write, writeSync } from 'node:fs';
import { Socket } from 'node:net';

/**
 * How much may wait to be written, in UTF-16 units: about 15,000 lines. On a busy service the reader of the log may pause
 * for some seconds. After that lines are dropped, because memory is limited.
 */
const WAITING_LIMIT = 4 * 1024 * 1024;

/** How much is written at a time, in the same units: what a pipe of Linux takes at once. */
const WRITE_LIMIT = 65_536;

/** The pause before another try to write to a terminal that takes nothing now. */
const AGAIN_MS = 50;

/** Writes bytes, and reports how many were written, also if it failed. */
type Write = (bytes: Buffer, done: (error: Error | null, written: number) => void) => void;

/**
 * Where log lines go. It never throws, never blocks, and uses a limited amount of memory. A line that cannot be written
 * is dropped and counted: a full disk, or a reader of the log that has gone or stopped, must not stop the service.
 * It is our own code because pino's destination ends with the first error, waits for ever for a pipe that nobody reads, and
 * keeps the process from exiting then.
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
   * @param fd an open file descriptor of any kind
   * @param onResumed called when a write succeeds after lines were dropped, with their number
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

  /** Waits until everything is written or dropped, or the time is over. */
  async flush(timeoutMs: number): Promise<void> {
    if (!this.#isWriting) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
  }

  /** Writes as much of what waits as can be written at once, for a process that ends without warning. */
  writeRest(): void {
    const text = this.#lines.join('');
    this.#lines = [];
    // A write to a socket may block by now: any process that shares it resets O_NONBLOCK when it ends.
    if (text === '' || fstatSync(this.#fd).isSocket()) return;
    try {
      writeSync(this.#fd, text);
    } catch {
      // There is nowhere left to report it.
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

  /** The lines to write next: at least one, if any waits. */
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
 * The descriptor to write to. A pipe or terminal is opened again, to write without blocking: O_NONBLOCK holds for all
 * processes that share an open file, and a shell that writes to the same pipe would fail. If it cannot be opened again,
 * for example without /proc, the given descriptor is used.
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
 * How to write to a descriptor. The event loop writes to pipes, not one of Node's few threads: a thread that waits for the
 * reader of a pipe cannot be ended, and process.exit() waits for it.
 */
function writerTo(fd: number): Write {
  const stat = fstatSync(fd);
  return stat.isFIFO() || stat.isSocket() ? writerToSocket(fd) : writerToFile(fd);
}

function writerToSocket(fd: number): Write {
  const socket = new Socket({ fd, readable: false, writable: true });
  // Each write gets the error too.
  socket.on('error', () => {});
  // It sets O_NONBLOCK. It is not documented, and exists since Node.js 0.12.
  const { _handle: handle } = socket as { _handle?: { setBlocking?(isBlocking: boolean): void } };
  return (bytes, done) => {
    // Any process that shares a socket, like those of WEB_CONCURRENCY, resets O_NONBLOCK when it ends.
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
