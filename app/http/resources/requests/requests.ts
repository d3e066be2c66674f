import { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import type { StoredRequest } from '../../../ledger/request';
import { WriteFailure } from '../../../ledger/write/write-failure';
import { USES_KEYS } from '../../access/need';
import { renderedProblem, send } from '../../answers/rendered';
import {
  isKey,
  KEY_EXPECTED,
  keptKey,
  requestUnder,
  storedAnswer,
  WRITE_PROBLEMS,
} from '../../answers/submit';
import type { FieldDoc } from '../../fields/field';
import { Allowance, type Pace } from '../../front/allowance';
import { clientOfRequest } from '../../front/proxies';
import { operation, type Resource } from '../../operation';
import { Problem } from '../../problems/problem';
import { RETRY_LATER } from '../../problems/retry-after';

const keyPath = z.strictObject({
  key: z
    .string()
    .refine(isKey, KEY_EXPECTED)
    .meta({
      doc: {
        type: 'string',
        description: 'The Idempotency-Key of the request',
        minLength: 1,
        maxLength: 255,
        examples: ['till-3-1041'],
      } satisfies FieldDoc,
    }),
});

const requestAnswer = z.strictObject({
  key: z.string(),
  state: z.enum(['answered', 'cancelled']),
  recordedAt: z.iso.datetime(),
  status: z.int().optional().meta({ description: 'The status of its answer' }),
  answer: z.unknown().optional().meta({ description: 'The body of its answer' }),
});

/**
 * `/requests/{key}`: the result of a request whose answer was lost.
 *
 * @param pace how fast this process cancels keys: each cancelled key is stored forever, and costs its sender nothing
 * @param sharePercent the part of that pace that one address may use
 */
export function requests(ledger: Ledger, pace: Pace, sharePercent = 100): Resource[] {
  const cancellations = new Allowance(pace, sharePercent);
  return [
    {
      path: '/requests/{key}',
      operations: {
        get: operation({
          need: USES_KEYS,
          summary: 'The result of the request under an Idempotency-Key',
          description:
            'With ACCESS=keys the keys of each caller are its own. Requests from the time of ACCESS=open are found by everybody who knows the key.',
          params: keyPath,
          query: z.strictObject({}),
          answers: {
            200: { description: 'The request has run, or was cancelled.', schema: requestAnswer },
          },
          problems: ['unknown-request'],
          handle: async ({ params: { key }, req, res }) => {
            const request = await requestUnder(ledger, req, key);
            if (!request) {
              throw new Problem(
                'unknown-request',
                'No request under this key has been recorded or refused. One may still be on its way: DELETE /requests/{key} makes sure that it never will.',
              );
            }
            const headers = { 'Cache-Control': 'no-cache' };
            await send(res, {
              status: 200,
              headers,
              body: await requestJson(ledger, key, request),
            });
          },
        }),
        delete: operation({
          need: USES_KEYS,
          summary: 'Make sure that the request under an Idempotency-Key never runs',
          description:
            'Cancels the request if it has not run: it never will, not even a copy that arrives later. If it has run, the answer is 409 with its result.',
          params: keyPath,
          answers: { 204: { description: 'The request has not run, and never will.' } },
          problems: ['request-has-run', ...WRITE_PROBLEMS],
          handle: async ({ params: { key }, req, res }) => {
            const client = clientOfRequest(req);
            // A key that has run or is cancelled already adds nothing to the ledger.
            const kept = keptKey(req, key);
            const isNew = !(await ledger.ask.request(kept));
            if (isNew && !cancellations.take(client)) {
              throw new Problem(
                'overloaded',
                `More than ${pace.burst} keys were cancelled in a short time, or too many from your address. This one was not cancelled. Try again in a few seconds.`,
                {},
                RETRY_LATER,
              );
            }
            const answer = await ledger.submit({ kind: 'cancel', key: kept }).catch((error) => {
              // Nothing was stored, unless the outcome is unknown.
              const isUnknown = error instanceof WriteFailure && error.kind === 'outcome-unknown';
              if (isNew && !isUnknown) cancellations.giveBack(client);
              throw error;
            });
            if (isNew && answer.answer === 'has-run') cancellations.giveBack(client);
            if (answer.answer === 'has-run') {
              const problem = new Problem(
                'request-has-run',
                'The request has run, so it cannot be cancelled. The member request has its result.',
                { request: await requestJson(ledger, key, answer.request) },
              );
              return send(res, renderedProblem(problem));
            }
            res.status(204).end();
          },
        }),
      },
    },
  ];
}

/** @param key as the client names it */
async function requestJson(ledger: Ledger, key: string, request: StoredRequest) {
  const { recordedAt } = request;
  const rendered = await storedAnswer(ledger, request);
  return rendered
    ? { key, state: 'answered', recordedAt, status: rendered.status, answer: rendered.body }
    : { key, state: 'cancelled', recordedAt };
}
