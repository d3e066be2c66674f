import type { RequestHandler } from 'express';
import { z } from 'zod';
import { transferName } from '../../../ledger/documents/document';
import type { Ledger } from '../../../ledger/ledger';
import { transferAnswer, transferWithLife } from '../../../wire/documents';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { PAGE, PAGE_MAX } from '../../../wire/pages';
import { unchanged } from '../../answers/answer-docs';
import { sendByContent } from '../../answers/conditional';
import { transferJson } from '../../answers/document-json';
import { recordJson } from '../../answers/entry-json';
import { cursor, page } from '../../answers/paging';
import { KEY_PROBLEMS, submitDocument, WRITE_PROBLEMS } from '../../answers/submit';
import { oneOf } from '../../fields/field';
import { validated } from '../../fields/validated';
import { wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { refusedDocument } from '../../problems/refused-document';
import { LIFE_MAX, lifeOf } from './life';
import {
  closingFields,
  readReceipt,
  readSent,
  receiptFields,
  sentFields,
  transferPath,
} from './transfer-fields';

/** `/transfers`: goods that are on their way from one location to another. */
export function transfers(ledger: Ledger, readJson: RequestHandler[], now: () => Date): Resource[] {
  const headers = [IDEMPOTENCY_KEY_HEADER];
  const consumes = ['application/json'];
  const answers = { 200: { description: 'The transfer.', schema: transferAnswer } };
  return [
    {
      path: '/transfers',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'The transfers that are on their way, oldest first',
          description:
            'status=closed lists those of which nothing is on its way any more, newest first. The header Link has the next page, if there is one.',
          query: z.strictObject({
            status: oneOf(['open', 'closed']).optional(),
            limit: wholeNumber(1, PAGE_MAX).optional(),
            cursor: cursor.optional(),
          }),
          headers: ['If-None-Match'],
          answers: {
            200: { description: 'The transfers.', schema: z.array(transferAnswer) },
            304: unchanged,
          },
          handle: async ({ query, req, res }) => {
            const { status = 'open', limit = PAGE, cursor: after } = query;
            const isOpen = status === 'open';
            const found = isOpen
              ? (await ledger.documents())
                  .open('transfer')
                  .filter(({ documentID }) => documentID > (after ?? 0))
                  .slice(0, limit + 1)
              : await ledger.ask.endedDocuments({
                  kind: 'transfer',
                  before: after,
                  limit: limit + 1,
                });
            const listed = page(req, res, found, limit, (transfer) =>
              isOpen ? transfer.documentID : transfer.entry,
            );
            const at = now();
            sendByContent(
              req,
              res,
              listed.map((transfer) => transferJson(transfer, at)),
            );
          },
        }),
        post: operation({
          need: { all: ['stock:move'] },
          summary: 'Send products from one location to another',
          description:
            'All lines or none. Until the goods are received they are on their way: at neither location, and not available.',
          before: readJson,
          consumes,
          body: sentFields,
          example: {
            from: 1,
            to: 2,
            expectedAt: '2026-12-01T12:00:00Z',
            lines: [{ productID: 1, quantity: 3 }],
            reference: 'VAN-17',
          },
          read: readSent,
          headers,
          answers: { 201: { description: 'The transfer.', schema: transferAnswer } },
          problems: [
            'batch-refused',
            'unknown-location',
            'unknown-product',
            'insufficient-stock',
            'document-limit',
            ...KEY_PROBLEMS,
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ body, req, res }) => {
            await submitDocument(req, res, ledger, 'new-transfer', body);
          },
        }),
      },
    },
    {
      path: '/transfers/{transferID}',
      operations: {
        get: operation({
          need: { all: ['stock:read'] },
          summary: 'A transfer: its lines, what is on its way, and every record',
          description: `Records are listed oldest first, ${LIFE_MAX} at most; the header Link has those after them.`,
          params: transferPath,
          query: z.strictObject({ cursor: cursor.optional() }),
          headers: ['If-None-Match'],
          answers: {
            200: { description: 'The transfer.', schema: transferWithLife },
            304: unchanged,
          },
          problems: ['unknown-transfer'],
          handle: async ({ params: { transferID }, query, req, res }) => {
            const life = await lifeOf(ledger, transferName(transferID), query.cursor ?? 0);
            if (!life) throw refusedDocument({ refusal: 'unknown-transfer', transferID });
            const records = page(req, res, life.records, LIFE_MAX, ({ record }) => record);
            sendByContent(req, res, {
              ...transferJson(life.latest, now()),
              records: records.map(recordJson),
            });
          },
        }),
      },
    },
    {
      path: '/transfers/{transferID}/receipts',
      operations: {
        post: operation({
          need: { all: ['stock:move'] },
          summary: 'Receive what has arrived of a transfer',
          description:
            'As often as something arrives: received units are at the destination, damaged ones are waste, returned ones are back where they came from. The transfer is closed when nothing is on its way any more.',
          params: transferPath,
          before: readJson,
          consumes,
          body: receiptFields,
          example: { lines: [{ productID: 1, received: 2, damaged: 1 }] },
          read: readReceipt,
          headers,
          answers,
          problems: [
            'unknown-transfer',
            'transfer-closed',
            'exceeds-outstanding',
            'batch-refused',
            'stock-limit',
            ...KEY_PROBLEMS,
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ params, body: lines, req, res }) => {
            const command = { kind: 'receive', ...params, lines } as const;
            await submitDocument(req, res, ledger, 'transfer-change', command);
          },
        }),
      },
    },
    {
      path: '/transfers/{transferID}/closing',
      operations: {
        post: operation({
          need: { all: ['stock:move'] },
          summary: 'Close a transfer of which nothing more will arrive',
          description: 'The rest is lost, or it is returned: then it is back where it came from.',
          params: transferPath,
          before: readJson,
          consumes,
          body: closingFields,
          example: { remainder: 'lost', note: 'A box fell off the van.' },
          read: (body) => validated(closingFields, body),
          headers,
          answers,
          problems: [
            'unknown-transfer',
            'transfer-closed',
            'batch-refused',
            'stock-limit',
            ...KEY_PROBLEMS,
            ...WRITE_PROBLEMS,
          ],
          handle: async ({ params, body: { remainder, note = null }, req, res }) => {
            const command = { kind: 'close-transfer', ...params, remainder, note } as const;
            await submitDocument(req, res, ledger, 'transfer-change', command);
          },
        }),
      },
    },
  ];
}
