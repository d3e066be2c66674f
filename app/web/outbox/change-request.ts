import { v7 as uuid } from 'uuid';
import { OPEN_ACTOR } from '../../wire/actor';

/** A request that changes something: kept by the browser until the service has given a definite answer. */
export interface ChangeRequest {
  /** Its Idempotency-Key: sent as often as need be, it is recorded once. */
  readonly key: string;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The ETag that the thing must still have. */
  readonly ifMatch?: string | undefined;
  /** What it is, in words: "Sale of 2 × Hand Grinder". */
  readonly label: string;
  /** The product that it is about, if any. */
  readonly productID?: number | undefined;
  /**
   * Who made it, such as `person:ann`. Only they send it: under another name its key is another, and it could be recorded twice.
   */
  readonly actor?: string | undefined;
  /** When it was made, by `Date.now()`. */
  readonly madeAt: number;
}

/** Sorts changes into the order in which they were made, which is the order of sending. */
export function inOrder(a: ChangeRequest, b: ChangeRequest): number {
  return a.madeAt - b.madeAt || (a.key < b.key ? -1 : 1);
}

/** Whether a change may be sent while somebody is signed in, or nobody is known to be. */
export function isSentBy({ actor }: ChangeRequest, signedIn: string | undefined): boolean {
  return actor === undefined || actor === OPEN_ACTOR || actor === signedIn;
}

/** A key for one change. */
export function newKey(): string {
  return uuid();
}
