import type { Audit, StockLine, Verification } from '../../ledger/questions';
import { type Asking, first, type Statement } from '../asking';
import { type Dialect, inSnapshot } from '../dialect';
import { type SoldRow, toSold } from '../sold';
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
  const stock = yield* long<StockLine>(
    `SELECT m1.productID, m1.availableQuantity
     FROM inventory m1
       LEFT JOIN inventory m2 ON m1.productID = m2.productID AND m1.record < m2.record
     WHERE m2.productID IS NULL`,
  );
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
  };
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
