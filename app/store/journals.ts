import { FIRST_LOCATION } from '../ledger/locations/location';
import type { Journal } from '../ledger/memory';
import type { Statement } from './asking';
import { type Asking, all, first } from './asking';
import { safeInteger } from './codec';
import type { Dialect, LatestPart } from './dialect';
import type { TableCodec } from './table-codec';
import { JOURNALS } from './tables';

/** Products whose latest entries are read at a time: the driver makes this many rows within a few milliseconds. */
const LOAD_PAGE = 500;

/** Runs what is asked on one connection that nobody else uses meanwhile. */
export type Run = <T>(asking: Asking<T>) => Promise<T>;

/**
 * Gives an object a member for each of the append-only tables that are folded into memory.
 *
 * @param isInTurn whether they are read within a turn: then no other turn is open
 */
export function addJournals(to: object, dialect: Dialect, run: Run, isInTurn: boolean): void {
  for (const [journal, table] of Object.entries(JOURNALS)) {
    const codec = dialect.tables[table] as TableCodec<unknown>;
    const awaitTurn = isInTurn || !codec.isByHand ? undefined : dialect.awaitTurn;
    (to as Record<string, Journal<unknown>>)[journal] = new TableJournal(
      codec,
      dialect,
      run,
      awaitTurn,
    );
  }
}

/**
 * One such table.
 *
 * A row that somebody inserts by hand may take a number beyond those of a turn that is still open, and be committed first.
 * So where numbers are missing, the rows are read again after that turn: it may still add lower numbers. Two open
 * transactions by hand can hide one another all the same: db/README.md tells people to insert one row at a time.
 */
class TableJournal<E> implements Journal<E> {
  readonly #codec: TableCodec<E>;
  readonly #dialect: Dialect;
  readonly #run: Run;
  readonly #awaitTurn: Statement | undefined;

  /** @param awaitTurn waits for the open turn; undefined if none can add lower numbers */
  constructor(codec: TableCodec<E>, dialect: Dialect, run: Run, awaitTurn: Statement | undefined) {
    this.#codec = codec;
    this.#dialect = dialect;
    this.#run = run;
    this.#awaitTurn = awaitTurn;
  }

  from(number: number, limit: number): Promise<E[]> {
    return this.#run(this.#settledFrom(number, limit));
  }

  /**
   * Up to the last entry that was there at first. Nothing up to it ever changes, so that the parts agree without a
   * transaction over all of them, and each may be read on another connection.
   */
  async *load(): AsyncGenerator<readonly E[]> {
    if (this.#codec.about === '') {
      yield await this.#run(this.#from(1, LOAD_PAGE));
      return;
    }
    const asOf = await this.#run(this.#last());
    if (this.#codec.open !== undefined) {
      yield* this.#loadOpen(this.#codec.open, asOf);
      return;
    }
    if (await this.#run(this.#isDivided())) {
      yield* this.#loadWithin(asOf);
      return;
    }
    for (let after: number | undefined = 0; after !== undefined; ) {
      const wanted = { asOf, after, limit: LOAD_PAGE };
      const part: LatestPart<E> = await this.#run(this.#dialect.latest(this.#codec, wanted));
      yield part.entries;
      after = part.next;
    }
  }

  /** Whether things have several parts. If they cannot yet, the latest entry about each thing is enough. */
  *#isDivided(): Asking<boolean> {
    if (this.#codec.within.length === 0) return false;
    if (!this.#codec.isWholeWithoutLocations) return true;
    const other = yield* first(
      `SELECT locationID FROM locations WHERE locationID <> ${FIRST_LOCATION} LIMIT 1`,
    );
    return other !== undefined;
  }

  async *#loadWithin(asOf: number): AsyncGenerator<readonly E[]> {
    const first = [0, ...this.#codec.within.map(() => 0)];
    for (let after: readonly number[] | undefined = first; after !== undefined; ) {
      const wanted = { asOf, after, limit: LOAD_PAGE };
      const entries: readonly E[] = await this.#run(
        this.#dialect.latestWithin(this.#codec, wanted),
      );
      yield entries;
      const last = entries.at(-1);
      const isMore = last !== undefined && entries.length >= LOAD_PAGE;
      after = isMore ? this.#codec.partOf(last) : undefined;
    }
  }

  /** The latest entries of the things that have not ended, and the last entry of all, as of which they are known. */
  async *#loadOpen(open: string, asOf: number): AsyncGenerator<readonly E[]> {
    const { key, table, about, read, selectedOf, subjectOf } = this.#codec;
    const sql = `SELECT ${selectedOf('m1')}
       FROM ${table} m1
         LEFT JOIN ${table} m2 ON m2.${about} = m1.${about} AND m2.${key} > m1.${key} AND m2.${key} <= ?
       WHERE m1.${about} > ? AND m1.${key} <= ? AND m1.${open} AND m2.${key} IS NULL
       ORDER BY m1.${about}
       LIMIT ?`;
    for (let after: number | undefined = 0; after !== undefined; ) {
      const rows: readonly unknown[] = await this.#run(all(sql, [asOf, after, asOf, LOAD_PAGE]));
      const entries = rows.map(read);
      yield entries;
      const last = entries.at(-1);
      after = last !== undefined && entries.length >= LOAD_PAGE ? subjectOf(last) : undefined;
    }
    yield (await this.#run(this.#from(asOf, 1))).slice(0, 1);
  }

  /** The number of the last entry, or 0. No lower number can be added any more. */
  *#last(): Asking<number> {
    const { key, table } = this.#codec;
    const row = yield* first<{ last: unknown }>(`SELECT MAX(${key}) AS last FROM ${table}`);
    if (this.#awaitTurn) yield this.#awaitTurn;
    return safeInteger(row?.last ?? 0);
  }

  /** Where numbers are missing it reads again after the turn, up to the last entry that it saw before. */
  *#settledFrom(number: number, limit: number): Asking<E[]> {
    const entries = yield* this.#from(number, limit);
    const end = entries.at(-1);
    if (!this.#awaitTurn || end === undefined) return entries;
    const numberOf = (entry: E) => this.#codec.keyOf(entry) as number;
    if (numberOf(end) - Math.max(number, 1) === entries.length - 1) return entries;
    yield this.#awaitTurn;
    const again = yield* this.#from(number, limit);
    return again.filter((entry) => numberOf(entry) <= numberOf(end));
  }

  *#from(number: number, limit: number): Asking<E[]> {
    const rows = yield* all(this.#codec.selectFrom, [number, limit]);
    return rows.map(this.#codec.read);
  }
}
