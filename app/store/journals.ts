import type { Journal } from '../ledger/memory';
import type { Journals } from '../ledger/store';
import { type Asking, all, first } from './asking';
import { safeInteger } from './codec';
import type { Dialect, Part, PartWanted } from './dialect';
import type { TableCodec } from './table-codec';

/** Products whose latest entries are read at a time: the driver makes so many rows within a few milliseconds. */
const LOAD_PAGE = 500;

/** Runs what is asked on one connection, which nobody else has meanwhile. */
export type Run = <T>(asking: Asking<T>) => Promise<T>;

/** An append-only table that is folded into memory. */
export interface JournalTable<E> {
  readonly codec: TableCodec<E>;
  /** The column that numbers its rows, and the field of that name. */
  readonly number: keyof E & string;
  /** Whether administrators insert rows, too. */
  readonly isByHand: boolean;
}

/** Each journal's table. */
type JournalTables = {
  readonly [J in keyof Journals]: Journals[J] extends Journal<infer E> ? JournalTable<E> : never;
};

/** The append-only tables that are folded into memory. */
export function journalTables({ tables }: Dialect): JournalTables {
  return {
    records: { codec: tables.inventory, number: 'record', isByHand: true },
    revisions: { codec: tables.products, number: 'revision', isByHand: true },
    alerts: { codec: tables.alerts, number: 'event', isByHand: false },
  };
}

/**
 * The journals, as who runs them reads them.
 *
 * Beside turns, a row inserted by hand may take a number beyond those of a turn that lasts, and be committed before
 * them. So nothing counts as read while a turn may still bring a lower number: what leaves a gap is read again once
 * that turn is over. Two transactions by hand that overlap can hide one another all the same: db/README.md tells people
 * to insert one row at a time.
 *
 * @param isInTurn whether it is run in a turn, beside which there is no other
 */
export function journals(dialect: Dialect, run: Run, isInTurn: boolean): Journals {
  const journal = <E extends { readonly productID: number }>(
    table: JournalTable<E>,
  ): Journal<E> => {
    const isSettled = isInTurn || !table.isByHand || dialect.awaitTurn === undefined;
    return {
      load: () => load(dialect, run, table, isSettled),
      from: (number, limit) =>
        run(
          isSettled
            ? entriesFrom(table, number, limit)
            : settledEntriesFrom(dialect, table, number, limit),
        ),
    };
  };
  const { records, revisions, alerts } = journalTables(dialect);
  return { records: journal(records), revisions: journal(revisions), alerts: journal(alerts) };
}

/** The latest entries as of a number, by productID: a part of them. */
export function latest<E extends { readonly productID: number }>(
  dialect: Dialect,
  { codec, number }: JournalTable<E>,
  wanted: PartWanted,
): Asking<Part<E>> {
  return dialect.latest(codec, number, wanted);
}

/**
 * The latest entries, up to the last that was there at first. Nothing up to it ever changes, so that the parts agree
 * without a transaction over all of them, and each may be read on another connection.
 */
async function* load<E extends { readonly productID: number }>(
  dialect: Dialect,
  run: Run,
  table: JournalTable<E>,
  isSettled: boolean,
): AsyncGenerator<readonly E[]> {
  const asOf = await run(lastNumber(dialect, table, isSettled));
  for (let after: number | undefined = 0; after !== undefined; ) {
    const part: Part<E> = await run(latest(dialect, table, { asOf, after, limit: LOAD_PAGE }));
    yield part.entries;
    after = part.next;
  }
}

/** The number of the last entry, or 0, below which none can come any more. */
function* lastNumber<E>(
  { awaitTurn }: Dialect,
  { codec, number }: JournalTable<E>,
  isSettled: boolean,
): Asking<number> {
  const row = yield* first<{ last: unknown }>(`SELECT MAX(${number}) AS last FROM ${codec.table}`);
  if (awaitTurn && !isSettled) yield awaitTurn;
  return safeInteger(row?.last ?? 0);
}

/** By primary key. */
function* entriesFrom<E>(
  { codec, number }: JournalTable<E>,
  from: number,
  limit: number,
): Asking<E[]> {
  const rows = yield* all(
    `SELECT ${codec.selected}
     FROM ${codec.table}
     WHERE ${number} >= ?
     ORDER BY ${number}
     LIMIT ?`,
    [from, limit],
  );
  return rows.map(codec.read);
}

/** Reads again after the turn, up to what was seen before it, where numbers were missing. */
function* settledEntriesFrom<E>(
  { awaitTurn }: Dialect,
  table: JournalTable<E>,
  from: number,
  limit: number,
): Asking<E[]> {
  const entries = yield* entriesFrom(table, from, limit);
  const [begin, end] = [entries.at(0), entries.at(-1)];
  if (!awaitTurn || begin === undefined || end === undefined) return entries;
  const numberOf = (entry: E) => entry[table.number] as number;
  if (numberOf(end) - Math.max(from, 1) === entries.length - 1) return entries;
  yield awaitTurn;
  const again = yield* entriesFrom(table, from, limit);
  return again.filter((entry) => numberOf(entry) <= numberOf(end));
}
