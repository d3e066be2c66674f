import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Command } from '../../../ledger/command';
import type { Ledger } from '../../../ledger/ledger';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import type { FieldFault } from '../../../wire/problem-members';
import { acceptedRecord } from '../../../wire/records';
import { CHANGES_STOCK } from '../../access/need';
import { problemAnswer } from '../../answers/answer-docs';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from '../../answers/submit';
import { oneOf } from '../../fields/field';
import { eachOf, validated } from '../../fields/validated';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';
import { changeFields, commandFrom, toCommand } from './stock-fields';

/** The most changes in one batch. */
const BATCH_MAX = 10_000;

const NO_OBJECT: FieldFault[] = [{ field: '', detail: 'must be an object of fields' }];

const envelope = z.strictObject({
  changes: z
    .array(z.unknown(), {
      error: ({ input }) => (input === undefined ? 'is required' : 'must be an array'),
    })
    .min(1, 'must have a change')
    .max(BATCH_MAX, `may have ${BATCH_MAX} changes at most`),
});

/** `/inventory/batch`: many changes in one transaction. */
export function batch(ledger: Ledger, readJson: RequestHandler[]): Resource[] {
  return [
    {
      path: '/inventory/batch',
      operations: {
        post: operation({
          need: CHANGES_STOCK,
          summary: 'Record many changes of any kind, in order, in one transaction',
          description: `Up to ${BATCH_MAX} changes. Each is decided on the stock after the ones before it. Either all are recorded or none; with mode=each every change is decided by itself.`,
          query: z.strictObject({ mode: oneOf(['all', 'each']).optional() }),
          before: readJson,
          consumes: ['application/json'],
          body: z.strictObject({ changes: z.array(changeFields).min(1).max(BATCH_MAX) }),
          example: {
            changes: [
              { productID: 1, availableQuantity: 55 },
              { productID: 1, quantityChange: 20, reason: 'receipt', reference: 'PO-1041' },
              { productID: 1, reason: 'sale', quantity: 2, unitPrice: 4.5 },
            ],
          },
          read: commandsFrom,
          headers: [IDEMPOTENCY_KEY_HEADER],
          answers: {
            200: {
              description: 'With mode=each: the result of each change, in order.',
              schema: z.strictObject({
                recorded: z.int(),
                refused: z.int(),
                outcomes: z.array(z.union([acceptedRecord, problemAnswer])),
              }),
            },
            201: {
              description: 'All were recorded.',
              schema: z.strictObject({ recorded: z.int(), records: z.array(acceptedRecord) }),
            },
          },
          problems: ['batch-refused', ...KEY_PROBLEMS, ...WRITE_PROBLEMS],
          handle: async ({ query: { mode = 'all' }, body: commands, req, res }) => {
            if (req.get('If-Match') !== undefined) {
              throw invalidRequest([
                {
                  field: 'If-Match',
                  detail: 'is about one product: give changes an expectedQuantity',
                },
              ]);
            }
            const resource = mode === 'each' ? 'batch-each' : 'batch';
            const request = requestName(req, resource, commands);
            await submit(res, ledger, resource, { kind: 'stock', mode, commands, request });
          },
        }),
      },
    },
  ];
}

/** Reads the commands of a body. @throws Problem `invalid-request`, each fault with the index of its change */
async function commandsFrom(body: unknown): Promise<Command[]> {
  const { changes } = validated(envelope, body);
  return eachOf('changes', changes, (change) =>
    isObject(change) ? commandFrom(changeFields, toCommand, change) : NO_OBJECT,
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
