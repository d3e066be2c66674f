import { z } from 'zod';
import type { Ledger } from '../../ledger/ledger';
import { StoreUnavailable } from '../../ledger/store-failure';
import { operation, type Resource } from '../operation';
import { Problem } from '../problems/problem';
import { RETRY_SOON } from '../problems/retry-after';

/** `/healthz`: the process lives. `/readyz`: it can answer and record: its store in reach and writable, its stock and catalogue loaded. */
export function health(ledger: Ledger): Resource[] {
  return [
    {
      path: '/healthz',
      operations: {
        get: operation({
          summary: 'Whether the process lives',
          answers: {
            200: {
              description: 'It does.',
              schema: z.strictObject({ status: z.literal('alive') }),
            },
          },
          handle: ({ res }) => {
            res.json({ status: 'alive' });
          },
        }),
      },
    },
    {
      path: '/readyz',
      operations: {
        get: operation({
          summary:
            'Whether the service can answer and record: its database writable, its stock and catalogue loaded',
          description:
            'Nothing is recorded to find that out. What was found holds for a second, so that it may be asked often.',
          answers: {
            200: {
              description: 'It can.',
              schema: z.strictObject({ status: z.literal('ready'), record: z.int() }),
            },
          },
          // Nothing can be recorded with a clock that is far off.
          problems: ['clock-wrong'],
          handle: async ({ res }) => {
            // First, since what a store that was damaged from outside answers says less of the cause.
            await ledger.checkWritable().catch(notKnown);
            await ledger.load();
            const stock = await ledger.stock();
            res.json({ status: 'ready', record: stock.last?.record ?? 0 });
          },
        }),
      },
    },
  ];
}

/** The stock could be read just now, so the words are about changes. */
function notKnown(error: unknown): never {
  if (!(error instanceof StoreUnavailable)) throw error;
  const detail =
    'The database does not say in time whether a change could be recorded. If that lasts, look at its log: one with a binary log on a full disk waits until there is room.';
  const problem = new Problem('store-unavailable', detail, {}, RETRY_SOON);
  problem.cause = error;
  throw problem;
}
