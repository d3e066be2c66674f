import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { DocumentCommand } from '../../ledger/documents/document-command';
import type { Ledger } from '../../ledger/ledger';
import type { RequestName, StoredAnswer, StoredRequest } from '../../ledger/request';
import { storedOutcomes } from '../../ledger/stored-outcomes';
import type { DocumentSubmission, KeyedSubmission } from '../../ledger/submission';
import { IDEMPOTENCY_KEY_HEADER } from '../../wire/headers';
import type { ProblemType } from '../../wire/problem';
import { actorOf, callerOf, OPEN } from '../access/caller';
import { requireScopesOf } from '../access/command-scopes';
import { invalidRequest, Problem } from '../problems/problem';
import { type Rendered, send } from './rendered';
import {
  isBrief,
  type KeyedResource,
  type ResourceOf,
  rendered,
  renderedBriefly,
} from './submission-answers';

/** An Idempotency-Key: visible ASCII, which proxies and logs do not change. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The form in which the keys of callers are kept. */
const KEPT = /^[0-9a-f]{64}$/;

/** Problems of a change of stock. */
export const STOCK_PROBLEMS = [
  'unknown-location',
  'not-sellable',
  'unknown-product',
  'stale-record',
  'unexpected-quantity',
  'unknown-sale',
  'return-exceeds-sale',
  'insufficient-stock',
  'below-held',
  'stock-limit',
  'product-limit',
] as const satisfies readonly ProblemType[];

/** Problems of an Idempotency-Key. */
export const KEY_PROBLEMS = [
  'key-reused',
  'request-cancelled',
] as const satisfies readonly ProblemType[];

/** Problems of any submission. */
export const WRITE_PROBLEMS = [
  'overloaded',
  'clock-wrong',
  'outcome-unknown',
  'shutting-down',
] as const satisfies readonly ProblemType[];

/** The fault of a text that is no key. */
export const KEY_EXPECTED = 'must be 1 to 255 visible ASCII characters, without spaces';

export function isKey(text: string): boolean {
  return KEY.test(text);
}

/**
 * The key under which a request is kept. The keys of callers are their own, so that one neither sees nor blocks another's
 * requests: the key of anybody but `open` is kept as a hash of caller and key.
 */
export function keptKey(req: Request, key: string): string {
  const actor = actorOf(req);
  if (actor === OPEN.actor) return key;
  return createHash('sha256').update(`${actor}\n${key}`).digest('hex');
}

/**
 * The request under a caller's key. What was sent while the service asked nobody who they are is found by everybody who knows the
 * key, so that a client that got no answer then can ask for it, instead of sending it again in its own name.
 */
export async function requestUnder(
  ledger: Ledger,
  req: Request,
  key: string,
): Promise<StoredRequest | undefined> {
  const kept = keptKey(req, key);
  const own = await ledger.ask.request(kept);
  if (own || kept === key || KEPT.test(key)) return own;
  return ledger.ask.request(key);
}

/**
 * The name of a request: its `Idempotency-Key`, if it has one
 * (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/).
 *
 * @param content all that the request asks for, as it was read: two requests with the same content are the same
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
  return { key: keptKey(req, key), fingerprint, resource };
}

/** Submits the caller's commands to the ledger, and answers with their outcomes. @throws WriteFailure, Problem */
export async function submit<S extends KeyedSubmission>(
  res: Response,
  ledger: Ledger,
  resource: ResourceOf<S>,
  submission: S,
): Promise<void> {
  if (submission.kind === 'stock') requireScopesOf(res, submission.commands);
  const submitted = { ...submission, actor: actorOf(res.req) };
  const answer = await (isBrief(resource)
    ? ledger.submitBriefly(submitted)
    : ledger.submit(submitted));
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
        'The key was cancelled by DELETE /requests/{key}, so nothing is recorded under it. Use another key.',
      );
    case 'key-reused':
      throw new Problem(
        'key-reused',
        'This Idempotency-Key was used for another request before; nothing was recorded. Use a new key for a new request.',
      );
  }
}

/** Submits a change of a hold or a transfer, within the locations of its caller. @throws WriteFailure, Problem */
export async function submitDocument(
  req: Request,
  res: Response,
  ledger: Ledger,
  resource: ResourceOf<DocumentSubmission>,
  command: DocumentCommand,
): Promise<void> {
  const { locations } = callerOf(res).rights;
  await submit(res, ledger, resource, {
    kind: 'document',
    command,
    within: locations ?? undefined,
    request: requestName(req, resource, command),
  });
}

/** The answer that a request with a key got; undefined if it was cancelled. */
export async function storedAnswer(
  ledger: Ledger,
  { answer }: StoredRequest,
): Promise<Rendered | undefined> {
  if (!answer) return undefined;
  return isBrief(answer.resource)
    ? renderedBriefly(answer)
    : rendered(answer.resource, await storedOutcomes(ledger, answer));
}
