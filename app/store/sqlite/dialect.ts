import { type Asking, all, type Statement } from '../asking';
import { AS_IS, type Codecs, SHARED_CODECS } from '../codec';
import type { Dialect, LatestPart, PartWanted, PartWithinWanted } from '../dialect';
import { compiled, type TableCodec } from '../table-codec';
import { DAILY_SALES, REVENUE } from './revenue';
import { inserting } from './statements';

/** Times are text in RFC 3339, UTC, to the millisecond; money is a whole number; a flag is 0 or 1. */
const CODECS: Codecs = {
  ...SHARED_CODECS,
  integer: AS_IS,
  money: AS_IS,
  time: { read: (stored) => new Date(stored as string), write: (time) => time.toISOString() },
  flag: { read: (stored) => stored !== 0, write: (flag) => (flag ? 1 : 0) },
  key: AS_IS,
  hash: AS_IS,
};

/** The SQL of SQLite. */
export const SQLITE: Dialect = {
  codecs: CODECS,
  tables: compiled(CODECS),
  revenue: REVENUE,
  dailySales: DAILY_SALES,
  inserting,
  beginSnapshot: ['BEGIN DEFERRED'],
  // One transaction writes at a time, and so takes the numbers of its rows.
  awaitTurn: undefined,
  among,
  afterDaily,
  latest,
  latestWithin,
};

/** The values are one JSON text. So the statement is the same for any number of values, and is prepared once. */
function among(columns: string | readonly [string, string], values: readonly unknown[]): Statement {
  const one = typeof columns === 'string';
  return {
    sql: one
      ? `${columns} IN (SELECT value FROM json_each(?))`
      : `(${columns.join(', ')}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`,
    values: [JSON.stringify(values)],
  };
}

function afterDaily(day: string, productID: number): Statement {
  return { sql: '(day, productID) > (?, ?)', values: [day, productID] };
}

/**
 * Steps from thing to thing, such as a product, and from each to its latest entry, by two seeks in the index of thing and
 * number, however many entries there are. A GROUP BY would read them all. It passes over things that had no entry yet,
 * until it has as many entries as are wanted, there are no more things, or it has taken too many steps.
 */
function* latest<E>(
  { table, key: number, about, within, read, selectedOf }: TableCodec<E>,
  { asOf, after, limit, stepsMax = Number.POSITIVE_INFINITY, place }: PartWanted,
): Asking<LatestPart<E>> {
  const sql = `WITH RECURSIVE page (thing, place) AS (
       SELECT MIN(${about}), 1 FROM ${table} WHERE ${about} > ?
       UNION ALL
       SELECT (SELECT MIN(${about}) FROM ${table} WHERE ${about} > page.thing), place + 1
       FROM page
       WHERE thing IS NOT NULL AND place < ?
     )
     SELECT page.thing AS steppedTo, ${selectedOf('m1')}
     FROM page
       LEFT JOIN ${table} m1 ON m1.${number} = (
         SELECT MAX(${number}) FROM ${table} m2
         WHERE m2.${about} = page.thing ${place === undefined ? '' : `AND m2.${within[0]} = ?`} AND m2.${number} <= ?
       )
     WHERE page.thing IS NOT NULL
     ORDER BY page.place`;
  const where = place === undefined ? [] : [place];
  const entries: E[] = [];
  let stepped = after;
  for (let taken = 0; entries.length < limit && taken < stepsMax; taken += limit) {
    const steps = yield* all<SteppedRow>(sql, [stepped, limit, ...where, asOf]);
    for (const step of steps) {
      if (entries.length >= limit) break;
      stepped = step.steppedTo;
      if (step[about] !== null) entries.push(read(step));
    }
    if (steps.length < limit) return { entries, next: undefined };
  }
  return { entries, next: stepped };
}

/** The same, from part to part of each thing. */
function* latestWithin<E>(
  { table, key: number, about, within, read, selectedOf }: TableCodec<E>,
  { asOf, after, through = Number.MAX_SAFE_INTEGER, limit }: PartWithinWanted,
): Asking<readonly E[]> {
  const fields = [about, ...within];
  const parts = fields.join(', ');
  const steps = fields.map((_, place) => `part${place}`);
  const next = (after: string) =>
    fields
      .map(
        (field) =>
          `(SELECT ${field} FROM ${table} WHERE (${parts}) > (${after}) AND ${about} <= ?${fields.length + 3} ORDER BY ${parts} LIMIT 1)`,
      )
      .join(', ');
  const rows = yield* all(
    `WITH RECURSIVE page (${steps.join(', ')}, nth) AS (
       SELECT ${next(fields.map((_, place) => `?${place + 1}`).join(', '))}, 1
       UNION ALL
       SELECT ${next(steps.map((step) => `page.${step}`).join(', '))}, nth + 1
       FROM page
       WHERE part0 IS NOT NULL AND nth < ?${fields.length + 1}
     )
     SELECT ${selectedOf('m1')}
     FROM page
       JOIN ${table} m1 ON m1.${number} = (
         SELECT MAX(${number})
         FROM ${table} m2
         WHERE ${fields.map((field, place) => `m2.${field} = page.part${place}`).join(' AND ')}
           AND m2.${number} <= ?${fields.length + 2}
       )
     WHERE page.part0 IS NOT NULL
     ORDER BY page.nth`,
    [...after, limit, asOf, through],
  );
  return rows.map(read);
}

/** A thing that was stepped to, and the columns of its latest entry. They are null if it had none yet. */
interface SteppedRow {
  readonly steppedTo: number;
  readonly [column: string]: unknown;
}
