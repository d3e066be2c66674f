import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import type { Explanation } from '../../../ledger/questions';
import {
  cellExplanationAnswer,
  type ExplanationAnswer,
  explanationAnswer,
} from '../../../wire/stock';
import { unchanged } from '../../answers/answer-docs';
import type { BeforeJson } from '../../answers/before-json';
import { sendAsOf } from '../../answers/conditional';
import { positionAt } from '../../answers/entity-tags';
import { recordJson } from '../../answers/entry-json';
import { asOf, recordAsOf } from '../../fields/as-of';
import { locationID, productID } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { unknownProduct } from '../../problems/refused';
import { knownLocation } from '../locations/known-location';
import { explainCell } from './explain-cell';

/** `/inventory/{productID}/explain`: why a product has its quantity. */
export function explain(ledger: Ledger): Resource[] {
  return [
    {
      path: '/inventory/{productID}/explain',
      operations: {
        get: operation({
          need: { all: ['records:read'] },
          summary: 'Why a product has its quantity',
          description:
            'availableQuantity is the last count plus all quantityChanges since. With locationID: why that location has its units: onHandQuantity is the last count there plus all onHandChanges since.',
          params: z.strictObject({ productID }),
          query: z.strictObject({ asOf: asOf.optional(), locationID: locationID.optional() }),
          headers: ['If-None-Match'],
          answers: {
            200: {
              description: 'The explanation.',
              schema: z.union([explanationAnswer, cellExplanationAnswer]),
            },
            304: unchanged,
          },
          problems: ['unknown-product', 'unknown-location', 'overloaded'],
          handle: async ({ params: { productID }, query, req, res }) => {
            const { locationID } = query;
            const stock = await ledger.stock();
            const record = await recordAsOf(ledger, stock, query.asOf);
            if (locationID !== undefined) {
              const locations = await knownLocation(ledger, locationID);
              const explained = await explainCell(ledger, locations, {
                productID,
                locationID,
                asOf: record,
              });
              const position = await positionAt(ledger, record, stock.last);
              return sendAsOf(req, res, position, () => explained);
            }
            const explanation = await ledger.ask.explain({ productID, asOf: record });
            if (!explanation.count && explanation.movements.length === 0) {
              throw unknownProduct(productID);
            }
            const position = await positionAt(ledger, record, stock.last);
            sendAsOf(req, res, position, () => explanationJson(productID, record, explanation));
          },
        }),
      },
    },
  ];
}

function explanationJson(
  productID: number,
  asOf: number,
  { count, before, movements }: Explanation,
): BeforeJson<ExplanationAnswer> {
  const expectedQuantity = before?.availableQuantity ?? null;
  const counted = count?.availableQuantity ?? 0;
  const moved = movements.reduce((sum, { quantityChange }) => sum + quantityChange, 0);
  return {
    productID,
    asOf,
    availableQuantity: counted + moved,
    count: count && recordJson(count),
    expectedQuantity,
    difference: count && expectedQuantity !== null ? counted - expectedQuantity : null,
    movements,
  };
}
