import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { MONITOR_PASS_HEADER } from '../../../wire/headers';
import { alertEvent } from '../../answers/answer-docs';
import { sendJson } from '../../answers/conditional';
import { jsonBytes } from '../../answers/json-bytes';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { operation, type Resource } from '../../operation';
import { eventJson } from './alert-json';
import { commandsFrom, findingsFields } from './finding-fields';
import { requireInLedger } from './findings-check';

/** `/alerts/findings`: the monitor reports which products are short. */
export function findings(ledger: Ledger, before: RequestHandler[]): Resource[] {
  return [
    {
      path: '/alerts/findings',
      operations: {
        post: operation({
          summary: 'Report which products are short, or no longer short',
          description:
            'A kind other than none opens an alert, makes an open one more urgent, or ends its snooze; none resolves it. Each finding is decided by itself, and has no effect if it is older than what is known, so it is safe to report twice or late. All are refused if one names a record, a revision, a product or a quantity that the ledger does not have.',
          headers: [MONITOR_PASS_HEADER],
          before,
          consumes: ['application/json'],
          body: findingsFields,
          example: {
            findings: [
              {
                productID: 1,
                kind: 'low',
                record: 1,
                revision: 1,
                availableQuantity: 4,
                threshold: 5,
                daysOfCover: 2.5,
                deliveries: [
                  {
                    channel: 'mail',
                    target: 'ann@shop.example',
                    notBefore: '2026-11-24T12:00:00Z',
                  },
                ],
              },
            ],
          },
          read: commandsFrom,
          answers: {
            200: {
              description:
                "The result of each finding, in order: the product's latest event, or a refusal.",
              schema: z.strictObject({
                outcomes: z.array(
                  z.union([
                    alertEvent,
                    z.strictObject({
                      refusal: z.enum(['stale-alert', 'no-alert', 'not-in-ledger']),
                      productID: z.int(),
                      alertID: z.int().optional(),
                      event: z.int().optional(),
                      fields: z.array(z.string()).optional(),
                    }),
                  ]),
                ),
              }),
            },
          },
          problems: ['monitor-only', 'not-in-ledger', ...WRITE_PROBLEMS],
          handle: async ({ body: commands, res }) => {
            await requireInLedger(ledger, commands);
            const { outcomes } = await ledger.submit({ kind: 'alerts', commands });
            const results = outcomes.map((outcome) =>
              'refusal' in outcome ? outcome : eventJson(outcome),
            );
            sendJson(res, await jsonBytes({ outcomes: results }));
          },
        }),
      },
    },
  ];
}
