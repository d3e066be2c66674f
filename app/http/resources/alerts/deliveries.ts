import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import {
  type Claim,
  type ClaimedAnswer,
  claimedAnswer,
  type DeliveryOutcome,
  deliveryAnswer,
  OUTCOMES,
  type SettledAnswer,
  settledAnswer,
} from '../../../wire/deliveries';
import { MONITOR_PASS_HEADER } from '../../../wire/headers';
import { PAGE_MAX } from '../../../wire/pages';
import { DELIVERY_TEXTS_MAX } from '../../../wire/texts';
import type { BeforeJson } from '../../answers/before-json';
import { moment } from '../../fields/day-and-time';
import { type FieldDoc, oneOf } from '../../fields/field';
import { freeText } from '../../fields/free-text';
import { validated } from '../../fields/validated';
import { wholeNumber } from '../../fields/whole-number';
import type { Metrics } from '../../metrics/metrics';
import { operation, type Resource } from '../../operation';
import { deliveryJson } from './alert-json';

const DELIVERIES = 'must be names of deliveries such as 12.1';

const deliveryNames = z
  .array(z.string({ error: DELIVERIES }).regex(/^[1-9][0-9]{0,14}\.[1-9][0-9]{0,8}$/, DELIVERIES), {
    error: ({ input }) => (input === undefined ? 'is required' : 'must be an array'),
  })
  .min(1, 'must have a delivery')
  .max(PAGE_MAX, `may have ${PAGE_MAX} deliveries at most`)
  .transform((list) =>
    list.map((name) => {
      const [event, line] = name.split('.').map(Number) as [number, number];
      return { event, line };
    }),
  );

/** A name that the client chooses: ASCII, so that it is the same in every store. */
const NAME_MAX = 64;
const NAME = `must be 1 to ${NAME_MAX} visible ASCII characters, without spaces`;
const name = freeText(NAME_MAX)
  .refine((value) => /^[\x21-\x7e]+$/.test(value), NAME)
  .meta({ doc: { type: 'string', minLength: 1, maxLength: NAME_MAX } satisfies FieldDoc });

const claimFields = z.strictObject({
  deliveries: deliveryNames,
  messageID: name,
  claim: name,
  leaseSeconds: wholeNumber(1, 3_600),
} satisfies Record<keyof Claim, z.ZodType>);

const outcomeFields = z.strictObject({
  deliveries: deliveryNames,
  claim: name,
  status: oneOf(OUTCOMES),
  retryAt: moment.optional(),
  error: freeText(DELIVERY_TEXTS_MAX.error).optional(),
} satisfies Record<keyof DeliveryOutcome, z.ZodType>);

/** `/alerts/deliveries`: what has still to be sent to whom, for the monitor that sends it. */
export function deliveries(ledger: Ledger, before: RequestHandler[], metrics: Metrics): Resource[] {
  return [
    {
      path: '/alerts/deliveries',
      operations: {
        get: operation({
          need: { all: ['monitor'] },
          summary: 'The unfinished deliveries, by event',
          description: 'after leaves out the deliveries of events up to that one.',
          query: z.strictObject({
            after: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
            limit: wholeNumber(1, PAGE_MAX).optional(),
          }),
          answers: { 200: { description: 'The deliveries.', schema: z.array(deliveryAnswer) } },
          handle: async ({ query: { after = 0, limit = PAGE_MAX }, res }) => {
            const found = await ledger.ask.unfinishedDeliveries(after, limit);
            res.set('Cache-Control', 'no-cache').json(found.map(deliveryJson));
          },
        }),
      },
    },
    {
      path: '/alerts/deliveries/claims',
      operations: {
        post: operation({
          need: { all: ['monitor'] },
          summary: 'Claim deliveries, to send them in one message',
          description:
            'Nobody else can claim them until leaseSeconds are over. The answer leaves out deliveries that are not due yet, finished, claimed by somebody else, or part of another message.',
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
              description: 'The deliveries that are claimed now.',
              schema: claimedAnswer,
            },
          },
          problems: ['monitor-only', 'clock-wrong'],
          handle: async ({ body: { leaseSeconds, ...claim }, res }) => {
            const until = new Date(Date.now() + leaseSeconds * 1_000);
            const claimed = await ledger.deliveries.claim({ ...claim, until });
            res.json({ claimed: claimed.map(deliveryJson) } satisfies BeforeJson<ClaimedAnswer>);
          },
        }),
      },
    },
    {
      path: '/alerts/deliveries/outcomes',
      operations: {
        post: operation({
          need: { all: ['monitor'] },
          summary: 'Report the result of a try',
          description:
            'Only the one who claimed a delivery can report its result. Other deliveries are left out of the answer and stay as they are, also if the claim ran out and somebody else has claimed the delivery since.',
          headers: [MONITOR_PASS_HEADER],
          before,
          consumes: ['application/json'],
          body: outcomeFields,
          example: { deliveries: ['12.1'], claim: 'c-91b2', status: 'delivered' },
          read: (body) => validated(outcomeFields, body),
          answers: {
            200: {
              description: 'The deliveries whose result was stored.',
              schema: settledAnswer,
            },
          },
          problems: ['monitor-only'],
          handle: async ({ body: { retryAt = null, error = null, ...outcome }, res }) => {
            const settled = await ledger.deliveries.settle({ ...outcome, retryAt, error });
            metrics.onDelivered(settled);
            res.json({ settled: settled.map(deliveryJson) } satisfies BeforeJson<SettledAnswer>);
          },
        }),
      },
    },
  ];
}
