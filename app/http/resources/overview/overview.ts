import compression from 'compression';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { RECENT_DAYS } from '../../../ledger/sales-reader';
import { overviewAnswer } from '../../../wire/overview';
import { unchanged } from '../../answers/answer-docs';
import { sentNotModified, weakTag } from '../../answers/conditional';
import { operation, type Resource } from '../../operation';
import { factsOf, OverviewBody, positionOf } from './overview-body';

/** `/overview`: all products in one answer, for clients that then follow `/records`. */
export function overview(ledger: Ledger): Resource[] {
  const bodies = new OverviewBody(ledger);
  return [
    {
      path: '/overview',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: `All products with their catalogue data, stock, and sales of ${RECENT_DAYS} days`,
          description:
            'Products that have a record or are in the catalogue, by productID. To keep it up to date, follow GET /records after salesAsOf.',
          query: z.strictObject({}),
          headers: ['If-None-Match'],
          // 10,000 products are more than a megabyte.
          before: [compression()],
          answers: {
            200: { description: 'The overview.', schema: overviewAnswer },
            304: unchanged,
          },
          handle: async ({ req, res }) => {
            const known = positionOf(await factsOf(ledger));
            if (sentNotModified(req, res, weakTag(known))) return;
            const { body, position } = await bodies.at(known);
            res.set('ETag', weakTag(position));
            await body.send(res);
          },
        }),
      },
    },
  ];
}
