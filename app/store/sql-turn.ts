import type { DocumentEntry } from '../ledger/documents/document';
import type { NamedSale } from '../ledger/facts';
import type { Journals } from '../ledger/memories';
import type { StoredRequest } from '../ledger/request';
import type { DailySales } from '../ledger/sales';
import type { Turn } from '../ledger/store';
import type { TurnEntries } from '../ledger/write/turn-entries';
import { type Asking, all, first, type Statements } from './asking';
import { safeInteger } from './codec';
import type { Dialect } from './dialect';
import { addJournals } from './journals';
import { latestSteps } from './questions/documents';
import { dailySales } from './questions/sales';
import { requestsUnder } from './requests';
import type { Rows, TableCodec } from './table-codec';
import { APPENDED } from './tables';

/** Has a member for each journal. */
const WithJournals = class {
  constructor(dialect: Dialect) {
    const turn = this as unknown as SqlTurn;
    addJournals(this, dialect, (asking) => turn.run(asking), true);
  }
} as new (
  dialect: Dialect,
) => Journals;

/** A turn: a transaction beside which nobody else can append. */
export abstract class SqlTurn extends WithJournals implements Turn {
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    super(dialect);
    this.#dialect = dialect;
  }

  /** Answers what is asked, or inserts rows, within the transaction. */
  abstract run<T>(asking: Asking<T>): Promise<T>;
  abstract commit(): Promise<void>;
  abstract abandon(): Promise<void>;

  sales(records: readonly number[]): Promise<NamedSale[]> {
    return this.run(namedSales(this.#dialect, records));
  }

  requests(keys: readonly string[]): Promise<StoredRequest[]> {
    return this.run(requestsUnder(this.#dialect, keys));
  }

  dailySales(): Promise<DailySales[]> {
    return this.run(dailySales(this.#dialect, { limit: Number.MAX_SAFE_INTEGER }));
  }

  latestSteps(documents: readonly string[]): Promise<DocumentEntry[]> {
    return this.run(latestSteps(this.#dialect, documents));
  }

  holds(entries: TurnEntries): Promise<boolean> {
    return this.run(isThere(this.#dialect, entries));
  }

  append(entries: TurnEntries): Promise<void> {
    return this.run(appending(this.#dialect, entries));
  }
}

/** The statements that append a turn's entries, table after table. */
export function* appending(dialect: Dialect, entries: TurnEntries): Statements {
  for (const rows of rowsOf(dialect, entries)) yield* dialect.inserting(rows);
}

function rowsOf({ tables, dailySales }: Dialect, appended: TurnEntries): Rows[] {
  return (Object.keys(APPENDED) as (keyof typeof APPENDED)[]).map((part) => {
    const table = APPENDED[part];
    const into = table === 'sales_daily' ? dailySales : tables[table];
    return { into, entries: appended[part] };
  });
}

function* namedSales(
  { tables: { inventory }, among }: Dialect,
  records: readonly number[],
): Asking<NamedSale[]> {
  const isNamed = among('sale.record', records);
  const rows = yield* all<{ returnedQuantity: unknown; cancelledBy: unknown }>(
    `SELECT ${inventory.selectedOf('sale')}, COALESCE(-SUM(returned.quantity), 0) AS returnedQuantity,
       MAX(CASE WHEN returned.reason = 'cancellation' THEN returned.record END) AS cancelledBy
     FROM inventory sale
       LEFT JOIN inventory returned ON returned.saleRecord = sale.record
     WHERE ${isNamed.sql} AND sale.reason = 'sale' AND sale.quantity IS NOT NULL
     GROUP BY sale.record`,
    isNamed.values,
  );
  return rows.map((row) => {
    const { record, productID, quantity, unitPrice, locationID, recordedAt } = inventory.read(row);
    return {
      record,
      productID,
      quantity: quantity as number,
      unitPrice,
      locationID,
      recordedAt,
      returnedQuantity: safeInteger(row.returnedQuantity),
      cancelledBy: row.cancelledBy === null ? null : safeInteger(row.cancelledBy),
    };
  });
}

/** Whether one of the entries is in the ledger with the mark of their turn. Then all of them are. */
function* isThere(dialect: Dialect, appended: TurnEntries): Asking<boolean> {
  for (const { into, entries } of rowsOf(dialect, appended)) {
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
