import { z } from 'zod';
import { wholeProduct } from '../../../ledger/alert-subject';
import { cellOf, freeIn } from '../../../ledger/cell';
import { addDays } from '../../../ledger/day';
import type { Ledger } from '../../../ledger/ledger';
import { orderedOf, outlook } from '../../../ledger/outlook';
import { reorderPointAt } from '../../../ledger/product';
import { type OutlookAnswer, outlookAnswer } from '../../../wire/products';
import { locationID, productID, wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { unknownProduct } from '../../problems/refused';
import { knownLocation } from '../locations/known-location';

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
            'For products that have a record or are in the catalogue. A product is low at or below its reorder point, or if it has one and was never counted; a retired product is never low. If its alert is ordered, ordered has the due day, and nothing is to be ordered now. With locationID all of it is about that location: what is free there, the reorder point there, what was sold and returned there, and the alert of the product there. What is moved to or from a location is not sold there.',
          params: z.strictObject({ productID }),
          query: z.strictObject({
            days: wholeNumber(1, WINDOW_DAYS_MAX).optional(),
            locationID: locationID.optional(),
          }),
          answers: { 200: { description: 'The outlook.', schema: outlookAnswer } },
          problems: ['unknown-product', 'unknown-location', 'overloaded'],
          handle: async ({ params, query: { days = WINDOW_DAYS, locationID }, res }) => {
            const { productID } = params;
            const answer =
              locationID === undefined
                ? await outlookOf(ledger, productID, days)
                : await outlookAt(ledger, productID, locationID, days);
            res.set('Cache-Control', 'no-cache').json(answer);
          },
        }),
      },
    },
  ];
}

/** @throws Problem `unknown-product` */
async function outlookOf(ledger: Ledger, productID: number, days: number): Promise<OutlookAnswer> {
  const { day: today } = await ledger.today();
  const [stock, catalogue, alerts, { rows }] = await Promise.all([
    ledger.stock(),
    ledger.catalogue(),
    ledger.alerts(),
    ledger.sales.byDay({ productID, from: addDays(today, -days), to: addDays(today, -1) }),
  ]);
  const product = catalogue.get(productID);
  const availableQuantity = stock.get(productID)?.availableQuantity ?? null;
  if (availableQuantity === null && !product) throw unknownProduct(productID);
  const ordered = orderedOf(alerts.of(wholeProduct(productID)), today);
  const unitsSold = rows.reduce((sum, row) => sum + row.unitsSold, 0);
  return { productID, ...outlook({ availableQuantity, unitsSold, days, product, ordered }) };
}

/** @throws Problem `unknown-product`, `unknown-location` */
async function outlookAt(
  ledger: Ledger,
  productID: number,
  locationID: number,
  days: number,
): Promise<OutlookAnswer> {
  await knownLocation(ledger, locationID);
  const { day: today, calendar } = await ledger.today();
  const until = (day: string) => ledger.ask.lastRecordAt(new Date(calendar.startOf(day) - 1));
  const [places, catalogue, alerts, after, through] = await Promise.all([
    ledger.places(),
    ledger.catalogue(),
    ledger.alerts(),
    until(addDays(today, -days)),
    until(today),
  ]);
  const listed = catalogue.get(productID);
  if (!listed && !places.stock.get(productID)) throw unknownProduct(productID);
  const unitsSold = await ledger.ask.unitsSoldAt({ productID, locationID, after, through });
  const cell = cellOf(places, productID, locationID);
  const { reorderPoint = null, reorderQuantity = null } = reorderPointAt(listed, locationID) ?? {};
  // Nothing is brought to a location that is retired.
  const retired = listed?.retired || places.locations.get(locationID)?.retired;
  return {
    productID,
    locationID,
    ...outlook({
      availableQuantity: cell ? freeIn(cell) : null,
      unitsSold,
      days,
      product: { reorderPoint, reorderQuantity, retired },
      ordered: orderedOf(alerts.of({ productID, locationID, transferID: 0 }), today),
    }),
  };
}
