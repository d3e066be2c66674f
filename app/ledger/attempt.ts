import type { Draft, DraftedAnswer } from './draft';
import { type LedgerStore, StoreUnavailable, StoreUnusable } from './store';
import type { Submission } from './submission';

/** Why a submission got no answer. Only `outcome-unknown` may have been recorded; the others surely were not. */
export type WriteFailureKind =
  | 'overloaded'
  | 'unavailable'
  /** This process's clock and the database's differ by more than they may. */
  | 'clock-wrong'
  /** Until somebody sees to the store: the cause is StoreUnusable. */
  | 'unusable'
  | 'outcome-unknown'
  | 'closing';

/** A submission got no answer: neither recorded nor refused, as far as is known. */
export class WriteFailure extends Error {
  override readonly name = 'WriteFailure';

  constructor(
    readonly kind: WriteFailureKind,
    options?: ErrorOptions,
  ) {
    super(`write failed: ${kind}`, options);
  }
}

/** A submission, and the caller who waits for its answer. */
export interface Waiting {
  readonly submission: Submission;
  /** How many commands it has, which is what the bounds count. */
  readonly size: number;
  readonly resolve: (answer: DraftedAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** When to give up, by `performance.now()`. */
  readonly deadline: number;
  /** Gives up at the deadline while it is still in the queue. */
  readonly timer: NodeJS.Timeout;
}

/** The tries at one batch: remembers a draft whose COMMIT was sent and not answered. */
export class Attempt {
  #unconfirmed: { readonly waiting: readonly Waiting[]; readonly drafted: Draft } | undefined;

  /**
   * Commits a draft.
   *
   * @param commit throws StoreUnusable where it surely was not done, and anything else where nobody knows
   */
  async commit<T>(
    waiting: readonly Waiting[],
    drafted: Draft,
    commit: () => Promise<T>,
  ): Promise<T> {
    this.#unconfirmed = { waiting, drafted };
    try {
      const outcome = await commit();
      this.#unconfirmed = undefined;
      return outcome;
    } catch (error) {
      if (error instanceof StoreUnusable) this.#unconfirmed = undefined;
      throw error;
    }
  }

  /**
   * Finds out what became of the unconfirmed draft, and answers those in it if it was committed. Taking a turn
   * ends the lost transaction. Either its mark is in the ledger, or it never will be: committing our turn makes a
   * late quick turn fail.
   *
   * @returns whether it was committed
   */
  async confirm(store: LedgerStore): Promise<boolean> {
    if (!this.#unconfirmed) return false;
    const { waiting, drafted } = this.#unconfirmed;
    try {
      const committed = await isCommitted(store, drafted);
      this.#unconfirmed = undefined;
      if (committed) answer(waiting, drafted);
      return committed;
    } catch (error) {
      // To wait is not in vain here: once the store can be used again, it tells what became of the draft.
      if (!(error instanceof StoreUnusable)) throw error;
      throw new StoreUnavailable(error.message, { cause: error });
    }
  }

  /** What to tell those whose batch came to nothing, as far as is known. */
  failure(cause: unknown): unknown {
    if (this.#unconfirmed) return new WriteFailure('outcome-unknown', { cause });
    if (cause instanceof StoreUnusable) return new WriteFailure('unusable', { cause });
    if (cause instanceof StoreUnavailable) return new WriteFailure('unavailable', { cause });
    return cause;
  }
}

/** Whether a draft stands in the ledger; if it does not, it never will. */
async function isCommitted(store: LedgerStore, drafted: Draft): Promise<boolean> {
  const turn = await store.takeTurn();
  try {
    const committed = await turn.holds(drafted);
    if (!committed) await turn.commit();
    return committed;
  } finally {
    await turn.abandon();
  }
}

/** Gives each of those who wait its answer. */
export function answer(waiting: readonly Waiting[], { answers }: Draft): void {
  waiting.forEach(({ resolve }, index) => {
    resolve(answers[index] as DraftedAnswer);
  });
}
