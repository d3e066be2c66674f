/** Lines below the header of one file. */
export const IMPORT_ROWS_MAX = 100_000;
