import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import {
  DOCUMENT_LINES_MAX,
  type DocumentEntry,
  holdName,
} from '../../../ledger/documents/document';
import type { HoldCommand, HoldLine } from '../../../ledger/documents/document-command';
import type { Ledger } from '../../../ledger/ledger';
import { FIRST_LOCATION } from '../../../ledger/locations/location';
import { holdAnswer, holdWithLife } from '../../../wire/documents';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { PAGE, PAGE_MAX } from '../../../wire/pages';
import { ANNOTATION_TEXTS } from '../../../wire/texts';
import { unchanged } from '../../answers/answer-docs';
import { sendByContent } from '../../answers/conditional';
import { holdJson } from '../../answers/document-json';
import { recordJson } from '../../answers/entry-json';
import { cursor, page } from '../../answers/paging';
import { KEY_PROBLEMS, submitDocument, WRITE_PROBLEMS } from '../../answers/submit';
import { type FieldDoc, oneOf, text } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { price } from '../../fields/price';
import { validated } from '../../fields/validated';
import { locationID, productID, soldQuantity, wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { invalidRequest, Problem } from '../../problems/problem';
import { LIFE_MAX, lifeOf } from './life';

/** A day less than a month: a hold is for what is about to be sold. */
const EXPIRES_IN_MAX = 30 * 24 * 60 * 60;

const HOLD_ID = 'must be 1 to 90 of the characters A-Z a-z 0-9 . _ ~ -';

const holdID = text(HOLD_ID)
  .refine((name) => /^[\w.~-]{1,90}$/.test(name) && name !== '.' && name !== '..', HOLD_ID)
  .meta({ doc: { type: 'string', examples: ['basket-1'] } satisfies FieldDoc });

const holdPath = z.strictObject({ holdID });

const expiresIn = wholeNumber(1, EXPIRES_IN_MAX).meta({
  doc: {
    type: 'integer',
    minimum: 1,
    maximum: EXPIRES_IN_MAX,
    examples: [900],
    description: 'Seconds from now',
  } satisfies FieldDoc,
});

const lines = z
  .array(z.strictObject({ productID, locationID: locationID.optional(), quantity: soldQuantity }))
  .min(1, 'must have a line')
  .max(DOCUMENT_LINES_MAX, `may have ${DOCUMENT_LINES_MAX} lines at most`);

const putFields = z.strictObject({
  expiresIn,
  lines,
  reference: freeText(ANNOTATION_TEXTS.reference.maxLength).optional(),
});

const extensionFields = z.strictObject({ expiresIn });

const saleFields = z.strictObject({
  lines: lines.optional(),
  unitPrice: price.optional(),
  orSell: z
    .union([oneOf(['true', 'false']), z.boolean()])
    .transform((given) => given === true || given === 'true')
    .optional(),
});

const EXAMPLE = { expiresIn: 900, lines: [{ productID: 1, quantity: 2 }], reference: 'BASKET-1' };

/** `/holds`: units that are set aside for somebody, until they are sold, released, or their time is over. */
export function holds(ledger: Ledger, readJson: RequestHandler[]): Resource[] {
  const headers = [IDEMPOTENCY_KEY_HEADER];
  const consumes = ['application/json'];
  const answers = { 200: { description: 'The hold.', schema: holdAnswer } };
  return [
    {
      path: '/holds',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'The open holds, oldest first',
          description:
            'status=ended lists those that were sold or released, or have expired, newest first. productID names a product of which open holds have units. The header Link has the next page, if there is one.',
          query: z.strictObject({
            status: oneOf(['open', 'ended']).optional(),
            productID: productID.optional(),
            limit: wholeNumber(1, PAGE_MAX).optional(),
            cursor: cursor.optional(),
          }),
          headers: ['If-None-Match'],
          answers: {
            200: { description: 'The holds.', schema: z.array(holdAnswer) },
            304: unchanged,
          },
          handle: async ({ query, req, res }) => {
            const { status = 'open', productID, limit = PAGE, cursor: after } = query;
            if (status === 'ended' && productID !== undefined) {
              throw invalidRequest([{ field: 'productID', detail: 'goes with status=open only' }]);
            }
            const found =
              status === 'open'
                ? await openHolds(ledger, productID, after)
                : await ledger.ask.endedDocuments({
                    kind: 'hold',
                    before: after,
                    limit: limit + 1,
                  });
            const listed = page(req, res, found.slice(0, limit + 1), limit, (hold) =>
              status === 'open' ? hold.documentID : hold.entry,
            );
            sendByContent(req, res, listed.map(holdJson));
          },
        }),
      },
    },
    {
      path: '/holds/{holdID}',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'A hold, and every record of its life',
          description: `Oldest first, ${LIFE_MAX} at most; the header Link has those after them.`,
          params: holdPath,
          query: z.strictObject({ cursor: cursor.optional() }),
          headers: ['If-None-Match'],
          answers: { 200: { description: 'The hold.', schema: holdWithLife }, 304: unchanged },
          problems: ['unknown-hold'],
          handle: async ({ params: { holdID }, query, req, res }) => {
            const life = await lifeOf(ledger, holdName(holdID), query.cursor ?? 0);
            if (!life) throw unknownHold(holdID);
            const records = page(req, res, life.records, LIFE_MAX, ({ record }) => record);
            sendByContent(req, res, {
              ...holdJson(life.latest),
              records: records.map(recordJson),
            });
          },
        }),
        put: operation({
          need: { all: ['stock:sell'] },
          summary: 'Set units aside under a name of your choice',
          description:
            'All lines or none. Under the name of an open hold it takes the place of that hold, and what it had counts as available. The name of a hold that has ended is never free again.',
          params: holdPath,
          before: readJson,
          consumes,
          body: putFields,
          example: EXAMPLE,
          read: (body) => validated(putFields, body),
          headers,
          answers: {
            201: { description: 'The new hold.', schema: holdAnswer },
            200: { description: 'The hold that took the place of the former.', schema: holdAnswer },
          },
          problems: [
            'batch-refused',
            'unknown-location',
            'not-sellable',
            'unknown-product',
            'insufficient-stock',
            'hold-ended',
            'document-limit',
            ...KEY_PROBLEMS,
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ params, body, req, res }) => {
            const { expiresIn, reference = null } = body;
            await change(ledger, req, res, 'hold', {
              kind: 'put-hold',
              ...params,
              expiresIn,
              reference,
              lines: linesOf(body.lines),
            });
          },
        }),
      },
    },
    {
      path: '/holds/{holdID}/extension',
      operations: {
        post: operation({
          need: { all: ['stock:sell'] },
          summary: 'Let a hold end later',
          params: holdPath,
          before: readJson,
          consumes,
          body: extensionFields,
          example: { expiresIn: 900 },
          read: (body) => validated(extensionFields, body),
          headers,
          answers,
          problems: ['unknown-hold', 'hold-ended', ...KEY_PROBLEMS, ...WRITE_PROBLEMS],
          handle: async ({ params, body, req, res }) => {
            await change(ledger, req, res, 'hold-change', {
              kind: 'extend-hold',
              ...params,
              ...body,
            });
          },
        }),
      },
    },
    {
      path: '/holds/{holdID}/sale',
      operations: {
        post: operation({
          need: { all: ['stock:sell'] },
          summary: 'Sell what a hold has set aside',
          description:
            'All of it, or what lines name; the rest is released. With orSell=true a hold that was released or has expired is sold from what is available, if there is enough. A hold is sold once.',
          params: holdPath,
          before: readJson,
          consumes,
          body: saleFields,
          example: { unitPrice: 4.5 },
          read: (body) => validated(saleFields, body),
          headers,
          answers,
          problems: [
            'unknown-hold',
            'hold-ended',
            'exceeds-hold',
            'batch-refused',
            'unknown-location',
            'insufficient-stock',
            ...KEY_PROBLEMS,
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ params, body, req, res }) => {
            const { unitPrice = null, orSell = false } = body;
            const lines = body.lines && linesOf(body.lines);
            const command = { kind: 'sell-hold', ...params, lines, unitPrice, orSell } as const;
            await change(ledger, req, res, 'hold-change', command);
          },
        }),
      },
    },
    {
      path: '/holds/{holdID}/release',
      operations: {
        post: operation({
          need: { all: ['stock:sell'] },
          summary: 'Give back what a hold has set aside',
          params: holdPath,
          headers,
          answers,
          problems: ['unknown-hold', 'hold-ended', ...KEY_PROBLEMS, ...WRITE_PROBLEMS],
          handle: async ({ params, req, res }) => {
            await change(ledger, req, res, 'hold-change', { kind: 'release-hold', ...params });
          },
        }),
      },
    },
  ];
}

/** @param after only those made after this one */
async function openHolds(
  ledger: Ledger,
  productID: number | undefined,
  after = 0,
): Promise<DocumentEntry[]> {
  const documents = await ledger.documents();
  const open = productID === undefined ? documents.open('hold') : documents.holdsOf(productID);
  return open.filter(({ documentID }) => documentID > after);
}

async function change(
  ledger: Ledger,
  req: Request,
  res: Response,
  resource: 'hold' | 'hold-change',
  command: HoldCommand,
): Promise<void> {
  await submitDocument(req, res, ledger, resource, command);
}

/** @throws Problem `invalid-request` if two lines are about one product at one location */
function linesOf(given: z.output<typeof lines>): HoldLine[] {
  const seen = new Set<string>();
  const faults = given.flatMap(({ productID, locationID = FIRST_LOCATION }, index) => {
    const cell = `${productID} ${locationID}`;
    if (seen.has(cell)) {
      const detail =
        'names a product and a location that another line names: add up their quantities';
      return [{ field: `lines.${index}`, detail }];
    }
    seen.add(cell);
    return [];
  });
  if (faults.length > 0) throw invalidRequest(faults);
  return given.map(({ productID, locationID = FIRST_LOCATION, quantity }) => ({
    productID,
    locationID,
    quantity,
  }));
}

function unknownHold(holdID: string): Problem {
  return new Problem('unknown-hold', `There was never a hold ${holdID}.`, { holdID });
}
