import type { DocumentEntry } from '../../ledger/documents/document';
import { FIRST_LOCATION } from '../../ledger/locations/location';
import type {
  Audit,
  CellAudit,
  CellChange,
  StockLine,
  UnevenMove,
  Verification,
} from '../../ledger/questions';
import type { LedgerRecord } from '../../ledger/record';
import { type Asking, first, type Statement } from '../asking';
import { type Dialect, inSnapshot } from '../dialect';
import { type SoldRow, toSold } from '../sold';
import { dayAudit } from './day-audit';
import { topSellers } from './sales';

/** Every record, and every product. */
const ALL = Number.MAX_SAFE_INTEGER;

/** More than there can be products. */
const EVERY_PRODUCT = 2 ** 32;

export function audit(dialect: Dialect): Asking<Audit> {
  return inSnapshot(dialect, bothForms(dialect));
}

function* bothForms(dialect: Dialect): Asking<Audit> {
  const [counted] = yield* long<{ records: number }>('SELECT COUNT(*) AS records FROM inventory');
  const stock = yield* plainLatest(dialect, '');
  const sales = yield* long<SoldRow & { productID: number }>(
    `SELECT productID, CAST(SUM(quantity) AS CHAR) AS unitsSold,
       CAST(SUM(CASE WHEN unitPrice IS NULL THEN 0 ELSE quantity END) AS CHAR) AS unitsPriced,
       ${dialect.revenue.ofRecords} AS revenue
     FROM inventory
     WHERE quantity IS NOT NULL
     GROUP BY productID
     ORDER BY SUM(quantity) DESC, productID`,
  );
  const all = { asOf: ALL, after: 0, limit: ALL };
  const quickStock = yield* dialect.latest(dialect.tables.inventory, all);
  const quickSales = yield* topSellers(dialect, { limit: EVERY_PRODUCT, by: 'unitsSold' });
  return {
    records: counted?.records ?? 0,
    stock: { plain: stockLines(stock), quick: stockLines(quickStock.entries) },
    sales: {
      plain: sales.map(({ productID, ...row }) => ({ productID, ...toSold(dialect, row) })),
      quick: quickSales.rows,
    },
    days: yield* dayAudit(dialect),
    cells: yield* cellAudit(dialect, stock),
  };
}

/** The latest record of each product, or of each product at each location: the ledger's plain left join with itself. */
function* plainLatest(
  { tables: { inventory } }: Dialect,
  condition: '' | 'AND m1.locationID = m2.locationID',
): Asking<LedgerRecord[]> {
  const rows = yield* long(
    `SELECT ${inventory.selectedOf('m1')}
     FROM inventory m1
       LEFT JOIN inventory m2
         ON m1.productID = m2.productID ${condition} AND m1.record < m2.record
     WHERE m2.productID IS NULL`,
  );
  return rows.map(inventory.read);
}

/** @param stock the latest record of each product, by the plain join */
function* cellAudit(dialect: Dialect, stock: readonly LedgerRecord[]): Asking<CellAudit> {
  const { inventory, locations } = dialect.tables;
  const [elsewhere] = yield* long(
    `SELECT record FROM inventory WHERE locationID <> ${FIRST_LOCATION} LIMIT 1`,
  );
  // If all records are of one location, the join by product and location is that by product.
  const plain = elsewhere
    ? yield* plainLatest(dialect, 'AND m1.locationID = m2.locationID')
    : stock;
  const quick = yield* dialect.latestWithin(inventory, { asOf: ALL, after: [0, 0], limit: ALL });
  const all = yield* dialect.latest(locations, { asOf: ALL, after: 0, limit: ALL });
  return {
    latest: { plain: [...plain].sort(byCell), quick },
    locations: all.entries,
    openDocuments: yield* openDocuments(dialect),
    changes: yield* cellChanges(),
    unevenMoves: yield* unevenMoves(),
  };
}

/** By the plain join, as the latest records are found. */
function* openDocuments({ tables: { documents } }: Dialect): Asking<DocumentEntry[]> {
  const rows = yield* long(
    `SELECT ${documents.selectedOf('m1')}
     FROM documents m1
       LEFT JOIN documents m2 ON m2.documentID = m1.documentID AND m2.entry > m1.entry
     WHERE m2.entry IS NULL AND m1.state = 'open'`,
  );
  return rows.map(documents.read);
}

/**
 * A record from before there were locations changed the first one as much as the product. A record by hand does not say what it
 * changed: that is what is available since then, less what was available before. The sums by which it groups have no index: by that of
 * product and location MySQL would look up each record, which takes three times as long as to read the table.
 */
function* cellChanges(): Asking<CellChange[]> {
  const rows = yield* long<{ cellProduct: number; cellLocation: number; onHandChange: string }>(
    `SELECT productID + 0 AS cellProduct, locationID + 0 AS cellLocation,
       CAST(SUM(COALESCE(onHandChange, quantityChange,
         CASE
           WHEN locationID = ${FIRST_LOCATION}
           THEN CAST(availableQuantity AS SIGNED) - COALESCE((
             SELECT CAST(earlier.availableQuantity AS SIGNED)
             FROM inventory earlier
             WHERE earlier.productID = changed.productID AND earlier.record < changed.record
             ORDER BY earlier.record DESC
             LIMIT 1
           ), 0)
           ELSE 0
         END)) AS CHAR) AS onHandChange
     FROM inventory changed
     GROUP BY cellProduct, cellLocation`,
  );
  return rows.map(({ cellProduct, cellLocation, onHandChange }) => {
    return {
      productID: cellProduct,
      locationID: cellLocation,
      onHandChange: Number(onHandChange),
    };
  });
}

function* unevenMoves(): Asking<UnevenMove[]> {
  const rows = yield* long<Summed & Pick<UnevenMove, 'document'>>(
    `SELECT document, productID, CAST(SUM(onHandChange) AS CHAR) AS onHandChange
     FROM inventory
     WHERE reason = 'move'
     GROUP BY document, productID
     HAVING SUM(onHandChange) <> 0`,
  );
  return rows.map((row) => ({ ...row, onHandChange: Number(row.onHandChange) }));
}

/** A sum, which both drivers read as text. */
interface Summed {
  readonly productID: number;
  readonly onHandChange: string;
}

function byCell(a: LedgerRecord, b: LedgerRecord): number {
  return a.productID - b.productID || a.locationID - b.locationID;
}

/** Runs one of the plain queries, which may take minutes on a long ledger. */
function* long<Row>(sql: string): Asking<readonly Row[]> {
  return (yield { sql, isLong: true } satisfies Statement) as readonly Row[];
}

/** Stock to compare: by productID, with just the fields of `GET /inventory`. */
function stockLines(rows: readonly StockLine[]): StockLine[] {
  return rows
    .map(({ productID, availableQuantity }) => ({ productID, availableQuantity }))
    .sort((a, b) => a.productID - b.productID);
}

export function* latestVerification({
  tables: { verifications },
}: Dialect): Asking<Verification | undefined> {
  const row = yield* first(
    `SELECT ${verifications.selected}
     FROM verifications
     ORDER BY verification DESC
     LIMIT 1`,
  );
  return row === undefined ? undefined : verifications.read(row);
}
