import type { RequestHandler } from 'express';
import type { AlertRefusal } from '../../../ledger/alert-command';
import type { Ledger } from '../../../ledger/ledger';
import {
  type FindingOutcome,
  type FindingRefusal,
  type FindingsAnswer,
  findingsAnswer,
} from '../../../wire/findings';
import { MONITOR_PASS_HEADER } from '../../../wire/headers';
import { actorOf } from '../../access/caller';
import type { BeforeJson } from '../../answers/before-json';
import { sendJson } from '../../answers/conditional';
import { jsonBytes } from '../../answers/json-bytes';
import { WRITE_PROBLEMS } from '../../answers/submit';
import { operation, type Resource } from '../../operation';
import { eventJson, subjectJson } from './alert-json';
import { commandsFrom, findingsFields } from './finding-fields';
import { requireInLedger } from './findings-check';

/** `/alerts/findings`: the monitor reports which products are short, and which transfers are overdue. */
export function findings(ledger: Ledger, before: RequestHandler[], now: () => Date): Resource[] {
  return [
    {
      path: '/alerts/findings',
      operations: {
        post: operation({
          need: { all: ['monitor'] },
          summary: 'Report what is short or overdue, and what no longer is',
          description:
            'A kind other than none opens an alert, makes an open one more urgent, or ends its snooze; none resolves it. With a locationID a finding is about the product there, and availableQuantity is what is free there; without one it is about what is available of the product. A finding with a transferID is about that transfer. Each finding is decided by itself, and has no effect if it is older than what is known, so it is safe to report twice or late. All are refused if one names a record, a revision, a product, a location, a transfer or a quantity that the ledger does not have.',
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
                'The result of each finding, in order: the latest event about its subject, or a refusal.',
              schema: findingsAnswer,
            },
          },
          problems: ['monitor-only', 'not-in-ledger', ...WRITE_PROBLEMS],
          handle: async ({ body: commands, res }) => {
            await requireInLedger(ledger, commands, now());
            const { outcomes } = await ledger.submit({
              kind: 'alerts',
              commands,
              actor: actorOf(res.req),
            });
            const results: BeforeJson<FindingOutcome>[] = outcomes.map((outcome) =>
              'refusal' in outcome ? refusalJson(outcome) : eventJson(outcome),
            );
            sendJson(
              res,
              await jsonBytes({ outcomes: results } satisfies BeforeJson<FindingsAnswer>),
            );
          },
        }),
      },
    },
  ];
}

/** A finding is refused for none of the reasons that people are. */
function refusalJson({ productID, locationID, transferID, ...rest }: AlertRefusal): FindingRefusal {
  return { ...subjectJson({ productID, locationID, transferID }), ...rest } as FindingRefusal;
}
