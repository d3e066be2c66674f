/** One row of a file that is not empty. */
export interface FileRow {
  /** Its number, as a spreadsheet shows it: the first row is 1, and empty rows count. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** The content of a cell, or why it cannot be read. */
export type Cell = string | NumberCell | UnreadableCell;

/** A cell that holds a number, not text that looks like one. */
export class NumberCell {
  /** @param text the number, with a decimal point */
  constructor(readonly text: string) {}
}

/** A cell that cannot be read. */
export class UnreadableCell {
  /** @param text its content for fields that accept any text, such as a note */
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

/** How reading a file ended. */
export interface ReadRows {
  /** Why it was not read to its end, if the file is to blame. */
  readonly broken: FileBreak | undefined;
  /** Remarks on the file as a whole, such as its encoding. */
  readonly notes: readonly string[];
}

/** Takes the rows of a file in their order. */
export interface RowTaker {
  /** Whether `1.234` in the file can only be a little more than one, and not 1,234. Set before the first row. */
  hasDecimalPoint: boolean;
  /** @returns whether to read no further */
  take(row: FileRow): boolean;
}

/**
 * Rows of one file, including empty ones. Spreadsheets leave many empty rows at the end, and skipping each takes time.
 */
export const FILE_ROWS_MAX = 200_000;

/** The fault of a row beyond that. */
export const TOO_MANY_ROWS = `is beyond the ${FILE_ROWS_MAX} rows that a file may have, empty ones included; remove the empty rows`;
