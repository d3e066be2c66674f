import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import { MONITOR_PASS_HEADER } from '../../../wire/headers';
import { deliveryAnswer } from '../../answers/answer-docs';
import {
  type FieldDoc,
  freeText,
  moment,
  oneOf,
  validated,
  wholeNumber,
} from '../../fields/fields';
import type { Metrics } from '../../metrics/process-metrics';
import { operation, type Resource } from '../../operation';
import { deliveryJson } from './alert-json';

/** Deliveries in one request or answer. */
const DELIVERIES_MAX = 1_000;

const NAMES = 'must be names of deliveries such as 12.1';

const names = z
  .array(z.string({ error: NAMES }).regex(/^[1-9][0-9]{0,14}\.[1-9][0-9]{0,8}$/, NAMES), {
    error: ({ input }) => (input === undefined ? 'is required' : 'must be an array'),
  })
  .min(1, 'must have a delivery')
  .max(DELIVERIES_MAX, `may have ${DELIVERIES_MAX} deliveries at most`)
  .transform((list) =>
    list.map((name) => {
      const [event, line] = name.split('.').map(Number) as [number, number];
      return { event, line };
    }),
  );

/** A mark that the client chose: ASCII, so that it is the same in every store. */
const MARK_MAX = 64;
const MARK = `must be 1 to ${MARK_MAX} visible ASCII characters, without spaces`;
const mark = freeText(MARK_MAX)
  .refine((value) => /^[\x21-\x7e]+$/.test(value), MARK)
  .meta({ doc: { type: 'string', minLength: 1, maxLength: MARK_MAX } satisfies FieldDoc });

const claimFields = z.strictObject({
  deliveries: names,
  messageID: mark,
  claim: mark,
  leaseSeconds: wholeNumber(1, 3_600),
});

const outcomeFields = z.strictObject({
  deliveries: names,
  claim: mark,
  status: oneOf(['delivered', 'failed', 'dead']),
  retryAt: moment.optional(),
  error: freeText(500).optional(),
});

/** `/alerts/deliveries`: who is still to be told of what, for those who tell them. */
export function deliveries(ledger: Ledger, before: RequestHandler[], metrics: Metrics): Resource[] {
  return [
    {
      path: '/alerts/deliveries',
      operations: {
        get: operation({
          summary: 'The deliveries that are not finished, by event',
          description: 'One that tells of an event up to after is left out.',
          query: z.strictObject({
            after: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
            limit: wholeNumber(1, DELIVERIES_MAX).optional(),
          }),
          answers: { 200: { description: 'The deliveries.', schema: z.array(deliveryAnswer) } },
          handle: async ({ query: { after = 0, limit = DELIVERIES_MAX }, res }) => {
            const found = await ledger.unfinishedDeliveries(after, limit);
            res.set('Cache-Control', 'no-cache').json(found.map(deliveryJson));
          },
        }),
      },
    },
    {
      path: '/alerts/deliveries/claims',
      operations: {
        post: operation({
          summary: 'Take deliveries, to send them in one message',
          description:
            'Nobody else can take them until leaseSeconds are over. Left out of the answer is what is not yet due, finished, taken, or part of another message.',
          headers: [MONITOR_PASS_HEADER],
          before,
          consumes: ['application/json'],
          body: claimFields,
          example: {
            deliveries: ['12.1'],
            messageID: 'm-7f3a',
            claim: 'c-91b2',
            leaseSeconds: 120,
          },
          read: (body) => validated(claimFields, body),
          answers: {
            200: {
              description: 'Those that are taken.',
              schema: z.strictObject({ claimed: z.array(deliveryAnswer) }),
            },
          },
          problems: ['monitor-only', 'clock-wrong'],
          handle: async ({ body: { leaseSeconds, ...claim }, res }) => {
            const until = new Date(Date.now() + leaseSeconds * 1_000);
            const claimed = await ledger.claimDeliveries({ ...claim, until });
            res.json({ claimed: claimed.map(deliveryJson) });
          },
        }),
      },
    },
    {
      path: '/alerts/deliveries/outcomes',
      operations: {
        post: operation({
          summary: 'Say what came of a try',
          description:
            'Only who has claimed a delivery knows what came of it: others are left out of the answer, and nothing of them is kept. So is a claim that ran out once another has taken the delivery.',
          headers: [MONITOR_PASS_HEADER],
          before,
          consumes: ['application/json'],
          body: outcomeFields,
          example: { deliveries: ['12.1'], claim: 'c-91b2', status: 'delivered' },
          read: (body) => validated(outcomeFields, body),
          answers: {
            200: {
              description: 'Those of which it is so.',
              schema: z.strictObject({ settled: z.array(deliveryAnswer) }),
            },
          },
          problems: ['monitor-only'],
          handle: async ({ body: { retryAt = null, error = null, ...outcome }, res }) => {
            const settled = await ledger.settleDeliveries({ ...outcome, retryAt, error });
            metrics.onDelivered(settled);
            res.json({ settled: settled.map(deliveryJson) });
          },
        }),
      },
    },
  ];
}
