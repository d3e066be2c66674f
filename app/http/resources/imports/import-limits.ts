/** Lines below the header of one file. */
export const IMPORT_ROWS_MAX = 100_000;

/** Faults after which reading stops. A file with more usually repeats one mistake. */
export const FAULTS_MAX = 1_000;

/**
 * Warnings in an answer. All warnings are confirmed together, listed or not: a file of codes without leading zeros has one
 * for each line.
 */
export const WARNINGS_MAX = 1_000;

/** Lines in the answer to a dry run: neither the page nor a person can use 100,000. */
export const SHOWN_MAX = 1_000;
