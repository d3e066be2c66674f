import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ALERT_KINDS, RECIPIENTS_MAX } from '../../ledger/alert';
import type { AlertCommand } from '../../ledger/decide-alert';
import { CHANNELS } from '../../ledger/delivery';
import type { Ledger } from '../../ledger/ledger';
import { alertEvent } from '../answer-docs';
import {
  checked,
  eachOf,
  freeText,
  moment,
  oneOf,
  productID,
  quantity,
  validated,
  wholeNumber,
} from '../fields';
import { operation, type Resource } from '../operation';
import { WRITE_PROBLEMS } from '../submit';
import { eventJson } from './json';

/** Findings in one request. */
const FINDINGS_MAX = 1_000;

const COVER = 'must be a number of days such as 3.5, or null';

const finding = z.strictObject({
  productID,
  kind: oneOf(['none', ...ALERT_KINDS]),
  record: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  revision: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  availableQuantity: quantity,
  threshold: quantity,
  daysOfCover: z
    .union(
      [
        z.null(),
        z
          .string()
          .regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$/)
          .transform(Number),
      ],
      { error: COVER },
    )
    .meta({ doc: { type: ['number', 'null'], minimum: 0 } }),
  deliveries: z
    .array(
      z.strictObject({
        channel: oneOf(CHANNELS),
        target: freeText(500),
        notBefore: moment.optional(),
      }),
    )
    .max(RECIPIENTS_MAX, `may have ${RECIPIENTS_MAX} deliveries at most`)
    .optional(),
});

function listOf<T extends z.ZodType>(entry: T) {
  return z
    .array(entry, {
      error: ({ input }) => (input === undefined ? 'is required' : 'must be an array'),
    })
    .min(1, 'must have a finding')
    .max(FINDINGS_MAX, `may have ${FINDINGS_MAX} findings at most`);
}

const findingsFields = z.strictObject({ findings: listOf(finding) });

/** The same, but for the findings, which are looked through one by one. */
const envelope = z.strictObject({ findings: listOf(z.unknown()) });

/** `/alerts/findings`: how the monitor found products. */
export function findings(ledger: Ledger, readJson: RequestHandler[]): Resource[] {
  return [
    {
      path: '/alerts/findings',
      operations: {
        post: operation({
          summary: 'Report how products were found: short, or short no longer',
          description:
            'A kind other than none opens an alert, makes the one that there is louder, or wakes it; none resolves it. Each is decided by itself, and only where it is not older than what is known: to report twice, or late, does no harm.',
          before: readJson,
          consumes: ['application/json'],
          body: findingsFields,
          example: {
            findings: [
              {
                productID: 1,
                kind: 'low',
                record: 231,
                revision: 12,
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
                "What became of each, in order: the product's latest event, or a refusal.",
              schema: z.strictObject({
                outcomes: z.array(
                  z.union([
                    alertEvent,
                    z.strictObject({
                      refusal: z.enum(['stale-alert', 'no-alert']),
                      productID: z.int(),
                      alertID: z.int().optional(),
                      event: z.int().optional(),
                    }),
                  ]),
                ),
              }),
            },
          },
          problems: WRITE_PROBLEMS,
          handle: async ({ body: commands, res }) => {
            const answer = await ledger.submit({ kind: 'alerts', commands });
            const outcomes = answer.answer === 'alerts' ? answer.outcomes : [];
            res.json({
              outcomes: outcomes.map((outcome) =>
                'refusal' in outcome ? outcome : eventJson(outcome),
              ),
            });
          },
        }),
      },
    },
  ];
}

async function commandsFrom(body: unknown) {
  const { findings } = validated(envelope, body);
  const found = await eachOf('findings', findings, (entry) => {
    const { data, faults } = checked(finding, entry);
    return data ?? [...faults];
  });
  return found.map(commandOf);
}

function commandOf({
  kind,
  deliveries: told = [],
  ...found
}: z.output<typeof finding>): AlertCommand {
  const deliveries = told.map(({ notBefore = null, ...delivery }) => ({ ...delivery, notBefore }));
  return kind === 'none'
    ? { kind: 'resolve', deliveries, ...found }
    : { kind: 'report', alert: kind, deliveries, ...found };
}
