import type { ProblemAnswer } from '../../wire/problem';
import type { ChangeRequest } from './change-request';

/** What became of a change. If it is done, there is an answer of type T. */
export type Settled<T = unknown> =
  | Done<T>
  | { readonly outcome: 'refused'; readonly problem: ProblemAnswer }
  | { readonly outcome: 'cancelled' };

/** A change that was recorded. */
export interface Done<T> {
  readonly outcome: 'done';
  readonly body: T;
  readonly etag: string | undefined;
}

/** What the outbox holds. */
export interface OutboxState {
  /** Changes that wait to be sent or for their answer, in order. */
  readonly waiting: readonly ChangeRequest[];
  /** Changes that were refused while nobody looked, until they are dismissed. */
  readonly refused: readonly RefusedChange[];
  /** Whether the first one has been tried and the service could not be reached. */
  readonly isStuck: boolean;
  /** False if the browser keeps nothing. Waiting changes are then lost with the page. */
  readonly isKept: boolean;
}

/** A change that was refused, and why. */
export interface RefusedChange {
  readonly change: ChangeRequest;
  readonly problem: ProblemAnswer;
}
