import type { RequestHandler } from 'express';
import { z } from 'zod';
import { type DocumentEntry, holdName } from '../../../ledger/documents/document';
import type { Ledger } from '../../../ledger/ledger';
import { holdAnswer, holdWithLife } from '../../../wire/documents';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { PAGE, PAGE_MAX } from '../../../wire/pages';
import { unchanged } from '../../answers/answer-docs';
import { sendByContent } from '../../answers/conditional';
import { holdJson } from '../../answers/document-json';
import { recordJson } from '../../answers/entry-json';
import { cursor, page } from '../../answers/paging';
import { KEY_PROBLEMS, submitDocument, WRITE_PROBLEMS } from '../../answers/submit';
import { oneOf } from '../../fields/field';
import { validated } from '../../fields/validated';
import { productID, wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';
import { refusedDocument } from '../../problems/refused-document';
import {
  extensionFields,
  holdFields,
  holdPath,
  holdSaleFields,
  readHold,
  readHoldSale,
} from './hold-fields';
import { LIFE_MAX, lifeOf } from './life';

const EXAMPLE = { expiresIn: 900, lines: [{ productID: 1, quantity: 2 }], reference: 'BASKET-1' };

/** `/holds`: units that are set aside for somebody, until they are sold or released, or the hold expires. */
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
            const listed = page(req, res, found, limit, (hold) =>
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
            if (!life) throw refusedDocument({ refusal: 'unknown-hold', holdID });
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
            'All lines or none. Under the name of an open hold it replaces that hold, and what that hold had counts as available for it. The name of a hold that has ended cannot be used again.',
          params: holdPath,
          before: readJson,
          consumes,
          body: holdFields,
          example: EXAMPLE,
          read: readHold,
          headers,
          answers: {
            201: { description: 'The new hold.', schema: holdAnswer },
            200: { description: 'The hold that replaced the one before.', schema: holdAnswer },
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
            const command = { kind: 'put-hold', ...params, ...body } as const;
            await submitDocument(req, res, ledger, 'hold', command);
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
            const command = { kind: 'extend-hold', ...params, ...body } as const;
            await submitDocument(req, res, ledger, 'hold-change', command);
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
            'All of it, or what lines name; the rest is released. With orSell=true a hold that was released or has expired is sold from what is available, if there is enough. A hold can be sold once.',
          params: holdPath,
          before: readJson,
          consumes,
          body: holdSaleFields,
          example: { unitPrice: 4.5 },
          read: readHoldSale,
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
            const command = { kind: 'sell-hold', ...params, ...body } as const;
            await submitDocument(req, res, ledger, 'hold-change', command);
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
            const command = { kind: 'release-hold', ...params } as const;
            await submitDocument(req, res, ledger, 'hold-change', command);
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
