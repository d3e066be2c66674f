import { Unreadable } from './encoding';

/** Cells of one row, in a sheet too: a list of products has a few columns, and an export of a large program some hundred. */
export const COLUMNS_MAX = 1_000;

const CR = 13;
const LF = 10;

/**
 * Counts the cells of each line while a file is read, so that one with millions of them is given up before it is parsed.
 * A delimiter within quotes counts, too: no text of a product has nearly as many.
 */
export class CellsInLine {
  readonly #delimiter: number;
  #cells = 1;

  /** @param delimiter one character of ASCII */
  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Takes the next bytes of the file. @throws Unreadable where a line has more cells than `COLUMNS_MAX` */
  count(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === LF || byte === CR) this.#cells = 1;
      else if (byte === this.#delimiter) this.#cells += 1;
      if (this.#cells > COLUMNS_MAX) {
        throw new Unreadable(
          `has more than ${COLUMNS_MAX} cells: take away the columns that are empty`,
        );
      }
    }
  }
}
