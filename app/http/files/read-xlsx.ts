import { DAY_MS, utcDate } from '../../ledger/day';
import { shortened } from '../problems/shortened';
import { COLUMNS_MAX } from './cells-in-line';
import { Unreadable } from './encoding';
import {
  type Cell,
  FILE_ROWS_MAX,
  NumberCell,
  type ReadRows,
  type RowTaker,
  TOO_MANY_ROWS,
  UnreadableCell,
} from './row';
import { Unpacked } from './unzipped';
import { readWorkbook, readXml, type Workbook } from './workbook';

/** From this whole number on, a spreadsheet may lose the last digits. */
const INEXACT = 1e15;

/**
 * The digits of a number that a spreadsheet shows and lets people type. Further digits are noise of binary fractions:
 * 19.99 * 3 is kept as slightly more than 59.97 (IEEE 754; ECMA-376 leaves it to the program).
 */
const SHOWN_DIGITS = 15;

/** The signature at the end of every complete zip archive. */
const END_OF_ARCHIVE = Buffer.from([0x50, 0x4b, 0x05, 0x06]);

/**
 * Reads the first visible sheet of an .xlsx workbook. A formula counts as its last calculated value, a date as
 * `2026-11-23`. Memory and time are limited, even for an archive that unpacks to a huge size.
 *
 * @throws what `source` throws
 */
export async function readXlsx(source: AsyncIterable<Buffer>, taker: RowTaker): Promise<ReadRows> {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(piece);
  const archive = Buffer.concat(pieces);
  pieces.length = 0;
  // A workbook stores numbers as numbers, so text with a comma or a point remains ambiguous.
  taker.hasDecimalPoint = false;
  const unpacked = new Unpacked();
  let row = 1;
  const notes: string[] = [];
  try {
    if (!archive.includes(END_OF_ARCHIVE))
      throw new Unreadable('cannot be read: the workbook is cut off');
    const workbook = await readWorkbook(archive, unpacked);
    if (workbook.sheetCount > 1) notes.push(`Only the sheet "${workbook.sheetName}" was read.`);
    const hidden = await readSheet(archive, workbook, unpacked, taker, (next) => {
      row = next;
    });
    if (hidden > 0) {
      notes.push(`Hidden rows, such as filtered ones, were read as well: ${hidden} of them.`);
    }
    return { broken: undefined, notes };
  } catch (error) {
    // fflate and the XML parser throw their own errors for damaged files.
    const detail =
      error instanceof Unreadable ? error.message : 'cannot be read: the workbook is damaged';
    return { broken: { line: row, detail }, notes };
  }
}

/** Reads a sheet row by row. @returns how many of the rows are hidden */
async function readSheet(
  archive: Buffer,
  workbook: Workbook,
  unpacked: Unpacked,
  taker: RowTaker,
  reached: (row: number) => void,
): Promise<number> {
  let [row, column, rows, hidden] = [0, 0, 0, 0];
  let cells: Cell[] = [];
  let cell: { type: string; style: number; value: string; hasFormula: boolean } | undefined;
  let within = '';
  let isDone = false;
  await readXml(archive, workbook.sheet, unpacked, {
    open: (name, attributes) => {
      within = name;
      if (name === 'row') {
        row = Number(attributes.r ?? row + 1);
        rows += 1;
        if (attributes.hidden === '1' || attributes.hidden === 'true') hidden += 1;
        column = 0;
        cells = [];
        reached(row);
        if (rows > FILE_ROWS_MAX) throw new Unreadable(TOO_MANY_ROWS);
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        const { t: type = 'n', s: style = '0' } = attributes;
        cell = { type, style: Number(style), value: '', hasFormula: false };
      } else if (name === 'f' && cell) cell.hasFormula = true;
    },
    text: (text) => {
      if (cell && (within === 'v' || within === 't')) cell.value += text;
    },
    close: (name) => {
      within = '';
      if (name === 'c' && cell) {
        if (column <= COLUMNS_MAX) {
          while (cells.length < column - 1) cells.push('');
          cells[column - 1] = cellOf(cell, workbook);
        }
        cell = undefined;
      } else if (name === 'row' && !isDone) isDone = taker.take({ line: row, cells });
    },
    isDone: () => isDone,
  });
  return hidden;
}

/** The number of a column: `A7` is in 1, `AA7` in 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') {
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column;
}

function cellOf(
  {
    type,
    style,
    value,
    hasFormula,
  }: { type: string; style: number; value: string; hasFormula: boolean },
  { sharedTexts, dateStyles, isFrom1904 }: Workbook,
): Cell {
  if (type === 's') return sharedTexts[Number(value)] ?? new UnreadableCell(NO_TEXT);
  if (type === 'inlineStr' || type === 'str') return value;
  if (value === '') return hasFormula ? new UnreadableCell(NO_VALUE) : '';
  if (type === 'e') return new UnreadableCell(`is the spreadsheet's error ${shortened(value)}`);
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return new UnreadableCell(A_DATE, value);
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (dateStyles[style]) return new UnreadableCell(A_DATE, dateOf(number, isFrom1904));
  if (Math.abs(number) >= INEXACT) return new UnreadableCell(INEXACT_NUMBER, String(number));
  return new NumberCell(String(Number(number.toPrecision(SHOWN_DIGITS))));
}

const NO_VALUE = 'is a formula without a value: open the file in a spreadsheet, and save it';
const NO_TEXT = 'refers to a text that is missing: the workbook is damaged';
const A_DATE = 'is a date in the spreadsheet: format the column as text, and enter it again';
const INEXACT_NUMBER =
  'has more digits than a spreadsheet holds in a number: format the column as text, and enter it again';

/** The day of a spreadsheet's date. It counts days since 1904, or since 1900 with a 29 February of 1900, which never was. */
function dateOf(serial: number, isFrom1904: boolean): string {
  const days = isFrom1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial;
  const time = new Date(Math.floor(days - 25_569) * DAY_MS);
  return Number.isNaN(time.getTime()) ? String(serial) : utcDate(time);
}
