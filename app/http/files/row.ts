/** One row of a file that says something. */
export interface FileRow {
  /** Its number, as a spreadsheet shows it: the first row is 1, and empty rows count. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** What stands in a cell, or why that cannot be told. */
export type Cell = string | NumberCell | UnreadableCell;

/** A cell that holds a number as such, and not text that looks like one. */
export class NumberCell {
  /** @param text with a point before its decimals */
  constructor(readonly text: string) {}
}

/** A cell that cannot be read. */
export class UnreadableCell {
  /** @param text what it says where any text will do, as in a note */
  constructor(
    readonly detail: string,
    readonly text?: string,
  ) {}
}

/** Why a file cannot be read any further. */
export interface FileBreak {
  readonly line: number;
  readonly detail: string;
}

/** What a file was read as. */
export interface ReadRows {
  /** Why it was not read to its end, where that is the file's fault. */
  readonly broken: FileBreak | undefined;
  /** What is to be said of the file as a whole, such as its encoding. */
  readonly notes: readonly string[];
}

/** Takes the rows of a file in their order. */
export interface RowTaker {
  /** Whether `1.234` in the file can only be a little more than one, and not 1,234: said before the first row. */
  hasDecimalPoint: boolean;
  /** @returns whether to read no further */
  take(row: FileRow): boolean;
}

/**
 * Rows of one file, with the empty ones, of which spreadsheets leave many at the end: each takes time to pass
 * over.
 */
export const FILE_ROWS_MAX = 200_000;

/** What to say of a row beyond that. */
export const TOO_MANY_ROWS = `is beyond the ${FILE_ROWS_MAX} rows that a file may have with its empty ones; remove these`;
