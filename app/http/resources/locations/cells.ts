import type { Request, Response } from 'express';
import { z } from 'zod';
import { cellsOf } from '../../../ledger/cell';
import type { Ledger } from '../../../ledger/ledger';
import { atLocationAsOf, cellsAsOf } from '../../../ledger/past-cells';
import { cellAnswer } from '../../../wire/locations';
import { unchanged } from '../../answers/answer-docs';
import { entityTag, JSON_TYPE, sendAsOf, sentNotModified } from '../../answers/conditional';
import { positionAt, recordPosition } from '../../answers/entity-tags';
import { jsonList, sendParts } from '../../answers/send-parts';
import { asOf, type Moment, recordAsOf } from '../../fields/as-of';
import { productID } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { unknownProduct } from '../../problems/refused';
import type { CellBodies } from './cell-bodies';
import { knownLocation } from './known-location';
import { cellJson } from './location-json';

/**
 * Answers with what there is, or was at a moment, at a location.
 *
 * @throws Problem `unknown-location`, `invalid-request`
 */
export async function sendAtLocation(
  ledger: Ledger,
  bodies: CellBodies,
  { locationID, asOf: moment }: { locationID: number; asOf?: Moment | undefined },
  req: Request,
  res: Response,
): Promise<void> {
  const locations = await knownLocation(ledger, locationID);
  if (moment) {
    const stock = await ledger.stock();
    const record = await recordAsOf(ledger, stock, moment);
    const tag = entityTag(await positionAt(ledger, record, stock.last));
    if (sentNotModified(req, res, tag)) return;
    const pages = atLocationAsOf(ledger.ask, locations, locationID, record);
    await sendParts(
      res,
      JSON_TYPE,
      jsonList(pages, ({ productID, ...cell }) => JSON.stringify(cellJson(productID, cell))),
    );
    return;
  }
  const { body, last } = await bodies.of(await ledger.places(), locationID);
  if (sentNotModified(req, res, entityTag(recordPosition(last)))) return;
  await body.send(res);
}

/** `/inventory/{productID}/locations`: where a product is. */
export function cells(ledger: Ledger): Resource[] {
  return [
    {
      path: '/inventory/{productID}/locations',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'What there is of a product at each location',
          description:
            'By locationID, without those where it never was. With asOf: what there was then.',
          params: z.strictObject({ productID }),
          query: z.strictObject({ asOf: asOf.optional() }),
          headers: ['If-None-Match'],
          answers: {
            200: { description: 'The product at each location.', schema: z.array(cellAnswer) },
            304: unchanged,
          },
          problems: ['unknown-product'],
          handle: async ({ params: { productID }, query, req, res }) => {
            const places = await ledger.places();
            const { stock, locations } = places;
            if (query.asOf) {
              const record = await recordAsOf(ledger, stock, query.asOf);
              const cells = await cellsAsOf(ledger.ask, locations, productID, record);
              if (cells.length === 0) throw unknownProduct(productID);
              const position = await positionAt(ledger, record, stock.last);
              sendAsOf(req, res, position, () => cells.map((cell) => cellJson(productID, cell)));
              return;
            }
            const latest = stock.get(productID);
            if (!latest) throw unknownProduct(productID);
            sendAsOf(req, res, recordPosition(latest), () =>
              cellsOf(places, productID).map((cell) => cellJson(productID, cell)),
            );
          },
        }),
      },
    },
  ];
}
