import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import type { FieldFault } from '../../../wire/problem-members';
import { dayAnswer, sellerAnswer } from '../../../wire/sales';
import { recorded, unchanged } from '../../answers/answer-docs';
import { ifMatch, sendAsOf } from '../../answers/conditional';
import { positionAt } from '../../answers/entity-tags';
import { soldJson } from '../../answers/entry-json';
import {
  KEY_PROBLEMS,
  requestName,
  STOCK_PROBLEMS,
  submit,
  WRITE_PROBLEMS,
} from '../../answers/submit';
import { FORMS } from '../../body/read-body';
import { day } from '../../fields/day-and-time';
import { oneOf } from '../../fields/field';
import { productID, wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';
import { commandOf, saleFields, toSaleCommand } from '../inventory/stock-fields';

/** Top sellers in a list: by default, and at most. */
const TOP_SELLERS = 5;
const TOP_SELLERS_MAX = 1_000;

const salesQuery = z.strictObject({
  groupBy: oneOf(['product', 'day']).optional(),
  by: oneOf(['unitsSold', 'revenue']).optional(),
  productID: productID.optional(),
  limit: wholeNumber(1, TOP_SELLERS_MAX).optional(),
  from: day.optional(),
  to: day.optional(),
});

/** `/sales`: sales, and which products sell most. */
export function sales(ledger: Ledger, readFields: RequestHandler[]): Resource[] {
  return [
    {
      path: '/sales',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'The top sellers, or sales day by day',
          description:
            'The products that sold most: five by default, or as many as limit says; by units, or with by=revenue by revenue. With groupBy=day the sales of each day, of one product or of all. Of all locations together. Days are days of the shop, and from and to are included. A return is subtracted on its own day, a cancellation on the day of its sale.',
          query: salesQuery,
          headers: ['If-None-Match'],
          answers: {
            200: { description: 'Sales.', schema: z.array(z.union([sellerAnswer, dayAnswer])) },
            304: unchanged,
          },
          problems: ['overloaded'],
          handle: async ({ query, req, res }) => {
            const faults = misfits(query);
            if (faults.length > 0) throw invalidRequest(faults);
            const {
              groupBy,
              by = 'unitsSold',
              productID: one,
              limit = TOP_SELLERS,
              from,
              to,
            } = query;
            if (groupBy === 'day') {
              const { asOf, rows } = await ledger.sales.byDay({ productID: one, from, to });
              sendAsOf(req, res, await positionAt(ledger, asOf), () =>
                rows.map(({ day, ...sold }) => ({ day, ...soldJson(sold) })),
              );
              return;
            }
            const { asOf, rows } = await ledger.sales.top({ limit, by, from, to });
            sendAsOf(req, res, await positionAt(ledger, asOf), () =>
              rows.map(({ productID, ...sold }) => ({ productID, ...soldJson(sold) })),
            );
          },
        }),
        post: operation({
          need: { all: ['stock:sell'] },
          summary: 'Sell units of a product',
          before: readFields,
          consumes: FORMS,
          body: saleFields,
          example: { productID: 1, quantity: 2, unitPrice: 4.5 },
          read: (body) => commandOf(saleFields, toSaleCommand, body),
          headers: [IDEMPOTENCY_KEY_HEADER, 'If-Match'],
          answers: { 201: recorded },
          problems: [...STOCK_PROBLEMS, ...KEY_PROBLEMS, ...WRITE_PROBLEMS],
          handle: async ({ body, req, res }) => {
            const command = { ...body, expectedRecords: ifMatch(req) };
            const request = requestName(req, 'sales', command);
            const commands = [command];
            await submit(res, ledger, 'sales', { kind: 'stock', mode: 'each', commands, request });
          },
        }),
      },
    },
  ];
}

/** Faults of parameters that do not go together. */
function misfits(query: z.output<typeof salesQuery>): FieldFault[] {
  const { groupBy, by, limit, productID: one, from, to } = query;
  const faults: FieldFault[] = [];
  if (from !== undefined && to !== undefined && from > to) {
    faults.push({ field: 'to', detail: 'must not be before from' });
  }
  if (groupBy === 'day') {
    if (by !== undefined) faults.push({ field: 'by', detail: 'does not go with groupBy=day' });
    if (limit !== undefined)
      faults.push({ field: 'limit', detail: 'does not go with groupBy=day' });
  } else if (one !== undefined) {
    faults.push({ field: 'productID', detail: 'goes with groupBy=day only' });
  }
  return faults;
}
