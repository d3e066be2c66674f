import compression from 'compression';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { RECENT_DAYS } from '../../../ledger/sales-reader';
import { overviewAnswer } from '../../../wire/overview';
import { unchanged } from '../../answers/answer-docs';
import { sentNotModified, weakTag } from '../../answers/conditional';
import { locationID } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { knownLocation } from '../locations/known-location';
import { factsOf, OverviewBody, overviewAt, positionOf } from './overview-body';

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
            'Products that have a record or are in the catalogue, by productID. To keep it up to date, follow GET /records after salesAsOf. With locationID: availableQuantity, record, mark and recordedAt are of that location, and null if the product never had anything there; reorderPoint and reorderQuantity are those of the location; unitsSold are of all locations together.',
          query: z.strictObject({ locationID: locationID.optional() }),
          headers: ['If-None-Match'],
          // 10,000 products are more than a megabyte.
          before: [compression()],
          answers: {
            200: { description: 'The overview.', schema: overviewAnswer },
            304: unchanged,
          },
          problems: ['unknown-location'],
          handle: async ({ query: { locationID }, req, res }) => {
            if (locationID !== undefined) await knownLocation(ledger, locationID);
            const known = positionOf(await factsOf(ledger));
            if (sentNotModified(req, res, weakTag(known))) return;
            const { body, position } =
              locationID === undefined
                ? await bodies.at(known)
                : await overviewAt(ledger, locationID);
            res.set('ETag', weakTag(position));
            await body.send(res);
          },
        }),
      },
    },
  ];
}
