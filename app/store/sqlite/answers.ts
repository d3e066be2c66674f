import type { TopSellers, TopSellersQuery } from '../../ledger/sales';
import type { Audit, StockLine } from '../../ledger/store';
import { EVERY_PRODUCT, stockLines } from '../audit';
import type { Database } from './database';
import { selectLatest } from './select';

const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

type Seller = TopSellers['sellers'][number];

/** The top sellers by day and product, not by sale, and what they are as of. */
export function selectTopSellers(database: Database, query: TopSellersQuery): TopSellers {
  return database.transaction('DEFERRED', () => readTopSellers(database, query));
}

function readTopSellers(
  database: Database,
  { limit, from = FIRST_DAY, to = LAST_DAY }: TopSellersQuery,
): TopSellers {
  const [head] = database.all<{ record: number | null }>(
    'SELECT MAX(record) AS record FROM inventory',
  );
  const sellers = database.all<Seller>(
    `SELECT productID, SUM(unitsSold) AS unitsSold
     FROM sales_daily
     WHERE day BETWEEN ? AND ?
     GROUP BY productID
     ORDER BY SUM(unitsSold) DESC, productID
     LIMIT ?`,
    from,
    to,
    limit,
  );
  return { asOf: head?.record ?? 0, sellers: sellers.map(toSeller) };
}

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
    const sales = database.all<Seller>(
      `SELECT productID, SUM(quantity) AS unitsSold
       FROM inventory
       WHERE reason = 'sale'
       GROUP BY productID
       ORDER BY SUM(quantity) DESC, productID`,
    );
    const quickSales = readTopSellers(database, { limit: EVERY_PRODUCT });
    return {
      records: counted?.records ?? 0,
      stock: { plain: stockLines(stock), quick: stockLines(selectLatest(database)) },
      sales: { plain: sales.map(toSeller), quick: quickSales.sellers },
    };
  });
}

/** A plain object: SQLite's rows have no prototype. */
function toSeller({ productID, unitsSold }: Seller): Seller {
  return { productID, unitsSold };
}
