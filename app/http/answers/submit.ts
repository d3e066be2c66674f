import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Ledger } from '../../ledger/ledger';
import type { RequestName, StoredAnswer, StoredRequest } from '../../ledger/request';
import { storedOutcomes } from '../../ledger/stored-outcomes';
import type { KeyedSubmission } from '../../ledger/submission';
import { IDEMPOTENCY_KEY_HEADER } from '../../wire/headers';
import type { ProblemType } from '../../wire/problem';
import { invalidRequest, Problem } from '../problems/problem';
import {
  isBrief,
  type KeyedResource,
  type Rendered,
  type ResourceOf,
  rendered,
  renderedBriefly,
  send,
} from './submission-answers';

/** An Idempotency-Key: visible ASCII, which every proxy and log passes on as it is. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** What a change of stock may be refused for. */
export const STOCK_PROBLEMS = [
  'unknown-product',
  'stale-record',
  'unexpected-quantity',
  'unknown-sale',
  'return-exceeds-sale',
  'insufficient-stock',
  'stock-limit',
  'product-limit',
] as const satisfies readonly ProblemType[];

/** What a request may be refused for because of its key. */
export const KEY_PROBLEMS = [
  'key-reused',
  'request-cancelled',
] as const satisfies readonly ProblemType[];

/** What any submission may fail by. */
export const WRITE_PROBLEMS = [
  'overloaded',
  'clock-wrong',
  'outcome-unknown',
  'shutting-down',
] as const satisfies readonly ProblemType[];

/** What to say of a key that is none. */
export const KEY_EXPECTED = 'must be 1 to 255 visible ASCII characters, without spaces';

export function isKey(text: string): boolean {
  return KEY.test(text);
}

/**
 * The name that a request gives itself by `Idempotency-Key`, if it does
 * (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/).
 *
 * @param content all that the request asks, as it was understood: two requests are the same where this is
 */
export function requestName(
  req: Request,
  resource: KeyedResource,
  content: unknown,
): RequestName | undefined {
  const key = req.get(IDEMPOTENCY_KEY_HEADER);
  if (key === undefined) return undefined;
  if (!isKey(key)) throw invalidRequest([{ field: IDEMPOTENCY_KEY_HEADER, detail: KEY_EXPECTED }]);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([resource, content]))
    .digest('hex');
  return { key, fingerprint, resource };
}

/** Has a submission decided, and answers with what became of it. @throws WriteFailure, Problem */
export async function submit<S extends KeyedSubmission>(
  res: Response,
  ledger: Ledger,
  resource: ResourceOf<S>,
  submission: S,
): Promise<void> {
  const answer = await (isBrief(resource)
    ? ledger.submitBriefly(submission)
    : ledger.submit(submission));
  switch (answer.answer) {
    case 'replay':
      res.set('Idempotent-Replayed', 'true');
      return send(res, renderedBriefly(answer.request.answer as StoredAnswer));
    case 'outcomes':
      if (answer.replayed) res.set('Idempotent-Replayed', 'true');
      return send(res, await rendered(resource, answer.outcomes));
    case 'cancelled':
      throw new Problem(
        'request-cancelled',
        'The key was cancelled by DELETE /requests/{key}: nothing was recorded, nor will be. Use another key.',
      );
    case 'key-reused':
      throw new Problem(
        'key-reused',
        'This Idempotency-Key came with another request before: nothing was recorded. Use a new key for a new request.',
      );
  }
}

/** What became of a request that named a key, and the answer that it got. */
export async function storedAnswer(
  ledger: Ledger,
  { answer }: StoredRequest,
): Promise<Rendered | undefined> {
  if (!answer) return undefined;
  return isBrief(answer.resource)
    ? renderedBriefly(answer)
    : rendered(answer.resource, await storedOutcomes(ledger, answer));
}
