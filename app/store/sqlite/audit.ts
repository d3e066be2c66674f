import type { Audit, StockLine, Verification } from '../../ledger/store';
import { EVERY_PRODUCT, stockLines } from '../audit';
import type { Database } from './database';
import { readTopSellers } from './questions';
import { REVENUE_OF_SALES } from './revenue';
import { type SoldRow, toSold } from './rows';
import { selectLatestAsOf } from './select';

/** Every record, and every product. */
const ALL = Number.MAX_SAFE_INTEGER;

/** Both forms of both answers, in one snapshot. */
export function selectAudit(database: Database): Audit {
  return database.transaction('DEFERRED', () => {
    const [counted] = database.all<{ records: number }>(
      'SELECT COUNT(*) AS records FROM inventory',
    );
    const stock = database.all<StockLine>(
      `SELECT m1.productID, m1.availableQuantity
       FROM inventory m1
         LEFT JOIN inventory m2 ON m1.productID = m2.productID AND m1.record < m2.record
       WHERE m2.productID IS NULL`,
    );
    const sales = database.all<SoldRow & { productID: number }>(
      `SELECT productID,
         CAST(SUM(quantity) AS TEXT) AS unitsSold,
         CAST(SUM(IIF(unitPrice IS NULL, 0, quantity)) AS TEXT) AS unitsPriced,
         ${REVENUE_OF_SALES}
       FROM inventory
       WHERE quantity IS NOT NULL
       GROUP BY productID
       ORDER BY SUM(quantity) DESC, productID`,
    );
    const quickSales = readTopSellers(database, { limit: EVERY_PRODUCT, by: 'unitsSold' });
    return {
      records: counted?.records ?? 0,
      stock: {
        plain: stockLines(stock),
        quick: stockLines(selectLatestAsOf(database, ALL, 0, ALL)),
      },
      sales: {
        plain: sales.map((row) => ({ productID: row.productID, ...toSold(row) })),
        quick: quickSales.rows,
      },
    };
  });
}

export function insertVerification(
  database: Database,
  { verifiedAt, records, drift }: Verification,
): void {
  database.run(
    'INSERT INTO verifications (verifiedAt, records, drift) VALUES (?, ?, ?)',
    verifiedAt.toISOString(),
    records,
    drift,
  );
}

export function selectLatestVerification(database: Database): Verification | undefined {
  const [row] = database.all<Omit<Verification, 'verifiedAt'> & { verifiedAt: string }>(
    `SELECT verifiedAt, records, drift
     FROM verifications
     ORDER BY verification DESC
     LIMIT 1`,
  );
  return row && { ...row, verifiedAt: new Date(row.verifiedAt) };
}
