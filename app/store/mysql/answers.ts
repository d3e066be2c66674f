import type { Connection } from 'mysql2';
import type { TopSellers, TopSellersQuery } from '../../ledger/sales';
import type { Audit, StockLine } from '../../ledger/store';
import { EVERY_PRODUCT, stockLines } from '../audit';
import { query } from './connection';
import { safeInteger } from './rows';
import { selectLatest } from './select';

/** The first and the last day that MySQL's DATE can hold. */
const FIRST_DAY = '1000-01-01';
const LAST_DAY = '9999-12-31';

/** The plain queries may take minutes on a long ledger. */
const NO_TIMEOUT = 0;

interface SellerRow {
  productID: number;
  unitsSold: number | string;
}

/** The top sellers by day and product, not by sale, and what they are as of: one statement, one snapshot. */
export async function selectTopSellers(
  connection: Connection,
  { limit, from = FIRST_DAY, to = LAST_DAY }: TopSellersQuery,
): Promise<TopSellers> {
  type Row = { record: number | null } & { [key in keyof SellerRow]: SellerRow[key] | null };
  const rows = await query<Row[]>(
    connection,
    `SELECT head.record, top.productID, top.unitsSold
     FROM (SELECT MAX(record) AS record FROM inventory) head
       LEFT JOIN (
         SELECT productID, CAST(SUM(unitsSold) AS UNSIGNED) AS unitsSold
         FROM sales_daily
         WHERE day BETWEEN ? AND ?
         GROUP BY productID
         ORDER BY SUM(sales_daily.unitsSold) DESC, productID
         LIMIT ?
       ) top ON TRUE
     ORDER BY top.unitsSold DESC, top.productID`,
    [from, to, limit],
  );
  const found = rows.filter((row): row is Row & SellerRow => row.productID !== null);
  return { asOf: rows[0]?.record ?? 0, sellers: found.map(toSeller) };
}

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
  const sales = await select<SellerRow>(
    `SELECT productID, CAST(SUM(quantity) AS UNSIGNED) AS unitsSold
     FROM inventory
     WHERE reason = 'sale'
     GROUP BY productID
     ORDER BY SUM(quantity) DESC, productID`,
  );
  const quickStock = await selectLatest(connection);
  const quickSales = await selectTopSellers(connection, { limit: EVERY_PRODUCT });
  await query(connection, 'COMMIT');
  return {
    records: counted?.records ?? 0,
    stock: { plain: stockLines(stock), quick: stockLines(quickStock) },
    sales: { plain: sales.map(toSeller), quick: quickSales.sellers },
  };
}

function toSeller({ productID, unitsSold }: SellerRow): TopSellers['sellers'][number] {
  return { productID, unitsSold: safeInteger(unitsSold) };
}
