import type { Journals } from '../ledger/memories';
import type { Journal } from '../ledger/memory';
import { type Asking, all, first } from './asking';
import { safeInteger } from './codec';
import type { Dialect, Part } from './dialect';
import type { TableCodec } from './table-codec';
import { JOURNALS } from './tables';

/** Products whose latest entries are read at a time: the driver makes so many rows within a few milliseconds. */
const LOAD_PAGE = 500;

/** Runs what is asked on one connection, which nobody else has meanwhile. */
export type Run = <T>(asking: Asking<T>) => Promise<T>;

/**
 * The append-only tables that are folded into memory.
 *
 * Beside turns, a row inserted by hand may take a number beyond those of a turn that lasts, and be committed before
 * them. So nothing counts as read while a turn may still bring a lower number: what leaves a gap is read again once
 * that turn is over. Two transactions by hand that overlap can hide one another all the same: db/README.md tells people
 * to insert one row at a time.
 *
 * @param isInTurn whether they are read in a turn, beside which there is no other
 */
export function journals(dialect: Dialect, run: Run, isInTurn: boolean): Journals {
  const entries = Object.entries(JOURNALS).map(([journal, table]) => {
    const codec = dialect.tables[table] as TableCodec<unknown>;
    return [journal, journalOf(codec, dialect, run, isInTurn)];
  });
  return Object.fromEntries(entries);
}

function journalOf<E>(
  codec: TableCodec<E>,
  dialect: Dialect,
  run: Run,
  isInTurn: boolean,
): Journal<E> {
  const awaitTurn = isInTurn || !codec.isByHand ? undefined : dialect.awaitTurn;

  /** The number of the last entry, or 0, below which none can come any more. */
  function* last(): Asking<number> {
    const row = yield* first<{ last: unknown }>(
      `SELECT MAX(${codec.key}) AS last FROM ${codec.table}`,
    );
    if (awaitTurn) yield awaitTurn;
    return safeInteger(row?.last ?? 0);
  }

  /** By primary key. */
  function* from(number: number, limit: number): Asking<E[]> {
    const rows = yield* all(
      `SELECT ${codec.selected}
       FROM ${codec.table}
       WHERE ${codec.key} >= ?
       ORDER BY ${codec.key}
       LIMIT ?`,
      [number, limit],
    );
    return rows.map(codec.read);
  }

  /** Reads again after the turn, up to what was seen before it, where numbers were missing. */
  function* settledFrom(number: number, limit: number): Asking<E[]> {
    const entries = yield* from(number, limit);
    const end = entries.at(-1);
    if (!awaitTurn || end === undefined) return entries;
    const numberOf = (entry: E) => codec.keyOf(entry) as number;
    if (numberOf(end) - Math.max(number, 1) === entries.length - 1) return entries;
    yield awaitTurn;
    const again = yield* from(number, limit);
    return again.filter((entry) => numberOf(entry) <= numberOf(end));
  }

  /**
   * Up to the last entry that was there at first. Nothing up to it ever changes, so that the parts agree without a
   * transaction over all of them, and each may be read on another connection.
   */
  async function* load(): AsyncGenerator<readonly E[]> {
    const asOf = await run(last());
    for (let after: number | undefined = 0; after !== undefined; ) {
      const part: Part<E> = await run(dialect.latest(codec, { asOf, after, limit: LOAD_PAGE }));
      yield part.entries;
      after = part.next;
    }
  }

  return { load, from: (number, limit) => run(settledFrom(number, limit)) };
}
