import type { Express, RequestHandler } from 'express';
import { z } from 'zod';
import type { Ledger } from '../ledger/ledger';
import type { LedgerRecord } from '../ledger/record';
import { entityTag, sendAsOf } from './conditional';
import { refused, unknownProduct } from './errors';
import { productID, quantity, validated } from './fields';
import { resource } from './resource';

const countFields = z.strictObject({ productID, availableQuantity: quantity });
const productPath = z.strictObject({ productID });
const noQuery = z.strictObject({});

/** `/inventory`: what is in stock, and counts of it. */
export function inventory(app: Express, ledger: Ledger, readFields: RequestHandler[]): void {
  resource(app, '/inventory', {
    get: async (req, res) => {
      validated(noQuery, req.query);
      const stock = await ledger.stock();
      sendAsOf(req, res, stock.last?.record ?? 0, () =>
        stock.all().map(({ productID, availableQuantity }) => ({ productID, availableQuantity })),
      );
    },
    post: [
      ...readFields,
      async (req, res) => {
        const fields = validated(countFields, req.body);
        const outcome = await ledger.submit({ kind: 'count', ...fields });
        if ('refusal' in outcome) throw refused(outcome);
        res
          .status(201)
          .location(`/inventory/${outcome.productID}`)
          .set('ETag', entityTag(outcome.record))
          .json(latestRecord(outcome));
      },
    ],
  });

  resource(app, '/inventory/:productID', {
    get: async (req, res) => {
      validated(noQuery, req.query);
      const { productID } = validated(productPath, req.params);
      const record = (await ledger.stock()).get(productID);
      if (!record) throw unknownProduct(productID);
      sendAsOf(req, res, record.record, () => latestRecord(record));
    },
  });
}

/** A product's latest record, whatever it was recorded for. */
function latestRecord({ record, productID, availableQuantity, recordedAt }: LedgerRecord) {
  return { record, productID, availableQuantity, recordedAt };
}
