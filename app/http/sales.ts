import type { Express, RequestHandler } from 'express';
import { z } from 'zod';
import type { Ledger } from '../ledger/ledger';
import type { LedgerRecord } from '../ledger/record';
import { entityTag, sendAsOf } from './conditional';
import { refused } from './errors';
import { day, price, productID, quantity, validated, wholeNumber } from './fields';
import { invalidRequest } from './problem';
import { resource } from './resource';

/** The best sellers that are listed unless a request says otherwise, and at most. */
const TOP_SELLERS = 5;
const TOP_SELLERS_MAX = 1_000;

/** A price is kept as ten-thousandths of the currency unit. */
const PRICE_SCALE = 10_000;

const saleFields = z.strictObject({ productID, quantity, unitPrice: price.optional() });
const topSellersQuery = z.strictObject({
  limit: wholeNumber(1, TOP_SELLERS_MAX).optional(),
  from: day.optional(),
  to: day.optional(),
});

/** `/sales`: sales, and which products sell most. */
export function sales(app: Express, ledger: Ledger, readFields: RequestHandler[]): void {
  resource(app, '/sales', {
    get: async (req, res) => {
      const { limit = TOP_SELLERS, from, to } = validated(topSellersQuery, req.query);
      if (from !== undefined && to !== undefined && from > to) {
        throw invalidRequest([{ field: 'to', detail: 'must not be before from' }]);
      }
      const { asOf, sellers } = await ledger.topSellers({ limit, from, to });
      sendAsOf(req, res, asOf, () => sellers);
    },
    post: [
      ...readFields,
      async (req, res) => {
        const { unitPrice = null, ...fields } = validated(saleFields, req.body);
        const outcome = await ledger.submit({ kind: 'sale', ...fields, unitPrice });
        if ('refusal' in outcome) throw refused(outcome);
        res
          .status(201)
          .location(`/inventory/${outcome.productID}`)
          .set('ETag', entityTag(outcome.record))
          .json(saleRecord(outcome));
      },
    ],
  });
}

function saleRecord(sale: LedgerRecord) {
  const { record, productID, quantity, unitPrice, availableQuantity, recordedAt } = sale;
  return {
    record,
    productID,
    quantity,
    ...(unitPrice !== null && { unitPrice: unitPrice / PRICE_SCALE }),
    availableQuantity,
    recordedAt,
  };
}
