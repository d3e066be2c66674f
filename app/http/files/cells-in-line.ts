import { Unreadable } from './encoding';

/** Cells of one row of a file or sheet. A list of products has a few columns, the export of a large program a few hundred. */
export const COLUMNS_MAX = 1_000;

const CR = 13;
const LF = 10;

/**
 * Counts the cells of each line while a file is read. A line with millions of cells is refused before it is parsed.
 * Delimiters within quotes count, too: no text of a product has nearly that many.
 */
export class CellsInLine {
  readonly #delimiter: number;
  #cells = 1;

  /** @param delimiter one character of ASCII */
  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Takes the next bytes of the file. @throws Unreadable if a line has more cells than `COLUMNS_MAX` */
  count(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === LF || byte === CR) this.#cells = 1;
      else if (byte === this.#delimiter) this.#cells += 1;
      if (this.#cells > COLUMNS_MAX) {
        throw new Unreadable(`has more than ${COLUMNS_MAX} cells: remove the empty columns`);
      }
    }
  }
}
