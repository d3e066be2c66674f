import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { stockAsOf } from '../../../ledger/past-stock';
import { REASONS } from '../../../ledger/reason';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { cellAnswer } from '../../../wire/locations';
import { PAGE, PAGE_MAX } from '../../../wire/pages';
import { latestRecord, recordAnswer } from '../../../wire/records';
import { stockLine } from '../../../wire/stock';
import { CHANGES_STOCK } from '../../access/need';
import { recorded, unchanged } from '../../answers/answer-docs';
import {
  entityTag,
  ifMatch,
  JSON_TYPE,
  sendAsOf,
  sentNotModified,
} from '../../answers/conditional';
import { positionAt, recordPosition } from '../../answers/entity-tags';
import { latestJson, markedRecordJson, recordJson } from '../../answers/entry-json';
import { cursor, page } from '../../answers/paging';
import { jsonList, sendParts } from '../../answers/send-parts';
import {
  KEY_PROBLEMS,
  requestName,
  STOCK_PROBLEMS,
  submit,
  WRITE_PROBLEMS,
} from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { asOf, recordAsOf } from '../../fields/as-of';
import { moment } from '../../fields/day-and-time';
import { oneOf } from '../../fields/field';
import { locationID, productID, wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { unknownProduct } from '../../problems/refused';
import { CellBodies } from '../locations/cell-bodies';
import { sendAtLocation } from '../locations/cells';
import { knownLocation } from '../locations/known-location';
import { StockBody, stockLineJson } from './stock-body';
import { commandOf, inventoryFields, toInventoryCommand } from './stock-fields';

const productPath = z.strictObject({ productID });

/** `/inventory`: the stock, and changes of it. */
export function inventory(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  const bodies = new StockBody();
  const cellBodies = new CellBodies();
  return [
    {
      path: '/inventory',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'What is in stock, by productID',
          description:
            'With locationID: what there is at that location. Without it: what can be sold at all locations together. With asOf: what there was then.',
          query: z.strictObject({ asOf: asOf.optional(), locationID: locationID.optional() }),
          headers: ['If-None-Match'],
          answers: {
            200: {
              description: 'Stock.',
              schema: z.union([z.array(stockLine), z.array(cellAnswer)]),
            },
            304: unchanged,
          },
          problems: ['unknown-location'],
          handle: async ({ query, req, res }) => {
            const { locationID } = query;
            if (locationID !== undefined) {
              return sendAtLocation(ledger, cellBodies, { locationID, asOf: query.asOf }, req, res);
            }
            const stock = await ledger.stock();
            const record = await recordAsOf(ledger, stock, query.asOf);
            if (sentNotModified(req, res, entityTag(await positionAt(ledger, record, stock.last))))
              return;
            if (query.asOf) {
              await sendParts(
                res,
                JSON_TYPE,
                jsonList(stockAsOf(ledger.ask, record), stockLineJson),
              );
              return;
            }
            const { body, last } = await bodies.of(stock);
            res.setHeader('ETag', entityTag(recordPosition(last)));
            await body.send(res);
          },
        }),
        post: operation({
          need: CHANGES_STOCK,
          summary: 'Count a product, or change its stock by a quantity',
          description:
            'A count has availableQuantity. Any other change has quantityChange and a reason, and may not take the stock below zero.',
          before: readFields,
          consumes: FORMS,
          body: inventoryFields,
          example: { productID: 1, availableQuantity: 55 },
          read: (body) => commandOf(inventoryFields, toInventoryCommand, body),
          headers: [IDEMPOTENCY_KEY_HEADER, 'If-Match'],
          answers: { 201: recorded },
          problems: [...STOCK_PROBLEMS, ...KEY_PROBLEMS, ...WRITE_PROBLEMS],
          handle: async ({ body: change, req, res }) => {
            const command = { ...change, expectedRecords: ifMatch(req) };
            const request = requestName(req, 'inventory', command);
            const commands = [command];
            await submit(res, ledger, 'inventory', {
              kind: 'stock',
              mode: 'each',
              commands,
              request,
            });
          },
        }),
      },
    },
    {
      path: '/inventory/{productID}',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: "A product's latest record",
          params: productPath,
          query: z.strictObject({}),
          headers: ['If-None-Match'],
          answers: { 200: { description: 'The record.', schema: latestRecord }, 304: unchanged },
          problems: ['unknown-product'],
          handle: async ({ params, req, res }) => {
            const record = (await ledger.stock()).get(params.productID);
            if (!record) throw unknownProduct(params.productID);
            sendAsOf(req, res, recordPosition(record), () => latestJson(record));
          },
        }),
      },
    },
    {
      path: '/inventory/{productID}/records',
      operations: {
        get: operation({
          need: { all: ['records:read'] },
          summary: "A product's history, newest record first",
          description:
            'The header Link has the next page, if there is one. With locationID: only the records that changed that location. With marks=true each record has its mark.',
          params: productPath,
          query: z.strictObject({
            locationID: locationID.optional(),
            reason: oneOf(REASONS).optional(),
            from: moment.optional(),
            to: moment.optional(),
            limit: wholeNumber(1, PAGE_MAX).optional(),
            cursor: cursor.optional(),
            marks: oneOf(['true', 'false']).optional(),
          }),
          answers: { 200: { description: 'Records.', schema: z.array(recordAnswer) } },
          problems: ['unknown-product', 'unknown-location', 'overloaded'],
          handle: async ({ params, query, req, res }) => {
            const { limit = PAGE, cursor: before, marks, ...filter } = query;
            const { productID } = params;
            if (!(await ledger.stock()).get(productID)) throw unknownProduct(productID);
            if (filter.locationID !== undefined) await knownLocation(ledger, filter.locationID);
            const wanted = { productID, ...filter, before, limit: limit + 1 };
            const records = await ledger.ask.history(wanted);
            const jsonOf = marks === 'true' ? markedRecordJson : recordJson;
            res.json(page(req, res, records, limit, ({ record }) => record).map(jsonOf));
          },
        }),
      },
    },
  ];
}
