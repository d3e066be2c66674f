import compression from 'compression';
import type { Request } from 'express';
import { z } from 'zod';
import { type Ledger, RECENT_DAYS } from '../ledger/ledger';
import type { ProductRevision } from '../ledger/product';
import type { LedgerRecord } from '../ledger/record';
import { overviewAnswer, unchanged } from './answer-docs';
import { entityTag } from './conditional';
import { money } from './json';
import { operation, type Resource } from './operation';

/** `/overview`: every product at a glance, for those who then follow `/records`. */
export function overview(ledger: Ledger): Resource[] {
  return [
    {
      path: '/overview',
      operations: {
        get: operation({
          summary: `Every product at a glance: catalogue, stock, and what was sold in ${RECENT_DAYS} days`,
          description:
            'All that has a record or is in the catalogue, by productID. Who follows GET /records from salesAsOf on keeps it up to date.',
          query: z.strictObject({}),
          headers: ['If-None-Match'],
          // Of 10,000 products it has more than a megabyte.
          before: [compression()],
          answers: {
            200: { description: 'The overview.', schema: overviewAnswer },
            304: unchanged,
          },
          handle: async ({ req, res }) => {
            // Sales first, so that the stock is as of the same record or a later one.
            const recentSales = await ledger.recentSales();
            const [stock, catalogue] = await Promise.all([ledger.stock(), ledger.catalogue()]);
            const { asOf: salesAsOf, today } = recentSales;
            const asOf = stock.last?.record ?? 0;
            const revision = catalogue.last?.revision ?? 0;
            const position = [asOf, salesAsOf, revision, today].join('/');
            res.set('ETag', `W/${entityTag(position)}`).set('Cache-Control', 'no-cache');
            if (isKnown(req, entityTag(position))) {
              res.status(304).end();
              return;
            }
            const listed = catalogue.all().filter(({ retired }) => !retired);
            const productIDs = new Set([
              ...stock.all().map(({ productID }) => productID),
              ...listed.map(({ productID }) => productID),
            ]);
            const products = [...productIDs]
              .sort((a, b) => a - b)
              .map((productID) => ({
                productID,
                ...catalogueJson(catalogue.get(productID)),
                ...stockJson(stock.get(productID)),
                unitsSold: recentSales.of(productID),
              }));
            res.json({ asOf, salesAsOf, revision, today, products });
          },
        }),
      },
    },
  ];
}

/**
 * Whether the client has the overview of this tag already. The tag of the overview is a weak one, since its
 * compressed and its plain form share it (RFC 9110, section 8.8.1), and compared so (section 8.8.3.2).
 */
function isKnown(req: Request, opaqueTag: string): boolean {
  const known = req.get('If-None-Match')?.split(',') ?? [];
  return known.some((tag) => ['*', opaqueTag].includes(tag.trim().replace(/^W\//, '')));
}

function catalogueJson(product: ProductRevision | undefined) {
  const price = product?.price ?? null;
  return {
    name: product?.name ?? null,
    sku: product?.sku ?? null,
    barcode: product?.barcode ?? null,
    price: price === null ? null : money(price),
    reorderPoint: product?.reorderPoint ?? null,
    reorderQuantity: product?.reorderQuantity ?? null,
    ...(product?.retired && { retired: true }),
  };
}

function stockJson(record: LedgerRecord | undefined) {
  return {
    availableQuantity: record?.availableQuantity ?? null,
    record: record?.record ?? null,
    recordedAt: record?.recordedAt ?? null,
  };
}
