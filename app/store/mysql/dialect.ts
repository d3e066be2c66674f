import { fullDecimal, priceOf, tenThousandths } from '../../ledger/money';
import { type Asking, all, type Statement } from '../asking';
import { AS_IS, type Codec, type Codecs, SHARED_CODECS, safeInteger } from '../codec';
import type { Dialect, LatestPart, PartWanted, PartWithinWanted } from '../dialect';
import { compiled, type TableCodec } from '../table-codec';
import { inserting } from './statements';

/** mysql2 reads decimals, and integers beyond 2^53, as text; a BOOLEAN as a number; BINARY as a Buffer. */
const CODECS: Codecs = {
  ...SHARED_CODECS,
  integer: { read: safeInteger, write: (number) => number },
  money: { read: (stored) => priceOf(stored as string), write: fullDecimal },
  time: AS_IS,
  flag: { read: (stored) => stored !== 0, write: (flag) => flag },
  // As bytes, because MySQL ignores trailing spaces when it compares text.
  key: bytes('latin1'),
  hash: bytes('hex'),
};

function bytes(encoding: 'latin1' | 'hex'): Codec<string> {
  return {
    read: (stored) => (stored as Buffer).toString(encoding),
    write: (text) => Buffer.from(text, encoding),
  };
}

/** The SQL of MySQL 5.7 and later, and of MariaDB. */
export const MYSQL: Dialect = {
  codecs: CODECS,
  tables: compiled(CODECS),

  revenue: {
    ofRow: 'revenue',
    sum: 'SUM(revenue) AS revenueSum',
    ofSum: 'revenueSum',
    greatestFirst: 'revenueSum DESC',
    ofRecords: 'COALESCE(SUM(quantity * unitPrice), 0)',
    read: tenThousandths,
  },

  dailySales: {
    table: 'sales_daily',
    columns: 'day, productID, unitsSold, unitsPriced, revenue',
    values: ({ day, productID, unitsSold, unitsPriced, revenue }) => [
      day,
      productID,
      unitsSold,
      unitsPriced,
      fullDecimal(revenue),
    ],
    onDuplicate: `ON DUPLICATE KEY UPDATE
       unitsSold = unitsSold + VALUES(unitsSold),
       unitsPriced = unitsPriced + VALUES(unitsPriced),
       revenue = revenue + VALUES(revenue)`,
  },

  inserting,

  beginSnapshot: [
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    'START TRANSACTION WITH CONSISTENT SNAPSHOT',
  ],

  awaitTurn: { sql: 'SELECT turnsTaken FROM ledger_head WHERE id = 1 LOCK IN SHARE MODE' },

  among,
  afterDaily,
  latest,
  latestWithin,
};

/** Pairs are compared by their first column too, because MySQL 5.6 uses no index to compare pairs. */
function among(columns: string | readonly [string, string], values: readonly unknown[]): Statement {
  if (typeof columns === 'string') return { sql: `${columns} IN (?)`, values: [values] };
  const firsts = (values as readonly (readonly unknown[])[]).map(([first]) => first);
  return {
    sql: `${columns[0]} IN (?) AND (${columns.join(', ')}) IN (?)`,
    values: [firsts, values],
  };
}

/** Two ranges of the key, because MySQL 5.7 does not turn a comparison of pairs into a range. */
function afterDaily(day: string, productID: number): Statement {
  return {
    sql: '(sales_daily.day > ? OR (sales_daily.day = ? AND productID > ?))',
    values: [day, day, productID],
  };
}

/**
 * The plain left join of the table with itself. The latest number of each thing, such as a product, is found by one seek
 * in the index of thing and number; in one place, in that of thing, place and number.
 */
function* latest<E>(
  { table, key: number, about, within, read, selectedOf, subjectOf }: TableCodec<E>,
  { asOf, after, limit, place }: PartWanted,
): Asking<LatestPart<E>> {
  const rows = yield* all(
    `SELECT ${selectedOf('m1')}
     FROM (
         SELECT ${about}, MAX(${number}) AS ${number}
         FROM ${table}
         WHERE ${about} > ? ${place === undefined ? '' : `AND ${within[0]} = ?`} AND ${number} <= ?
         GROUP BY ${about}
         ORDER BY ${about}
         LIMIT ?
       ) latest
       LEFT JOIN ${table} m1 ON m1.${number} = latest.${number}
     ORDER BY latest.${about}`,
    [after, ...(place === undefined ? [] : [place]), asOf, limit],
  );
  const entries = rows.map(read);
  const last = entries.at(-1);
  return { entries, next: last && entries.length >= limit ? subjectOf(last) : undefined };
}

/**
 * The same by the index of thing, part and number. The rest of one thing and the things after it are ranges of their own, because
 * MySQL 5.7 does not turn a comparison of pairs into a range.
 */
function* latestWithin<E>(
  { table, key: number, about, within, read, selectedOf }: TableCodec<E>,
  { asOf, after, through = Number.MAX_SAFE_INTEGER, limit }: PartWithinWanted,
): Asking<readonly E[]> {
  const fields = [about, ...within];
  const parts = fields.join(', ');
  const range = (field: string, place: number) => {
    const same = fields.slice(0, place).map((before) => `${before} = ?`);
    const end = place === 0 ? [`${about} <= ?`] : [];
    const sql = `(SELECT ${parts}, MAX(${number}) AS ${number}
      FROM ${table}
      WHERE ${[...same, `${field} > ?`, ...end, `${number} <= ?`].join(' AND ')}
      GROUP BY ${parts}
      ORDER BY ${parts}
      LIMIT ?)`;
    const values = [...after.slice(0, place + 1), ...(place === 0 ? [through] : []), asOf, limit];
    return { sql, values };
  };
  const ranges = fields.map(range).reverse();
  const rows = yield* all(
    `SELECT ${selectedOf('m1')}
     FROM (
         ${ranges.map(({ sql }) => sql).join('\n         UNION ALL\n         ')}
         ORDER BY ${parts}
         LIMIT ?
       ) latest
       LEFT JOIN ${table} m1 ON m1.${number} = latest.${number}
     ORDER BY ${fields.map((field) => `latest.${field}`).join(', ')}`,
    [...ranges.flatMap(({ values }) => values), limit],
  );
  return rows.map(read);
}
