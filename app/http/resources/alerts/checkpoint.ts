import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { type CheckpointAnswer, checkpointAnswer } from '../../../wire/checkpoint';
import { MONITOR_PASS_HEADER } from '../../../wire/headers';
import { validated } from '../../fields/validated';
import { wholeNumber } from '../../fields/whole-number';
import { operation, type Resource } from '../../operation';
import { notInLedger } from './not-in-ledger';

const checkpointFields = z.strictObject({ record: wholeNumber(0, Number.MAX_SAFE_INTEGER) });

/** `/alerts/checkpoint`: up to which record the monitor has done its work. */
export function checkpoint(ledger: Ledger, before: RequestHandler[]): Resource[] {
  return [
    {
      path: '/alerts/checkpoint',
      operations: {
        get: operation({
          need: { all: ['monitor'] },
          summary: 'The last record up to which the monitor has done its work',
          query: z.strictObject({}),
          answers: {
            200: {
              description: 'The record; null before the first checkpoint.',
              schema: checkpointAnswer,
            },
          },
          handle: async ({ res }) => {
            const record = (await ledger.ask.latestCheckpoint()) ?? null;
            res.set('Cache-Control', 'no-cache').json({ record } satisfies CheckpointAnswer);
          },
        }),
        post: operation({
          need: { all: ['monitor'] },
          summary: 'Set the checkpoint',
          headers: [MONITOR_PASS_HEADER],
          before,
          consumes: ['application/json'],
          body: checkpointFields,
          example: { record: 1 },
          read: (body) => validated(checkpointFields, body),
          answers: {
            201: {
              description: 'Stored.',
              schema: z.strictObject({ record: z.int() }),
            },
          },
          problems: ['monitor-only', 'not-in-ledger'],
          handle: async ({ body: { record }, res }) => {
            const last = (await ledger.stock()).last?.record ?? 0;
            if (record > last) {
              const detail = `is beyond the ledger, whose last record is ${last}`;
              throw notInLedger([{ field: 'record', detail }]);
            }
            await ledger.appendCheckpoint(record);
            res.status(201).json({ record } satisfies CheckpointAnswer);
          },
        }),
      },
    },
  ];
}
