import type { Connection } from 'mysql2';
import type { Audit, StockLine, Verification } from '../../ledger/store';
import { EVERY_PRODUCT, stockLines } from '../audit';
import { query } from './connection';
import { selectTopSellers } from './questions';
import { type SoldRow, safeInteger, toSold } from './rows';
import { selectLatestAsOf } from './select';

/** The plain queries may take minutes on a long ledger. */
const NO_TIMEOUT = 0;

/** Every record, and every product. */
const ALL = Number.MAX_SAFE_INTEGER;

/** Both forms of both answers, in one snapshot. */
export async function selectAudit(connection: Connection): Promise<Audit> {
  const select = <T>(sql: string) => query<T[]>(connection, sql, [], NO_TIMEOUT);
  await query(connection, 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await query(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT');
  const [counted] = await select<{ records: number }>('SELECT COUNT(*) AS records FROM inventory');
  const stock = await select<StockLine>(
    `SELECT m1.productID, m1.availableQuantity
     FROM inventory m1
       LEFT JOIN inventory m2 ON m1.productID = m2.productID AND m1.record < m2.record
     WHERE m2.productID IS NULL`,
  );
  const sales = await select<SoldRow & { productID: number }>(
    `SELECT productID,
       CAST(SUM(quantity) AS SIGNED) AS unitsSold,
       CAST(SUM(IF(unitPrice IS NULL, 0, quantity)) AS SIGNED) AS unitsPriced,
       COALESCE(SUM(quantity * unitPrice), 0) AS revenue
     FROM inventory
     WHERE quantity IS NOT NULL
     GROUP BY productID
     ORDER BY SUM(quantity) DESC, productID`,
  );
  const quickStock = await selectLatestAsOf(connection, ALL, 0, ALL);
  const quickSales = await selectTopSellers(connection, { limit: EVERY_PRODUCT, by: 'unitsSold' });
  await query(connection, 'COMMIT');
  return {
    records: counted?.records ?? 0,
    stock: { plain: stockLines(stock), quick: stockLines(quickStock) },
    sales: {
      plain: sales.map(({ productID, ...row }) => ({ productID, ...toSold(row) })),
      quick: quickSales.rows,
    },
  };
}

export async function insertVerification(
  connection: Connection,
  { verifiedAt, records, drift }: Verification,
): Promise<void> {
  await query(
    connection,
    'INSERT INTO verifications (verifiedAt, records, drift) VALUES (?, ?, ?)',
    [verifiedAt, records, drift],
  );
}

export async function selectLatestVerification(
  connection: Connection,
): Promise<Verification | undefined> {
  const [row] = await query<VerificationRow[]>(
    connection,
    `SELECT verifiedAt, records, drift
     FROM verifications
     ORDER BY verification DESC
     LIMIT 1`,
  );
  return row && { ...row, records: safeInteger(row.records), drift: safeInteger(row.drift) };
}

interface VerificationRow {
  verifiedAt: Date;
  records: number | string;
  drift: number | string;
}
