import { z } from 'zod';
import type { ReceivedLine, ShipCommand } from '../../../ledger/documents/document-command';
import { ANNOTATION_TEXTS } from '../../../wire/texts';
import { moment } from '../../fields/day-and-time';
import { type FieldDoc, oneOf } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { validated } from '../../fields/validated';
import {
  locationID,
  productID,
  quantity,
  soldQuantity,
  wholeNumber,
} from '../../fields/whole-number';
import { invalidRequest } from '../../problems/problem';
import { documentLines, repeatedLines } from './document-lines';

const transferID = wholeNumber(1, Number.MAX_SAFE_INTEGER).meta({
  // The number of its first step among those of holds and transfers.
  doc: { type: 'integer', minimum: 1, examples: [2] } satisfies FieldDoc,
});

export const transferPath = z.strictObject({ transferID });

export const sentFields = z.strictObject({
  from: locationID,
  to: locationID,
  expectedAt: moment.optional(),
  lines: documentLines(z.strictObject({ productID, quantity: soldQuantity })),
  reference: freeText(ANNOTATION_TEXTS.reference.maxLength).optional(),
});

export const receiptFields = z.strictObject({
  lines: documentLines(
    z.strictObject({
      productID,
      received: quantity.optional(),
      damaged: quantity.optional(),
      returned: quantity.optional(),
    }),
  ),
});

export const closingFields = z.strictObject({
  remainder: oneOf(['lost', 'returned']),
  note: freeText(ANNOTATION_TEXTS.note.maxLength, { lines: true }).optional(),
});

/** @throws Problem `invalid-request` */
export function readSent(body: unknown): ShipCommand {
  const fields = validated(sentFields, body);
  const { from, to, expectedAt = null, reference = null, lines } = fields;
  const faults = repeatedProducts(lines);
  if (from === to) faults.push({ field: 'to', detail: 'must be another location than from' });
  if (faults.length > 0) throw invalidRequest(faults);
  return { kind: 'ship', from, to, expectedAt, reference, lines };
}

/** @throws Problem `invalid-request` */
export function readReceipt(body: unknown): ReceivedLine[] {
  const given = validated(receiptFields, body).lines;
  const faults = repeatedProducts(given);
  const lines = given.map(({ productID, received = 0, damaged = 0, returned = 0 }, index) => {
    if (received + damaged + returned === 0) {
      const detail = 'must have units that were received, damaged or returned';
      faults.push({ field: `lines.${index}`, detail });
    }
    return { productID, received, damaged, returned };
  });
  if (faults.length > 0) throw invalidRequest(faults);
  return lines;
}

function repeatedProducts(lines: readonly { readonly productID: number }[]) {
  return repeatedLines(lines, ({ productID }) => String(productID), 'a product');
}
