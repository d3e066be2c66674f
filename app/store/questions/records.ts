import { DAY_MS, FIRST_DAY, LAST_DAY, utcMidnight } from '../../ledger/day';
import type {
  Explanation,
  ExplanationQuery,
  FeedQuery,
  HistoryQuery,
  PastCellsQuery,
  PastStock,
} from '../../ledger/questions';
import type { Reason } from '../../ledger/reason';
import type { LedgerRecord } from '../../ledger/record';
import type { StoredRequest } from '../../ledger/request';
import { type Asking, all, first } from '../asking';
import { safeInteger } from '../codec';
import type { Dialect } from '../dialect';
import { requestsUnder } from '../requests';

/** The first and last moments that every database can store. */
const FIRST_MOMENT = new Date(utcMidnight(FIRST_DAY));
const LAST_MOMENT = new Date(utcMidnight(LAST_DAY) + DAY_MS - 1);

/** How many products one question about the past may look at: some ten milliseconds of work. */
const STEPS_MAX = 5_000;

export function* request(dialect: Dialect, key: string): Asking<StoredRequest | undefined> {
  const [found] = yield* requestsUnder(dialect, [key]);
  return found;
}

/** The plain left join of the table with itself has the same answer. */
export function* latestAsOf(
  dialect: Dialect,
  asOf: number,
  after: number,
  limit: number,
  locationID?: number,
): Asking<PastStock> {
  const wanted = { asOf, after, limit, stepsMax: STEPS_MAX, place: locationID };
  const { entries, next } = yield* dialect.latest(dialect.tables.inventory, wanted);
  return { records: entries, next };
}

/** By the index of product, location and record. */
export function* cellsAsOf(
  dialect: Dialect,
  { record: asOf, after, through, limit }: PastCellsQuery,
): Asking<LedgerRecord[]> {
  const wanted = { asOf, after, through, limit };
  return [...(yield* dialect.latestWithin(dialect.tables.inventory, wanted))];
}

/** By the index on recordedAt, which never falls from record to record. */
export function* lastRecordAt({ codecs }: Dialect, time: Date): Asking<number> {
  const row = yield* first<{ record: unknown }>(
    `SELECT record
     FROM inventory
     WHERE recordedAt <= ?
     ORDER BY recordedAt DESC, record DESC
     LIMIT 1`,
    [codecs.time.write(time)],
  );
  return safeInteger(row?.record ?? 0);
}

/** By the index on actor, or else in the order of the ledger: no index has the records of a location in their order. */
export function* recordsOf(
  { tables: { inventory } }: Dialect,
  { actor, locationID, after, limit }: FeedQuery,
): Asking<LedgerRecord[]> {
  const conditions = { actor, locationID };
  const given = Object.entries(conditions).filter(([, value]) => value !== undefined);
  const rows = yield* all(
    `SELECT ${inventory.selected}
     FROM inventory
     WHERE record > ? ${given.map(([column]) => `AND ${column} = ?`).join(' ')}
     ORDER BY record
     LIMIT ?`,
    [after, ...given.map(([, value]) => value), limit],
  );
  return rows.map(inventory.read);
}

export function* history(
  { codecs, tables: { inventory } }: Dialect,
  { productID, locationID, reason, from, to, before, limit }: HistoryQuery,
): Asking<LedgerRecord[]> {
  const rows = yield* all(
    `SELECT ${inventory.selected}
     FROM inventory
     WHERE productID = ? ${at(locationID).sql}
       AND record < ?
       AND (? IS NULL OR reason = ?)
       AND recordedAt BETWEEN ? AND ?
     ORDER BY record DESC
     LIMIT ?`,
    [
      productID,
      ...at(locationID).values,
      before ?? Number.MAX_SAFE_INTEGER,
      reason ?? null,
      reason ?? null,
      codecs.time.write(from ?? FIRST_MOMENT),
      codecs.time.write(to ?? LAST_MOMENT),
      limit,
    ],
  );
  return rows.map(inventory.read);
}

/** Its three statements agree without a transaction, because nothing up to `asOf` ever changes. */
export function* explain(
  dialect: Dialect,
  { productID, locationID, asOf }: ExplanationQuery,
): Asking<Explanation> {
  const where = at(locationID);
  const count = yield* lastRecord(dialect, productID, where, asOf, "AND reason = 'count'");
  const counted = count?.record ?? 0;
  const before = count ? yield* lastRecord(dialect, productID, where, counted - 1) : null;
  // A record from before there were locations changed the first one as much as the product.
  const change =
    locationID === undefined ? 'quantityChange' : 'COALESCE(onHandChange, quantityChange)';
  const movements = yield* all<{ reason: Reason; records: number; quantityChange: string }>(
    `SELECT reason, COUNT(*) AS records,
       CAST(COALESCE(SUM(${change}), 0) AS CHAR) AS quantityChange
     FROM inventory
     WHERE productID = ? ${where.sql} AND record > ? AND record <= ?
     GROUP BY reason
     ORDER BY reason`,
    [productID, ...where.values, counted, asOf],
  );
  return {
    count,
    before,
    movements: movements.map(({ reason, records, quantityChange }) => ({
      reason,
      records,
      quantityChange: Number(quantityChange),
    })),
  };
}

/** The condition that a record is about a location; none if none is asked for. With the product it is found by the index. */
function at(locationID: number | undefined): { readonly sql: string; readonly values: unknown[] } {
  return locationID === undefined
    ? { sql: '', values: [] }
    : { sql: 'AND locationID = ?', values: [locationID] };
}

/** A product's last record up to a number, among those that meet a condition. */
function* lastRecord(
  { tables: { inventory } }: Dialect,
  productID: number,
  where: ReturnType<typeof at>,
  upTo: number,
  condition = '',
): Asking<LedgerRecord | null> {
  const row = yield* first(
    `SELECT ${inventory.selected}
     FROM inventory
     WHERE productID = ? ${where.sql} AND record <= ? ${condition}
     ORDER BY record DESC
     LIMIT 1`,
    [productID, ...where.values, upTo],
  );
  return row === undefined ? null : inventory.read(row);
}
