import { StoreUnusable } from '../../ledger/store-failure';
import type { Database } from './database';

/** A file up to this size is checked when it is opened, in about 0.2 s. The check of a larger one would delay each start. */
const LOOK_THROUGH_BYTES = 16 * 1024 * 1024;

/**
 * Checks that a file is one ledger. If one file was copied over another while both were written, it has pages of both. Such
 * a file can often be read, and gives wrong answers.
 *
 * @throws StoreUnusable
 */
export function checkWhole(database: Database): void {
  try {
    lookThrough(database);
  } catch (error) {
    // Somebody may restore the table while the service runs. Until then it is not ready.
    if (error instanceof StoreUnusable && error.reason === 'no-table') return;
    throw error;
  }
}

function lookThrough(database: Database): void {
  const [size] = database.all<{ bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
  );
  if ((size?.bytes ?? 0) <= LOOK_THROUGH_BYTES) {
    const [found] = database.all<{ quick_check: string }>('PRAGMA quick_check(1)');
    if (found && found.quick_check !== 'ok') throw damaged(found.quick_check.replace(/\s+/g, ' '));
  }
  // In a file of any size: the table, its indexes and the count of numbers must end with the same record.
  const [end] = database.all<{ last: number; given: number; byTime: number; byProduct: number }>(
    `SELECT last, (SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'inventory') AS given,
       (SELECT COALESCE(MAX(record), 0)
        FROM (SELECT record FROM inventory INDEXED BY recorded_at ORDER BY recordedAt DESC, record DESC LIMIT 1)) AS byTime,
       (SELECT COUNT(*)
        FROM inventory INDEXED BY product_record
        WHERE record = last
          AND productID = (SELECT productID FROM inventory NOT INDEXED WHERE record = last)) AS byProduct
     FROM (SELECT COALESCE(MAX(record), 0) AS last FROM inventory NOT INDEXED)`,
  );
  if (!end || end.last <= 0) return;
  if (end.given < end.last || end.byTime > end.last || end.byProduct === 0) {
    throw damaged(`its last record is ${end.last}, and not all of the file says so`);
  }
}

function damaged(message: string): StoreUnusable {
  return new StoreUnusable('damaged', message);
}
