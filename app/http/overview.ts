import compression from 'compression';
import type { Request } from 'express';
import { z } from 'zod';
import { type Ledger, RECENT_DAYS } from '../ledger/ledger';
import { overviewAnswer, unchanged } from './answer-docs';
import { entityTag } from './conditional';
import { operation, type Resource } from './operation';
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
            res.set('ETag', `W/${entityTag(known)}`).set('Cache-Control', 'no-cache');
            if (isKnown(req, entityTag(known))) {
              res.status(304).end();
              return;
            }
            const { body, position } = await bodies.at(known);
            res.set('ETag', `W/${entityTag(position)}`);
            await body.send(res);
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
