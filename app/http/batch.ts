import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Command } from '../ledger/command';
import type { Ledger } from '../ledger/ledger';
import { acceptedRecord, problemAnswer } from './answer-docs';
import { checked, oneOf } from './fields';
import { operation, type Resource } from './operation';
import { type FieldFault, invalidRequest } from './problem';
import { changeFields, commandFrom, toCommand } from './stock-fields';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from './submit';

/** Changes in one batch. */
export const BATCH_MAX = 10_000;

const NO_OBJECT: FieldFault[] = [{ field: '', detail: 'must be an object of fields' }];

/** Faults of a batch that are listed. */
const BATCH_FAULTS_MAX = 100;

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
          summary: 'Many changes of any kind, decided in order, in one transaction',
          description: `Up to ${BATCH_MAX} changes, each seeing the ones before it. All or nothing, unless mode=each: then each is answered for itself.`,
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
          headers: ['Idempotency-Key'],
          answers: {
            200: {
              description: 'With mode=each: what became of each change, in order.',
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

/** The commands that a body asks for. @throws Problem `invalid-request`, each fault with the place of its change */
function commandsFrom(body: unknown): Command[] {
  const { data, faults } = checked(envelope, body);
  if (!data) throw invalidRequest(faults);
  const commands: Command[] = [];
  const found: FieldFault[] = [];
  data.changes.forEach((change, index) => {
    if (found.length >= BATCH_FAULTS_MAX) return;
    const isObject = typeof change === 'object' && change !== null && !Array.isArray(change);
    const command = isObject ? commandFrom(changeFields, toCommand, change) : NO_OBJECT;
    if (!Array.isArray(command)) commands.push(command);
    else {
      for (const { field, detail } of command) {
        const place = ['changes', index, field].filter((part) => part !== '').join('.');
        found.push({ field: place, detail });
      }
    }
  });
  if (found.length > 0) throw invalidRequest(found.slice(0, BATCH_FAULTS_MAX));
  return commands;
}
