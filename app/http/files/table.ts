import type { z } from 'zod';
import { checked } from '../fields';
import { unguarded } from './csv';
import { type CsvLine, readCsv } from './read-csv';

/** Lines below the header of one file. */
export const IMPORT_ROWS_MAX = 100_000;

/** Faults of a file that are listed: whoever has more has one of them many times. */
const FAULTS_MAX = 1_000;

/** What a file says, line by line. */
export interface Table<S extends z.ZodObject, C> {
  /** Its columns: what each cell must be. A cell that is empty, as one that is not there, is undefined. */
  readonly schema: S;
  /**
   * What a line asks for.
   *
   * @param columns those that the file has
   */
  toCommand(fields: z.output<S>, columns: readonly string[], line: number): C;
}

/** One fault of a file. */
export interface LineFault {
  readonly line: number;
  /** Null where it is about the whole line. */
  readonly column: string | null;
  readonly detail: string;
}

/** A file as it was read. */
export interface ReadTable<C> {
  /** How many lines it has below the header, as far as it was read. */
  readonly rows: number;
  /** What the lines without faults ask for, in order. */
  readonly commands: readonly C[];
  /** The faults, 1,000 at most. */
  readonly faults: readonly LineFault[];
  /** How many lines are faulty. */
  readonly faulty: number;
}

/** Reads a CSV file with a header. @throws what `source` throws */
export async function readTable<S extends z.ZodObject, C>(
  source: AsyncIterator<Buffer>,
  table: Table<S, C>,
): Promise<ReadTable<C>> {
  const reading = new Reading(table);
  const broken = await readCsv(source, (line) => reading.take(line));
  if (broken) reading.fault(broken.line, [{ column: null, detail: broken.detail }]);
  else reading.end();
  const { rows, commands, faults, faulty } = reading;
  return { rows, commands, faults, faulty };
}

class Reading<S extends z.ZodObject, C> implements ReadTable<C> {
  rows = 0;
  faulty = 0;
  readonly commands: C[] = [];
  readonly faults: LineFault[] = [];
  readonly #table: Table<S, C>;
  #columns: readonly string[] | undefined;
  /** The line of each productID. */
  readonly #lines = new Map<number, number>();

  constructor(table: Table<S, C>) {
    this.#table = table;
  }

  /** @returns whether to read no further */
  take({ line, cells }: CsvLine): boolean {
    // Spreadsheets leave such lines at the end.
    if (cells.every((cell) => cell?.trim() === '')) return false;
    if (!this.#columns) {
      this.#columns = cells.map((cell) => cell?.trim() ?? '');
      return this.fault(line, headerFaults(this.#columns, this.#table.schema));
    }
    if (this.rows === IMPORT_ROWS_MAX) {
      const detail = `is beyond the ${IMPORT_ROWS_MAX} lines that a file may have below its header`;
      return this.fault(line, [{ column: null, detail }]);
    }
    this.rows += 1;
    this.#takeRow(line, cells, this.#columns);
    return false;
  }

  end(): void {
    if (!this.#columns) this.fault(1, [{ column: null, detail: 'is missing: the file is empty' }]);
    else if (this.rows === 0 && this.faulty === 0) {
      this.fault(2, [{ column: null, detail: 'is missing: the file has nothing but a header' }]);
    }
  }

  /** @returns whether there are any */
  fault(line: number, faults: readonly Omit<LineFault, 'line'>[]): boolean {
    if (faults.length === 0) return false;
    this.faulty += 1;
    const listed = faults.slice(0, FAULTS_MAX - this.faults.length);
    this.faults.push(...listed.map((fault) => ({ line, ...fault })));
    return true;
  }

  #takeRow(line: number, cells: CsvLine['cells'], columns: readonly string[]): void {
    if (cells.length !== columns.length) {
      const detail = `has ${cells.length} cells, and the header ${columns.length}`;
      this.fault(line, [{ column: null, detail }]);
      return;
    }
    const { data, faults } = checked(this.#table.schema, fieldsOf(columns, cells));
    const encoding = columns.filter((_, index) => cells[index] === undefined);
    const all = [
      ...encoding.map((column) => ({ column, detail: 'is not in UTF-8' })),
      ...faults
        .filter(({ field }) => !encoding.includes(field))
        .map(({ field, detail }) => ({ column: field, detail })),
      ...this.#repeated(data, line),
    ];
    if (this.fault(line, all)) return;
    this.commands.push(this.#table.toCommand(data as z.output<S>, columns, line));
  }

  /** A product has one line: of two, nobody knows which is meant. */
  #repeated(data: z.output<S> | undefined, line: number): Omit<LineFault, 'line'>[] {
    if (!data) return [];
    const productID = data.productID as number;
    const first = this.#lines.get(productID);
    if (first === undefined) this.#lines.set(productID, line);
    return first === undefined
      ? []
      : [{ column: 'productID', detail: `is in line ${first} already` }];
  }
}

function fieldsOf(columns: readonly string[], cells: CsvLine['cells']): Record<string, string> {
  const fields: Record<string, string> = {};
  columns.forEach((column, index) => {
    const cell = cells[index];
    if (cell !== undefined && cell !== '') fields[column] = unguarded(cell);
  });
  return fields;
}

function headerFaults(columns: readonly string[], schema: z.ZodObject): Omit<LineFault, 'line'>[] {
  const known = Object.keys(schema.shape);
  const hint = `(columns: ${known.join(', ')})`;
  const missing = known.filter(
    (name) => !columns.includes(name) && !schema.shape[name]?.safeParse(undefined).success,
  );
  return [
    ...[...new Set(columns)].flatMap((column) => {
      if (!known.includes(column)) return [{ column, detail: `is not known here ${hint}` }];
      const repeated = columns.indexOf(column) !== columns.lastIndexOf(column);
      return repeated ? [{ column, detail: 'must be there once' }] : [];
    }),
    ...missing.map((column) => ({ column, detail: `is missing ${hint}` })),
  ];
}
