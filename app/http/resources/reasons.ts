import { z } from 'zod';
import { REASONS, rulesOf } from '../../ledger/reason';
import { operation, type Resource } from '../operation';

/** `/reasons`: the reasons for which stock changes, for clients that let people choose one. */
export function reasons(): Resource[] {
  return [
    {
      path: '/reasons',
      operations: {
        get: operation({
          summary: 'The reasons for which stock changes',
          answers: {
            200: {
              description: 'Each reason and its title.',
              schema: z.array(z.strictObject({ reason: z.string(), title: z.string() })),
            },
          },
          handle: ({ res }) => {
            res.json(REASONS.map((reason) => ({ reason, title: rulesOf(reason).title })));
          },
        }),
      },
    },
  ];
}
