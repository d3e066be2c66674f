import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { countsDryRun, productsDryRun } from '../../../wire/imports';
import {
  positionAt,
  positionOfRevision,
  recordPosition,
  revisionPosition,
} from '../../answers/entity-tags';
import type { Resource } from '../../operation';
import { dryRunAsOf } from './dry-run-as-of';
import { countsQuery, productsQuery } from './import-fields';
import { importOperation } from './import-operation';
import { COUNTS, type CountLine, PRODUCTS, type ProductLine } from './import-tables';
import { planCounts } from './plan-counts';
import { planProducts } from './plan-products';
import { type FileTable, IMPORT_ROWS_MAX, readTable } from './table';
import { readUpload } from './upload';
import { UploadPlaces } from './upload-places';

/** Files that one process imports at a time: the commands of each are in memory. */
const IMPORTS_MAX = 4;

const RULES = `The first row has the names of the columns, in any order and any case, as here or as on the page; other columns are not used. Cells are separated by commas, semicolons or tabs. Up to ${IMPORT_ROWS_MAX} lines follow. Either all are recorded or none. With dryRun=true nothing is recorded: the answer says what the lines would change, which are faulty, and what has to be confirmed. To import the file then, send its asOf, and its confirm if that is not null.`;

/**
 * `/imports/counts` and `/imports/products`: many counts or products from one file.
 *
 * @param limitBytes the largest body
 * @param sharePercent the part of the files at a time that one address may send
 */
export function imports(ledger: Ledger, limitBytes: number, sharePercent = 100): Resource[] {
  const places = new UploadPlaces({ limit: IMPORTS_MAX, sharePercent });
  const fileOf = <S extends z.ZodObject, L>(table: FileTable<S, L>): RequestHandler[] =>
    readUpload(limitBytes, places, (file) => readTable(file, table));
  return [
    {
      path: '/imports/counts',
      operations: {
        post: importOperation(ledger, 'counts-import', countsQuery, {
          need: { all: ['files:import', 'stock:count'] },
          summary: 'Count many products by a CSV or .xlsx file',
          description: `Columns: productID, sku or barcode; availableQuantity; optionally locationID, record, reference, note and occurredAt. A line with a record is refused if its product has a later one. GET /inventory.csv has that column; the ETag of GET /inventory/{productID} has the record with its mark (231-h5x2k1), which fits no other ledger. ${RULES}`,
          example: 'productID,availableQuantity,note\r\n1,55,\r\n2,18,"Shelf 3, left"\r\n',
          dryRun: countsDryRun,
          before: fileOf(COUNTS),
          plan: async (lines: readonly CountLine[], query) => {
            const [stock, catalogue] = [await ledger.stock(), await ledger.catalogue()];
            const { last } = stock;
            const asOf = await dryRunAsOf(query.asOf, 'record', last?.record ?? 0, (record) =>
              positionAt(ledger, record, last),
            );
            const addsUp = query.duplicates === 'add';
            const { productLimit } = ledger;
            const isTried = query.dryRun === 'true';
            const locations = await ledger.locations();
            const documents = await ledger.documents();
            const places = { stock, locations, documents };
            const { locationID } = query;
            const rules = {
              ...places,
              locationID,
              catalogue,
              asOf,
              addsUp,
              isTried,
              productLimit,
            };
            const planned = await planCounts(lines, rules);
            return { asOf: recordPosition(last), ...planned };
          },
          submission: (commands, query, request) => ({
            kind: 'stock',
            mode: query.moved === 'skip' ? 'each' : 'all',
            commands,
            request,
          }),
        }),
      },
    },
    {
      path: '/imports/products',
      operations: {
        post: importOperation(ledger, 'products-import', productsQuery, {
          need: { all: ['files:import', 'catalogue:write'] },
          summary: 'Add or change many products by a CSV or .xlsx file',
          description: `Columns: name; optionally productID, sku, barcode, image, price, reorderPoint and reorderQuantity. A line without a productID changes the product that has its sku or barcode, or else adds a product. An empty cell removes the value of the product; fields without a column stay as they are. ${RULES}`,
          example: 'productID,name,price\r\n1,House Espresso Beans 1 kg,18.9\r\n',
          dryRun: productsDryRun,
          before: fileOf(PRODUCTS),
          plan: async (lines: readonly ProductLine[], query) => {
            const [stock, catalogue] = [await ledger.stock(), await ledger.catalogue()];
            const { last } = catalogue;
            const asOf = await dryRunAsOf(query.asOf, 'revision', last?.revision ?? 0, (revision) =>
              positionOfRevision(ledger, revision),
            );
            const rules = {
              catalogue,
              asOf,
              isTried: query.dryRun === 'true',
              largestProductID: stock.largestProductID,
              productLimit: ledger.productLimit,
            };
            const planned = await planProducts(lines, rules);
            return { asOf: revisionPosition(last), ...planned };
          },
          submission: (commands, _query, request) => ({ kind: 'catalogue', commands, request }),
        }),
      },
    },
  ];
}
