import { Refused } from '../../client/failure';
import type { Answer } from '../../client/service-client';
import { isProblemOf, type ProblemAnswer } from '../../wire/problem';
import { ask } from '../api/ask';
import type { ChangeRequest } from './change-request';
import type { Settled } from './outbox-state';
import { foundSent, mayBeSentWhileOpen } from './sent-while-open';

/** Answers after which the same request may succeed: the service was busy, away, or did not know. */
const PASSING = new Set([408, 429, 503]);

/** What came of sending a change once. */
type Sent =
  | Settled
  | {
      readonly outcome: 'unknown';
      /** Where the service failed at it, rather than was away. */
      readonly problem?: ProblemAnswer;
      readonly retryAfterMs?: number;
      /** Whether it waits until somebody signs in. */
      readonly isSignedOut?: true;
    };

/** Sends a change once, in the name of the one who is signed in; undefined if that is not known. */
export async function sendOnce(change: ChangeRequest, signedIn?: string): Promise<Sent> {
  const { key, method, path, fields, ifMatch } = change;
  if (mayBeSentWhileOpen(change, signedIn)) {
    const found = await foundSent(change);
    if (found === 'unknown') return { outcome: 'unknown' };
    if (found !== 'unsent') return found;
  }
  try {
    const { body, etag }: Answer<unknown> = await ask(path, {
      method,
      key,
      ifMatch,
      ...(method !== 'DELETE' && { json: fields }),
    });
    return { outcome: 'done', body, etag };
  } catch (error) {
    if (!(error instanceof Refused)) return { outcome: 'unknown' };
    const { problem, retryAfterMs = 0 } = error;
    if (isProblemOf(problem, 'request-cancelled')) return { outcome: 'cancelled' };
    if (isProblemOf(problem, 'sign-in-required')) return { outcome: 'unknown', isSignedOut: true };
    if (PASSING.has(problem.status)) return { outcome: 'unknown', retryAfterMs };
    if (problem.status >= 500) return { outcome: 'unknown', problem, retryAfterMs };
    return { outcome: 'refused', problem };
  }
}

/** A change that the service fails at counts as refused once it is sure that it has not run and never will. */
export async function giveUp({ key }: ChangeRequest, problem: ProblemAnswer): Promise<Sent> {
  return ask(`/requests/${encodeURIComponent(key)}`, { method: 'DELETE' }).then(
    () => ({ outcome: 'refused', problem }) as const,
    () => ({ outcome: 'unknown' }) as const,
  );
}
