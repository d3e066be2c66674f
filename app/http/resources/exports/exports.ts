import type { Response } from 'express';
import { z } from 'zod';
import { freeIn } from '../../../ledger/cell';
import type { Ledger } from '../../../ledger/ledger';
import { PartCache } from '../../../ledger/part-cache';
import { atLocationAsOf, type PastCell } from '../../../ledger/past-cells';
import { stockAsOf } from '../../../ledger/past-stock';
import type { ProductRevision } from '../../../ledger/product';
import { ANNOTATIONS, eachAnnotation, type LedgerRecord } from '../../../ledger/record';
import type { DailySales } from '../../../ledger/sales';
import { type AnswerDoc, unchanged } from '../../answers/answer-docs';
import { entityTag, sentNotModified } from '../../answers/conditional';
import { positionAt, recordPosition, revisionPosition } from '../../answers/entity-tags';
import { isPriced, shownLocation, shownOnHand } from '../../answers/entry-json';
import { asOf, recordAsOf } from '../../fields/as-of';
import { day } from '../../fields/day-and-time';
import { locationID } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';
import { knownLocation } from '../locations/known-location';
import { pagesOf, recordPages, recordPagesAt, salesPages } from './ledger-pages';
import { type ExportCell, sendCsv } from './send-csv';

/** The columns of each file, named as the fields in JSON, and the value of each. */
const STOCK: Columns<LedgerRecord> = {
  productID: ({ productID }) => productID,
  availableQuantity: ({ availableQuantity }) => availableQuantity,
  record: ({ record }) => record,
};

/** The same of one location. */
const CELLS: Columns<PastCell> = {
  productID: ({ productID }) => productID,
  availableQuantity: freeIn,
  record: ({ latest }) => latest.record,
  locationID: ({ locationID }) => locationID,
};

const RECORDS: Columns<LedgerRecord> = {
  record: ({ record }) => record,
  productID: ({ productID }) => productID,
  reason: ({ reason }) => reason,
  quantityChange: ({ quantityChange }) => quantityChange,
  availableQuantity: ({ availableQuantity }) => availableQuantity,
  quantity: ({ quantity }) => quantity,
  unitPrice: ({ unitPrice }) => money(unitPrice),
  saleRecord: ({ saleRecord }) => saleRecord,
  ...eachAnnotation((annotation) => (record: LedgerRecord) => record[annotation]),
  recordedAt: ({ recordedAt }) => recordedAt,
  occurredAt: ({ occurredAt }) => occurredAt,
  actor: ({ actor }) => actor,
  locationID: shownLocation,
  onHandQuantity: shownOnHand,
  document: ({ document }) => document,
  unitCost: ({ unitCost }) => money(unitCost),
};

/** The empty annotations of a line. */
const NOTHING = ','.repeat(ANNOTATIONS.length);

const SALES: Columns<DailySales> = {
  day: ({ day }) => day,
  productID: ({ productID }) => productID,
  unitsSold: ({ unitsSold }) => unitsSold,
  unitsPriced: ({ unitsPriced }) => unitsPriced,
  revenue: (sold) => (isPriced(sold) ? sold.revenue : null),
};

/** The columns that POST /imports/products takes, so that the file can be imported as it is. */
const PRODUCTS: Columns<ProductRevision> = {
  productID: ({ productID }) => productID,
  name: ({ name }) => name,
  sku: ({ sku }) => sku,
  barcode: ({ barcode }) => barcode,
  image: ({ image }) => image,
  price: ({ price }) => money(price),
  reorderPoint: ({ reorderPoint }) => reorderPoint,
  reorderQuantity: ({ reorderQuantity }) => reorderQuantity,
};

/** `/inventory.csv`, `/records.csv`, `/sales.csv` and `/products.csv`. */
export function csvExports(ledger: Ledger): Resource[] {
  return [
    {
      path: '/inventory.csv',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'The stock as a CSV file',
          description:
            'POST /imports/counts takes the same columns. record is the latest record of the product: a count with it is refused if the product has moved since. With locationID: what there is at that location, its latest record, and a column locationID.',
          query: z.strictObject({ asOf: asOf.optional(), locationID: locationID.optional() }),
          headers: ['If-None-Match'],
          answers: { 200: csv(STOCK, '1,55,7'), 304: unchanged },
          problems: ['unknown-location'],
          handle: async ({ query, req, res }) => {
            const { locationID } = query;
            const locations =
              locationID === undefined ? undefined : await knownLocation(ledger, locationID);
            const stock = await ledger.stock();
            const record = await recordAsOf(ledger, stock, query.asOf);
            if (sentNotModified(req, res, entityTag(await positionAt(ledger, record, stock.last))))
              return;
            // Not from memory, which changes while the client reads.
            if (locationID !== undefined && locations) {
              const cells = atLocationAsOf(ledger.ask, locations, locationID, record);
              return send(res, 'inventory.csv', CELLS, cells);
            }
            await send(res, 'inventory.csv', STOCK, stockAsOf(ledger.ask, record));
          },
        }),
      },
    },
    {
      path: '/records.csv',
      operations: {
        get: operation({
          need: { all: ['records:read'] },
          summary: 'All records in order as a CSV file',
          description:
            'As of the request: records that are appended while it is read are left out. With locationID: only those that changed that location.',
          query: z.strictObject({ locationID: locationID.optional() }),
          headers: ['If-None-Match'],
          answers: {
            200: csv(RECORDS, `1,1,count,55,55,,,,${NOTHING}2026-11-23T10:20:30.000Z,,open`),
            304: unchanged,
          },
          problems: ['unknown-location', 'overloaded'],
          handle: async ({ query: { locationID }, req, res }) => {
            if (locationID !== undefined) await knownLocation(ledger, locationID);
            const { last } = await ledger.stock();
            if (sentNotModified(req, res, entityTag(recordPosition(last)))) return;
            const end = last?.record ?? 0;
            const pages =
              locationID === undefined
                ? recordPages(ledger, end)
                : recordPagesAt(ledger, locationID, end);
            await send(res, 'records.csv', RECORDS, pages);
          },
        }),
      },
    },
    {
      path: '/sales.csv',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'Sales by day and product as a CSV file',
          description:
            'Of all locations together. Days are days of the shop, and from and to are included. A return is subtracted on its own day, a cancellation on the day of its sale. revenue is for the unitsPriced, and empty if no price is known. Lines of today may still change; those of earlier days change only if a sale of that day is cancelled.',
          query: z.strictObject({ from: day.optional(), to: day.optional() }),
          answers: { 200: csv(SALES, '2026-11-23,1,4,2,37.8') },
          handle: async ({ query: { from, to }, res }) => {
            if (from !== undefined && to !== undefined && from > to) {
              throw invalidRequest([{ field: 'to', detail: 'must not be before from' }]);
            }
            await send(res, 'sales.csv', SALES, salesPages(ledger, { from, to }));
          },
        }),
      },
    },
    {
      path: '/products.csv',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'The products of the catalogue as a CSV file',
          description: 'Without retired products. POST /imports/products takes the same columns.',
          query: z.strictObject({}),
          headers: ['If-None-Match'],
          answers: {
            200: csv(PRODUCTS, '1,House Espresso Beans 1 kg,ESP-1000,4006381333931,,18.9,14,48'),
            304: unchanged,
          },
          handle: async ({ req, res }) => {
            const catalogue = await ledger.catalogue();
            if (sentNotModified(req, res, entityTag(revisionPosition(catalogue.last)))) return;
            const { made, at } = await new PartCache<readonly ProductRevision[]>().all(
              catalogue.order,
              ({ numbers }) => catalogue.of(numbers).filter(({ retired }) => !retired),
              () => revisionPosition(catalogue.last),
              () => catalogue.isWhole,
            );
            res.setHeader('ETag', entityTag(at));
            await send(res, 'products.csv', PRODUCTS, pagesOf(made));
          },
        }),
      },
    },
  ];
}

type Columns<T> = Readonly<Record<string, (entry: T) => ExportCell>>;

function money(tenThousandths: number | null): bigint | null {
  return tenThousandths === null ? null : BigInt(tenThousandths);
}

function csv<T>(columns: Columns<T>, line: string): AnswerDoc {
  return {
    description:
      'The file (RFC 4180, UTF-8). Text that a spreadsheet would take for a formula has an apostrophe before it, at every place where a spreadsheet may begin a cell.',
    type: 'text/csv',
    schema: z.string(),
    example: `${Object.keys(columns).join(',')}\r\n${line}\r\n`,
  };
}

function send<T>(
  res: Response,
  name: string,
  columns: Columns<T>,
  pages: AsyncIterable<readonly T[]>,
): Promise<void> {
  const cells = Object.values(columns);
  async function* rows() {
    for await (const page of pages) yield page.map((entry) => cells.map((cell) => cell(entry)));
  }
  return sendCsv(res, name, Object.keys(columns), rows());
}
