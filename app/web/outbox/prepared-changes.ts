import type { ChangeRequest } from './change-request';
import { type Kept, keep } from './kept-changes';

/** How long a change may be prepared: longer than what it waits for, such as the sales that a return may take back. */
const PREPARING_MS = 6_000;

/** A change that is not whole yet, as it is sent if nothing else comes in time. */
interface Prepared {
  readonly change: ChangeRequest;
  /** By `Date.now()`. */
  readonly preparedUntil: number;
}

/** Changes that this page still prepares, as they were at first. */
export class PreparedChanges {
  readonly #byKey = new Map<string, Prepared>();

  /** Keeps a change that is not whole yet, so that it outlives the page. */
  add(change: ChangeRequest): void {
    const prepared = { change, preparedUntil: Date.now() + PREPARING_MS };
    if (keep(prepared)) this.#byKey.set(change.key, prepared);
  }

  /** What is sent of a change: after its time was over, another tab may have sent it as it was at first. */
  take(change: ChangeRequest): ChangeRequest {
    const prepared = this.#byKey.get(change.key);
    this.#byKey.delete(change.key);
    return prepared && Date.now() >= prepared.preparedUntil ? prepared.change : change;
  }
}

/** Whether a kept change is still prepared, by this page or by another. */
export function isPrepared({ preparedUntil = 0 }: Kept, now: number): boolean {
  return preparedUntil > now;
}
