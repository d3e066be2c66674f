/** Lines below the header of one file. */
export const IMPORT_ROWS_MAX = 100_000;

/** Faults after which a file is read no further. A file with more usually repeats one mistake. */
export const FAULTS_MAX = 1_000;

/**
 * Warnings that an answer tells; all of them count, and are confirmed together. A list of products without leading zeros has
 * one for each line.
 */
export const WARNINGS_MAX = 1_000;

/** Lines that a dry run shows: a page, and a person, is not to be given 100,000. */
export const SHOWN_MAX = 1_000;
