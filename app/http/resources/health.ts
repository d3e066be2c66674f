import { z } from 'zod';
import type { Ledger } from '../../ledger/ledger';
import { StoreUnavailable } from '../../ledger/store-failure';
import { PUBLIC } from '../access/need';
import { operation, type Resource } from '../operation';
import { Problem } from '../problems/problem';
import { RETRY_SOON } from '../problems/retry-after';

/** `/healthz`: the process is alive. `/readyz`: it can answer and record, so its database is writable, and stock and catalogue are loaded. */
export function health(ledger: Ledger): Resource[] {
  return [
    {
      path: '/healthz',
      operations: {
        get: operation({
          need: PUBLIC,
          summary: 'Whether the process is alive',
          answers: {
            200: {
              description: 'It is alive.',
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
          need: PUBLIC,
          summary:
            'Whether the service can answer and record: its database writable, its stock and catalogue loaded',
          description:
            'The check records nothing. Its result holds for a second, so it may be called often.',
          answers: {
            200: {
              description: 'It is ready.',
              schema: z.strictObject({ status: z.literal('ready'), record: z.int() }),
            },
          },
          // With a wrong clock nothing can be recorded.
          problems: ['clock-wrong'],
          handle: async ({ res }) => {
            // First: reading from a damaged store gives an error that says less about the cause.
            await ledger.checkWritable().catch(writableUnknown);
            await ledger.load();
            const stock = await ledger.stock();
            res.json({ status: 'ready', record: stock.last?.record ?? 0 });
          },
        }),
      },
    },
  ];
}

/** The store is in reach, but it is not known whether it is writable. */
function writableUnknown(error: unknown): never {
  if (!(error instanceof StoreUnavailable)) throw error;
  const detail =
    'The database did not answer in time whether a change could be recorded. If that lasts, look at its log: a database whose binary log is on a full disk waits until there is room.';
  const problem = new Problem('store-unavailable', detail, {}, RETRY_SOON);
  problem.cause = error;
  throw problem;
}
