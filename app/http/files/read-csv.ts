import { pipeline } from 'node:stream/promises';
import { CsvError, Parser } from 'csv-parse';
import { Slices } from '../../ledger/slice';
import { CellsInLine } from './cells-in-line';
import { csvDialectOf, type Delimiter, isMarked } from './csv-dialect';
import { CellReader, type Encoding, fromUtf16, Unreadable, utf16Order } from './encoding';
import {
  type Cell,
  FILE_ROWS_MAX,
  type FileBreak,
  type ReadRows,
  type RowTaker,
  TOO_MANY_ROWS,
  UnreadableCell,
} from './row';

/** The longest line: several times the longest valid one, so that a quote that is not closed is found soon. */
const LINE_LIMIT_BYTES = 65_536;

/** Bytes parsed at a time: few enough that even faulty lines take little time, and other requests are served between. */
const SLICE_BYTES = 1_024;

/**
 * Reads CSV (RFC 4180, lines ended by CR LF, LF or CR) as it streams. The encoding is UTF-8, UTF-16 or
 * Windows-1252. A first line such as `sep=;` names the delimiter. Otherwise it is the comma, semicolon, tab or bar,
 * whichever is most frequent in the first line. Empty rows are skipped, but they count as lines.
 *
 * @throws what `source` throws
 */
export async function readCsv(source: AsyncIterator<Buffer>, taker: RowTaker): Promise<ReadRows> {
  const start = await headOf(source, (head) => head.length >= 4);
  const order = utf16Order(start);
  const raw = chunks(start, source);
  const text = order === undefined ? raw : fromUtf16(raw, order);
  const head = await headOf(text, hasLine);
  const { delimiter, begin } = csvDialectOf(head);
  const cells = new CellReader(encodingOf(head, order));
  const lines = chunks(head.subarray(begin), text);
  // Files with commas between cells write numbers with a decimal point.
  taker.hasDecimalPoint = delimiter === ',';
  const broken = await parsed(lines, delimiter, cells, taker);
  // The rest is read, too, so that the sender can finish.
  await drain(source);
  const { encoding } = cells;
  return {
    broken,
    notes: encoding === 'UTF-8' ? [] : [`The file was read as ${encoding}.`],
  };
}

function encodingOf(head: Buffer, order: 'le' | 'be' | undefined): Encoding | undefined {
  if (order !== undefined) return 'UTF-16';
  return isMarked(head) ? 'UTF-8' : undefined;
}

/** @returns why reading stopped early, if the file is to blame */
async function parsed(
  lines: AsyncIterable<Buffer>,
  delimiter: Delimiter,
  reader: CellReader,
  taker: RowTaker,
): Promise<FileBreak | undefined> {
  const parser = new RowParser(delimiter, (line, cells) =>
    taker.take({ line, cells: cells.map((cell) => cellOf(cell, reader)) }),
  );
  const pieces = async function* () {
    const slices = new Slices();
    const cellsInLine = new CellsInLine(delimiter);
    for await (const chunk of lines) {
      for (let begin = 0; begin < chunk.length; begin += SLICE_BYTES) {
        if (parser.isStopped) return;
        if (slices.isOver) await slices.next();
        if (parser.next > FILE_ROWS_MAX) throw new Unreadable(TOO_MANY_ROWS);
        const slice = chunk.subarray(begin, begin + SLICE_BYTES);
        cellsInLine.count(slice);
        yield slice;
      }
    }
  };
  try {
    await pipeline(pieces, parser.resume());
    return undefined;
  } catch (error) {
    if (parser.isStopped) return undefined;
    if (error instanceof Unreadable) return { line: parser.next, detail: error.message };
    if (!(error instanceof CsvError)) throw error;
    return { line: parser.next, detail: described(error) };
  }
}

/** Passes each row on at once, so that a fault in the next row does not lose it. */
class RowParser extends Parser {
  isStopped = false;
  readonly #take: (line: number, cells: readonly Uint8Array[]) => boolean;
  #rows = 0;

  /** @param take returns whether to read no further */
  constructor(delimiter: Delimiter, take: (line: number, cells: readonly Uint8Array[]) => boolean) {
    super({
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      // Bytes: as text, those that are not UTF-8 would be replaced.
      encoding: null,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LINE_LIMIT_BYTES,
    });
    this.#take = take;
  }

  /** The number of the row that comes next. */
  get next(): number {
    return this.#rows + this.info.empty_lines + 1;
  }

  override push(cells: unknown): boolean {
    if (cells === null) return super.push(null);
    this.#rows += 1;
    // Makes each row the parser's first one. For a row with more or fewer cells than the first, the parser creates an error
    // with a stack, even where such rows are allowed. With millions of rows, this took nearly all of the time.
    (this.info as { records: number }).records = 0;
    const line = this.#rows + this.info.empty_lines;
    if (!this.isStopped) this.isStopped = this.#take(line, cells as Uint8Array[]);
    return true;
  }
}

function cellOf(bytes: Uint8Array, reader: CellReader): Cell {
  const text = reader.read(bytes);
  return text ?? new UnreadableCell(`is not in ${reader.encoding}, as the cells before it are`);
}

/** The beginning of a file. */
async function headOf(
  source: AsyncIterator<Buffer>,
  isEnough: (head: Buffer) => boolean,
): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (!isEnough(head)) {
    const { done, value } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

/** Whether the beginning has a whole line that is not empty, or is longer than any line may be. */
function hasLine(head: Buffer): boolean {
  return head.length > LINE_LIMIT_BYTES || /[^\r\n][\r\n]/.test(head.toString('latin1'));
}

/** Not `for await`, which would close the source when the parser stops early. */
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
