import type { NamedSale } from '../ledger/decide';
import type { Appendix } from '../ledger/draft';
import type { Journals, Turn } from '../ledger/store';
import type { StoredRequest } from '../ledger/submission';
import { type Asking, all, first } from './asking';
import { safeInteger } from './codec';
import type { Dialect } from './dialect';
import type { OpenTurn, Rows } from './engine';
import { journals } from './journals';
import { requestsUnder } from './requests';

/** A turn, whichever database it is taken in. */
export class SqlTurn implements Turn {
  readonly records: Journals['records'];
  readonly revisions: Journals['revisions'];
  readonly alerts: Journals['alerts'];
  readonly #dialect: Dialect;
  readonly #open: OpenTurn;

  constructor(dialect: Dialect, open: OpenTurn) {
    const run = <T>(asking: Asking<T>) => open.run(asking);
    const { records, revisions, alerts } = journals(dialect, run, true);
    this.records = records;
    this.revisions = revisions;
    this.alerts = alerts;
    this.#dialect = dialect;
    this.#open = open;
  }

  sales(records: readonly number[]): Promise<NamedSale[]> {
    return this.#open.run(namedSales(this.#dialect, records));
  }

  requests(keys: readonly string[]): Promise<StoredRequest[]> {
    return this.#open.run(requestsUnder(this.#dialect, keys));
  }

  holds(appendix: Appendix): Promise<boolean> {
    return this.#open.run(isThere(this.#dialect, appendix));
  }

  append(appendix: Appendix): Promise<void> {
    return this.#open.insert(appending(this.#dialect, appendix));
  }

  commit(): Promise<void> {
    return this.#open.commit();
  }

  abandon(): Promise<void> {
    return this.#open.abandon();
  }
}

/**
 * What an appendix appends, table after table. Requests come first: where the key of one has run before, that ends a
 * turn before its records have taken numbers, which MySQL's rollback would not give back to the next INSERT by hand
 * (https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html).
 */
export function appending({ tables, dailySales }: Dialect, appendix: Appendix): Rows[] {
  const { records, sales, revisions, requests, alerts, deliveries } = appendix;
  return [
    { into: tables.requests, entries: requests },
    { into: tables.inventory, entries: records },
    { into: dailySales, entries: sales },
    { into: tables.products, entries: revisions },
    { into: tables.alerts, entries: alerts },
    { into: tables.alert_deliveries, entries: deliveries },
  ];
}

function* namedSales(
  { tables: { inventory }, among }: Dialect,
  records: readonly number[],
): Asking<NamedSale[]> {
  const isNamed = among('sale.record', records);
  const rows = yield* all<{ record: unknown; returnedQuantity: unknown }>(
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

/** Whether a row of the appendix is there, and has its mark: all of it is there then. */
function* isThere(
  { codecs }: Dialect,
  { batch, records, revisions, alerts, requests }: Appendix,
): Asking<boolean> {
  const [table, column, key] = records[0]
    ? ['inventory', 'record', records[0].record]
    : revisions[0]
      ? ['products', 'revision', revisions[0].revision]
      : alerts[0]
        ? ['alerts', 'event', alerts[0].event]
        : ['requests', 'requestKey', codecs.key.write(requests[0]?.key ?? '')];
  const row = yield* first<{ batch: unknown }>(`SELECT batch FROM ${table} WHERE ${column} = ?`, [
    key,
  ]);
  return row !== undefined && row.batch !== null && safeInteger(row.batch) === batch;
}
