import { isUtf8 } from 'node:buffer';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';

/** One line that says something. */
export interface CsvLine {
  /** Where it begins in the file, as an editor counts lines; a quoted cell may reach over several. */
  readonly line: number;
  /** Its cells; undefined for one that is not in UTF-8. */
  readonly cells: readonly (string | undefined)[];
}

/** Why a file cannot be read any further. */
export interface CsvBreak {
  readonly line: number;
  readonly detail: string;
}

/** One line: several times the longest that can be valid, so that a quote that is not closed is found soon. */
const LINE_LIMIT_BYTES = 65_536;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Reads CSV (RFC 4180, lines ended by CR LF, LF or CR) as it streams. Its delimiter is the comma or the
 * semicolon, whichever there is more of in the first line; a byte order mark is passed over, and so are
 * empty lines.
 *
 * @param take called with each line; true to read no further
 * @returns why it was not read to its end, where that is the file's fault
 * @throws what `source` throws
 */
export async function readCsv(
  source: AsyncIterator<Buffer>,
  take: (line: CsvLine) => boolean,
): Promise<CsvBreak | undefined> {
  const head = await firstLine(source);
  const position = new Position();
  const parser = parse({
    delimiter: delimiterOf(head),
    record_delimiter: ['\r\n', '\n', '\r'],
    // Bytes, since text would have them replaced that are not UTF-8.
    encoding: null,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LINE_LIMIT_BYTES,
    // Called within the parser, so that nothing read is lost where it then fails.
    on_record: (cells: unknown) => {
      const { empty_lines: emptyLines } = parser.info;
      if (take(position.advance(cells as Buffer[], emptyLines))) throw new Stop();
      return null;
    },
  });
  parser.resume();
  try {
    await pipeline(chunks(head, source), parser);
    return undefined;
  } catch (error) {
    // The rest is read too: who sends it must not be left waiting.
    if (error instanceof Stop || error instanceof CsvError) await drain(source);
    if (error instanceof Stop) return undefined;
    if (!(error instanceof CsvError)) throw error;
    return { line: position.next(parser.info.empty_lines), detail: described(error) };
  }
}

/** The reader wants no more. */
class Stop extends Error {}

/** Where in the file the parser is: it counts some line breaks in quoted cells twice itself. */
class Position {
  #next = 1;
  #emptyLines = 0;

  /** The number of the line that comes next. */
  next(emptyLines: number): number {
    this.#next += emptyLines - this.#emptyLines;
    this.#emptyLines = emptyLines;
    return this.#next;
  }

  advance(cells: readonly Buffer[], emptyLines: number): CsvLine {
    const line = this.next(emptyLines);
    this.#next += 1 + cells.reduce((sum, cell) => sum + lineBreaks(cell), 0);
    return { line, cells: cells.map(text) };
  }
}

function text(cell: Uint8Array): string | undefined {
  return isUtf8(cell)
    ? Buffer.from(cell.buffer, cell.byteOffset, cell.length).toString()
    : undefined;
}

function lineBreaks(cell: Uint8Array): number {
  if (!cell.includes(0x0a) && !cell.includes(0x0d)) return 0;
  return (
    Buffer.from(cell)
      .toString('latin1')
      .match(/\r\n|\n|\r/g)?.length ?? 0
  );
}

/** The beginning of the file, up to the end of its first line or beyond, without a byte order mark. */
async function firstLine(source: AsyncIterator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (!head.includes('\n') && !head.includes('\r') && head.length <= LINE_LIMIT_BYTES) {
    const { done, value } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const marked = head.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return marked ? head.subarray(BYTE_ORDER_MARK.length) : head;
}

function delimiterOf(head: Buffer): ',' | ';' {
  const [line = ''] = head.toString('latin1').split(/[\r\n]/, 1);
  return line.split(';').length > line.split(',').length ? ';' : ',';
}

/** Not `for await`, which would close the source where the parser stops early. */
async function* chunks(head: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

async function drain(source: AsyncIterator<Buffer>): Promise<void> {
  while (!(await source.next()).done);
}

function described({ code }: CsvError): string {
  switch (code as string) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'has a quote that is not closed';
    case 'CSV_MAX_RECORD_SIZE':
      return `is longer than ${LINE_LIMIT_BYTES} bytes, or has a quote that is not closed`;
    case 'INVALID_OPENING_QUOTE':
      return 'has a quote within a cell that does not begin with one';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'has something after a closing quote; a quote within a quoted cell is written twice';
    default:
      return 'is not well-formed CSV';
  }
}
