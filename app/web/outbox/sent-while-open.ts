import { Refused } from '../../client/failure';
import { OPEN_ACTOR } from '../../wire/actor';
import type { ProblemAnswer } from '../../wire/problem';
import { ask } from '../api/ask';
import type { ChangeRequest } from './change-request';
import type { Settled } from './outbox-state';

/** What `GET /requests/{key}` answers. */
type Stored =
  | { readonly state: 'cancelled' }
  | { readonly state: 'answered'; readonly status: number; readonly answer: unknown };

/**
 * Whether a change may have been recorded while the service asked nobody who they are. Under the name of the one who is signed in
 * now its key would be another, and it would be recorded twice.
 */
export function mayBeSentWhileOpen(change: ChangeRequest, signedIn: string | undefined): boolean {
  const wasOpen = change.actor === undefined || change.actor === OPEN_ACTOR;
  return wasOpen && signedIn !== undefined && signedIn !== OPEN_ACTOR;
}

/**
 * What became of a change that was sent while the service asked nobody who they are.
 *
 * @returns `unsent` if the service has not got it; `unknown` if it does not say
 */
export async function foundSent({ key }: ChangeRequest): Promise<Settled | 'unsent' | 'unknown'> {
  try {
    const { body } = await ask<Stored>(`/requests/${encodeURIComponent(key)}`, {
      cache: 'no-store',
    });
    if (body.state === 'cancelled') return { outcome: 'cancelled' };
    return body.status < 400
      ? { outcome: 'done', body: body.answer, etag: undefined }
      : { outcome: 'refused', problem: body.answer as ProblemAnswer };
  } catch (error) {
    const isUnsent = error instanceof Refused && [403, 404].includes(error.problem.status);
    return isUnsent ? 'unsent' : 'unknown';
  }
}
