import { z } from 'zod';
import type { HoldLine } from '../../../ledger/documents/document-command';
import { FIRST_LOCATION } from '../../../ledger/locations/location';
import { ANNOTATION_TEXTS } from '../../../wire/texts';
import { type FieldDoc, text } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { price } from '../../fields/price';
import { validated } from '../../fields/validated';
import { locationID, productID, soldQuantity, wholeNumber } from '../../fields/whole-number';
import { yesOrNo } from '../../fields/yes-or-no';
import { invalidRequest } from '../../problems/problem';
import { documentLines, repeatedLines } from './document-lines';

/** 30 days: a hold is for what will soon be paid or fetched, and what is forgotten becomes available again. */
const EXPIRES_IN_MAX_SECONDS = 30 * 24 * 60 * 60;

const HOLD_ID = 'must be 1 to 90 of the characters A-Z a-z 0-9 . _ ~ -';

/** A name that needs no escapes in a URL, and with `hold:` fits into the column of documents. A URL's path loses `.` and `..`. */
const holdID = text(HOLD_ID)
  .refine((name) => /^[\w.~-]{1,90}$/.test(name) && name !== '.' && name !== '..', HOLD_ID)
  .meta({ doc: { type: 'string', examples: ['basket-1'] } satisfies FieldDoc });

export const holdPath = z.strictObject({ holdID });

const expiresIn = wholeNumber(1, EXPIRES_IN_MAX_SECONDS).meta({
  doc: {
    type: 'integer',
    minimum: 1,
    maximum: EXPIRES_IN_MAX_SECONDS,
    examples: [900],
    description: 'Seconds from now',
  } satisfies FieldDoc,
});

const lines = documentLines(
  z.strictObject({ productID, locationID: locationID.optional(), quantity: soldQuantity }),
);

export const holdFields = z.strictObject({
  expiresIn,
  lines,
  reference: freeText(ANNOTATION_TEXTS.reference.maxLength).optional(),
});

export const extensionFields = z.strictObject({ expiresIn });

export const holdSaleFields = z.strictObject({
  lines: lines.optional(),
  unitPrice: price.optional(),
  orSell: yesOrNo.optional(),
});

/** @throws Problem `invalid-request` */
export function readHold(body: unknown) {
  const { lines, expiresIn, reference = null } = validated(holdFields, body);
  return { expiresIn, reference, lines: holdLines(lines) };
}

/** @throws Problem `invalid-request` */
export function readHoldSale(body: unknown) {
  const { lines, unitPrice = null, orSell = false } = validated(holdSaleFields, body);
  return { unitPrice, orSell, lines: lines && holdLines(lines) };
}

/** @throws Problem `invalid-request` if two lines are about one product at one location */
function holdLines(given: z.output<typeof lines>): HoldLine[] {
  const filled = given.map(({ productID, locationID = FIRST_LOCATION, quantity }) => {
    return { productID, locationID, quantity };
  });
  const faults = repeatedLines(
    filled,
    ({ productID, locationID }) => `${productID} ${locationID}`,
    'a product and a location',
  );
  if (faults.length > 0) throw invalidRequest(faults);
  return filled;
}
