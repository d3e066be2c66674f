/** One statement, and the values for its question marks in the form that the database takes. */
export interface Statement {
  readonly sql: string;
  readonly values?: readonly unknown[];
  /** Whether it may read the whole ledger, and take minutes. */
  readonly isLong?: boolean;
  /** Whether it returns no rows, like an INSERT. SQLite's driver needs to know: only then do its errors have all codes. */
  readonly hasNoRows?: boolean;
}

/**
 * The statements by which a question finds its answer: it yields a statement, gets the rows, and goes on. The caller
 * runs it. MySQL's store awaits each result, and SQLite's gets each at once. A turn on SQLite pauses between two
 * statements if they take long. What else uses the writer's connection does so only if `isInTransaction` is false.
 */
export type Asking<Answer> = Generator<Statement, Answer, readonly unknown[]>;

/** Statements that return no rows, such as INSERTs. */
export type Statements = Generator<Statement, void, unknown>;

/** All rows that a statement returns. */
export function* all<Row>(sql: string, values: readonly unknown[] = []): Asking<readonly Row[]> {
  return (yield { sql, values }) as readonly Row[];
}

/** The first row that a statement returns; undefined if it returns none. */
export function* first<Row>(sql: string, values?: readonly unknown[]): Asking<Row | undefined> {
  const [row] = yield* all<Row>(sql, values);
  return row;
}
