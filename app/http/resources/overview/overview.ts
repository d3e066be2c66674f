import compression from 'compression';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { RECENT_DAYS } from '../../../ledger/sales-reader';
import { overviewAnswer, unchanged } from '../../answers/answer-docs';
import { answeredAsKnown, weakTag } from '../../answers/conditional';
import { operation, type Resource } from '../../operation';
import { factsOf, OverviewBody, positionOf } from './overview-body';

/** `/overview`: every product at a glance, for those who then follow `/records`. */
export function overview(ledger: Ledger): Resource[] {
  const bodies = new OverviewBody(ledger);
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
            const known = positionOf(await factsOf(ledger));
            if (answeredAsKnown(req, res, weakTag(known))) return;
            const { body, position } = await bodies.at(known);
            res.set('ETag', weakTag(position));
            await body.send(res);
          },
        }),
      },
    },
  ];
}
