import type { z } from 'zod';
import { DAMAGED_CODE, isDamagedCode } from '../../../ledger/code';
import { unguarded } from '../../../wire/csv-guard';
import type { LineFault } from '../../../wire/imports';
import { FILE_FAULTS_MAX } from '../../../wire/imports';
import { checked } from '../../fields/validated';
import { readRows } from '../../files/read-rows';
import {
  type Cell,
  type FileRow,
  NumberCell,
  type RowTaker,
  UnreadableCell,
} from '../../files/row';
import { type FileColumn, type Holds, readHeader, type TableColumns } from './header-row';
import { plainMoney, plainUnits } from './numbers';

/** Lines below the header of one file. */
export const IMPORT_ROWS_MAX = 100_000;

/** Characters of a cell that are shown with its fault. */
const VALUE_MAX = 100;

/** Unused columns that are named in the notes. */
const UNUSED_SHOWN = 10;

/** The kind of a file: its columns, and what a line of it is. */
export interface FileTable<S extends z.ZodObject, L> extends TableColumns {
  readonly schema: S;
  /**
   * Makes a line of its cells. Empty and missing cells are undefined.
   *
   * @param fields the fields that the file has columns for
   */
  toLine(said: z.output<S>, fields: readonly string[], line: number): L;
}

/** A file after it was read. */
export interface ReadTable<L> {
  /** How many lines it has below the header, as far as it was read. */
  readonly rows: number;
  /** The lines without faults, in order. */
  readonly lines: readonly L[];
  readonly faults: readonly LineFault[];
  /** How many lines are faulty, as far as it was read. */
  readonly faulty: number;
  /** Whether reading stopped because of its faults. */
  readonly stopped: boolean;
  readonly notes: readonly string[];
}

/** Reads a file with a header. @throws what `source` throws */
export async function readTable<S extends z.ZodObject, L>(
  source: AsyncIterator<Buffer>,
  table: FileTable<S, L>,
): Promise<ReadTable<L>> {
  const reading = new TableReading(table);
  const { broken, notes } = await readRows(source, reading);
  if (broken) reading.fault(broken.line, [{ column: null, detail: broken.detail, value: null }]);
  else reading.end();
  const { rows, lines, faults, faulty } = reading;
  const stopped = faults.length >= FILE_FAULTS_MAX;
  return { rows, lines, faults, faulty, stopped, notes: [...notes, ...reading.notes] };
}

type Fault = Omit<LineFault, 'line'>;

class TableReading<S extends z.ZodObject, L> implements RowTaker {
  rows = 0;
  faulty = 0;
  readonly lines: L[] = [];
  readonly faults: LineFault[] = [];
  readonly notes: string[] = [];
  hasDecimalPoint = true;
  readonly #table: FileTable<S, L>;
  #columns: readonly FileColumn[] | undefined;
  #fields: readonly string[] = [];

  constructor(table: FileTable<S, L>) {
    this.#table = table;
  }

  /** @returns whether to read no further */
  take({ line, cells }: FileRow): boolean {
    // Spreadsheets leave empty lines at the end.
    if (cells.every((cell) => isEmpty(cell))) return false;
    if (!this.#columns) return this.#takeHeader(line, cells);
    if (this.rows === IMPORT_ROWS_MAX) {
      const detail = `is beyond the ${IMPORT_ROWS_MAX} lines that a file may have below its header`;
      this.fault(line, [{ column: null, detail, value: null }]);
      return true;
    }
    this.rows += 1;
    this.#takeRow(line, cells, this.#columns);
    return this.faults.length >= FILE_FAULTS_MAX;
  }

  end(): void {
    const fault = (line: number, detail: string) =>
      this.fault(line, [{ column: null, detail, value: null }]);
    if (!this.#columns) fault(1, 'is missing: the file is empty');
    else if (this.rows === 0 && this.faulty === 0) {
      fault(2, 'is missing: the file has a header, and nothing below it');
    }
  }

  /** @returns whether there are any */
  fault(line: number, faults: readonly Fault[]): boolean {
    if (faults.length === 0) return false;
    this.faulty += 1;
    const listed = faults.slice(0, FILE_FAULTS_MAX - this.faults.length);
    this.faults.push(...listed.map((fault) => ({ line, ...fault })));
    return true;
  }

  #takeHeader(line: number, cells: FileRow['cells']): boolean {
    const { columns, faults } = readHeader(cells, this.#table);
    this.#columns = columns;
    this.#fields = columns.flatMap(({ field }) => field ?? []);
    const unused = columns.filter(({ title, field }) => title !== '' && field === undefined);
    if (unused.length > 0) {
      const titles = unused.slice(0, UNUSED_SHOWN).map(({ title }) => title.slice(0, VALUE_MAX));
      const more = unused.length - titles.length;
      const rest = more > 0 ? ` and ${more} more` : '';
      this.notes.push(`Columns that are not used: ${titles.join(', ')}${rest}.`);
    }
    return this.fault(
      line,
      faults.map((fault) => ({ ...fault, value: null })),
    );
  }

  #takeRow(line: number, cells: FileRow['cells'], columns: readonly FileColumn[]): void {
    const stray = cells.findIndex((cell, index) => !columns[index]?.title && !isEmpty(cell));
    if (stray >= 0) {
      const detail = `has something in column ${stray + 1}, which has no name in the header; text with the separator in it must be in quotes`;
      this.fault(line, [{ column: null, detail, value: shown(cells[stray]) }]);
      return;
    }
    const said: Record<string, string> = {};
    const faults: Fault[] = [];
    columns.forEach(({ title, field }, index) => {
      const cell = cells[index];
      if (field === undefined || isEmpty(cell)) return;
      const read = this.#cell(cell as Cell, this.#table.columns[field]?.holds ?? 'text');
      if (typeof read === 'string') said[field] = read;
      else faults.push({ column: title, detail: read.detail, value: shown(cell) });
    });
    const { data, faults: found } = checked(this.#table.schema, said);
    const titleOf = (name: string) => columns.find(({ field }) => field === name)?.title ?? name;
    const cellOf = (name: string) => shown(cells[columns.findIndex(({ field }) => field === name)]);
    for (const { field, detail } of found) {
      const column = titleOf(field);
      // A cell with an earlier fault was left out, and has one fault only.
      if (faults.some((fault) => fault.column === column)) continue;
      faults.push({ column, detail, value: cellOf(field) });
    }
    if (this.fault(line, faults)) return;
    this.lines.push(this.#table.toLine(data as z.output<S>, this.#fields, line));
  }

  #cell(cell: Cell, holds: Holds): string | UnreadableCell {
    if (cell instanceof UnreadableCell) return holds === 'text' ? (cell.text ?? cell) : cell;
    if (cell instanceof NumberCell) return cell.text;
    const text = holds === 'code' ? unwrapped(unguarded(cell)) : unguarded(cell);
    if (holds === 'text' || holds === 'code') {
      if (isDamagedCode(text) && (holds === 'code' || text.startsWith('#'))) {
        return new UnreadableCell(holds === 'code' ? DAMAGED_CODE : SPREADSHEET_ERROR);
      }
      return text;
    }
    const number = holds === 'units' ? plainUnits(text) : plainMoney(text, this.hasDecimalPoint);
    return 'plain' in number ? number.plain : new UnreadableCell(number.fault);
  }
}

/** The code inside the forms that keep a spreadsheet from making it a number: `="0012"`, or an apostrophe before a barcode. */
function unwrapped(text: string): string {
  const [, formula, marked] = /^="([^"]*)"$|^'([0-9]{8,14})$/.exec(text.trim()) ?? [];
  return formula ?? marked ?? text;
}

const SPREADSHEET_ERROR = 'is what a spreadsheet shows for a failed formula, and not text';

function isEmpty(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

function shown(cell: Cell | undefined): string | null {
  const text = typeof cell === 'object' ? cell.text : cell;
  return text?.slice(0, VALUE_MAX) ?? null;
}
