import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { MoveCommand } from '../../../ledger/command';
import type { Ledger } from '../../../ledger/ledger';
import { moveCommands } from '../../../ledger/move';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { acceptedRecord } from '../../../wire/records';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from '../../answers/submit';
import { annotationFields } from '../../fields/annotations';
import { pastMoment } from '../../fields/day-and-time';
import { someLines } from '../../fields/some-lines';
import { validated } from '../../fields/validated';
import { locationID, productID, soldQuantity } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { invalidRequest } from '../../problems/problem';

/** The most lines of one move: as many records as a batch, two for each line. */
const LINES_MAX = 5_000;

const moveFields = z.strictObject({
  from: locationID,
  to: locationID,
  lines: someLines(z.strictObject({ productID, quantity: soldQuantity }), LINES_MAX),
  ...annotationFields,
  occurredAt: pastMoment.optional(),
});

/** `/inventory/moves`: goods go from one location to another, at once. */
export function moves(ledger: Ledger, readJson: RequestHandler[]): Resource[] {
  return [
    {
      path: '/inventory/moves',
      operations: {
        post: operation({
          need: { all: ['stock:move'] },
          summary: 'Move products from one location to another',
          description:
            'Either all lines are recorded or none. Each has two records, at `to` and then at `from`, with one document.',
          before: readJson,
          consumes: ['application/json'],
          body: moveFields,
          example: {
            from: 1,
            to: 2,
            lines: [{ productID: 1, quantity: 3 }],
            reference: 'VAN-17',
          },
          read: commandsFrom,
          headers: [IDEMPOTENCY_KEY_HEADER],
          answers: {
            201: {
              description: 'All were moved.',
              schema: z.strictObject({ recorded: z.int(), records: z.array(acceptedRecord) }),
            },
          },
          problems: ['batch-refused', ...KEY_PROBLEMS, ...WRITE_PROBLEMS],
          handle: async ({ body: commands, req, res }) => {
            const request = requestName(req, 'moves', commands);
            await submit(res, ledger, 'moves', { kind: 'stock', mode: 'all', commands, request });
          },
        }),
      },
    },
  ];
}

/** @throws Problem `invalid-request` */
function commandsFrom(body: unknown): MoveCommand[] {
  const fields = validated(moveFields, body);
  if (fields.from === fields.to) {
    throw invalidRequest([{ field: 'to', detail: 'must be another location than from' }]);
  }
  return moveCommands(fields);
}
