import { z } from 'zod';
import { wholeProduct } from '../../../ledger/alert-subject';
import { addDays } from '../../../ledger/day';
import type { Ledger } from '../../../ledger/ledger';
import { orderedOf, outlook } from '../../../ledger/outlook';
import { type OutlookAnswer, outlookAnswer } from '../../../wire/products';
import { productID, wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { unknownProduct } from '../../problems/refused';

/** Days over which sales are averaged: by default, and at most. */
const WINDOW_DAYS = 28;
const WINDOW_DAYS_MAX = 365;

/** `/products/{productID}/outlook`: how long the stock of a product lasts, and how many to order. */
export function outlooks(ledger: Ledger): Resource[] {
  return [
    {
      path: '/products/{productID}/outlook',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'How long the stock of a product lasts, and how many to order',
          description:
            'For products that have a record or are in the catalogue. A product is low at or below its reorder point, or if it has one and was never counted; a retired product is never low. If its alert is ordered, ordered has the due day, and nothing is to be ordered now.',
          params: z.strictObject({ productID }),
          query: z.strictObject({ days: wholeNumber(1, WINDOW_DAYS_MAX).optional() }),
          answers: { 200: { description: 'The outlook.', schema: outlookAnswer } },
          problems: ['unknown-product', 'overloaded'],
          handle: async ({ params: { productID }, query: { days = WINDOW_DAYS }, res }) => {
            const { day: today } = await ledger.today();
            const [stock, catalogue, alerts, { rows }] = await Promise.all([
              ledger.stock(),
              ledger.catalogue(),
              ledger.alerts(),
              ledger.sales.byDay({
                productID,
                from: addDays(today, -days),
                to: addDays(today, -1),
              }),
            ]);
            const product = catalogue.get(productID);
            const availableQuantity = stock.get(productID)?.availableQuantity ?? null;
            if (availableQuantity === null && !product) throw unknownProduct(productID);
            const ordered = orderedOf(alerts.of(wholeProduct(productID)), today);
            const unitsSold = rows.reduce((sum, row) => sum + row.unitsSold, 0);
            const answer: OutlookAnswer = {
              productID,
              ...outlook({ availableQuantity, unitsSold, days, product, ordered }),
            };
            res.set('Cache-Control', 'no-cache').json(answer);
          },
        }),
      },
    },
  ];
}
