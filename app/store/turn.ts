import type { NamedSale } from '../ledger/decide';
import type { Turn } from '../ledger/store';
import type { TurnEntries } from '../ledger/turn-entries';
import { type Asking, all, first } from './asking';
import { safeInteger } from './codec';
import type { Dialect } from './dialect';
import type { OpenTurn, Rows } from './engine';
import { journals } from './journals';
import { requestsUnder } from './requests';
import type { TableCodec } from './table-codec';
import { APPENDED } from './tables';

/** A turn, whichever database it is taken in. */
export function turnOf(dialect: Dialect, open: OpenTurn): Turn {
  const run = <T>(asking: Asking<T>) => open.run(asking);
  return {
    ...journals(dialect, run, true),
    sales: (records) => run(namedSales(dialect, records)),
    requests: (keys) => run(requestsUnder(dialect, keys)),
    holds: (entries) => run(isThere(dialect, entries)),
    append: (entries) => open.insert(appending(dialect, entries)),
    commit: () => open.commit(),
    abandon: () => open.abandon(),
  };
}

/** What a turn appends, table after table. */
export function appending({ tables, dailySales }: Dialect, entries: TurnEntries): Rows[] {
  return (Object.keys(APPENDED) as (keyof typeof APPENDED)[]).map((part) => {
    const table = APPENDED[part];
    const into = table === 'sales_daily' ? dailySales : tables[table];
    return { into, entries: entries[part] };
  });
}

function* namedSales(
  { tables: { inventory }, among }: Dialect,
  records: readonly number[],
): Asking<NamedSale[]> {
  const isNamed = among('sale.record', records);
  const rows = yield* all<{ returnedQuantity: unknown }>(
    `SELECT ${inventory.selectedOf('sale')}, COALESCE(-SUM(returned.quantity), 0) AS returnedQuantity
     FROM inventory sale
       LEFT JOIN inventory returned ON returned.saleRecord = sale.record
     WHERE ${isNamed.sql} AND sale.reason = 'sale' AND sale.quantity IS NOT NULL
     GROUP BY sale.record`,
    isNamed.values,
  );
  return rows.map((row) => {
    const { record, productID, quantity, unitPrice } = inventory.read(row);
    const returnedQuantity = safeInteger(row.returnedQuantity);
    return { record, productID, quantity: quantity as number, unitPrice, returnedQuantity };
  });
}

/** Whether one of the entries is there under the mark of their turn: then all of them are. */
function* isThere(dialect: Dialect, appended: TurnEntries): Asking<boolean> {
  for (const { into, entries } of appending(dialect, appended)) {
    const codec = into as TableCodec<unknown>;
    if (entries.length === 0 || !codec.hasMark) continue;
    const row = yield* first<{ batch: unknown }>(
      `SELECT batch FROM ${codec.table} WHERE ${codec.key} = ?`,
      [codec.keyOf(entries[0])],
    );
    return row !== undefined && row.batch !== null && safeInteger(row.batch) === appended.turnMark;
  }
  return false;
}
