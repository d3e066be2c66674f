import type { LedgerStore } from '../store';
import { StoreUnavailable, StoreUnusable } from '../store-failure';
import type { DraftedAnswer } from '../submission';
import type { Draft } from './draft';
import { WriteFailure } from './write-failure';
import type { Waiting } from './write-queue';

/** The tries to commit one group of submissions. Remembers a draft whose commit was sent and not answered. */
export class WriteAttempt {
  #unconfirmed: { readonly group: readonly Waiting[]; readonly drafted: Draft } | undefined;

  /**
   * Commits a draft.
   *
   * @param commit throws StoreUnusable if it certainly was not committed, and anything else if that is unknown
   */
  async commit<T>(group: readonly Waiting[], drafted: Draft, commit: () => Promise<T>): Promise<T> {
    this.#unconfirmed = { group, drafted };
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
   * Finds out what became of the unconfirmed draft. If it was committed, answers everyone in it.
   *
   * @returns whether it was committed
   */
  async confirm(store: LedgerStore): Promise<boolean> {
    if (!this.#unconfirmed) return false;
    const { group, drafted } = this.#unconfirmed;
    try {
      const committed = await isCommitted(store, drafted);
      this.#unconfirmed = undefined;
      if (committed) answer(group, drafted);
      return committed;
    } catch (error) {
      // Trying again is worth it here: once the store is repaired, it tells what became of the draft.
      if (!(error instanceof StoreUnusable)) throw error;
      throw new StoreUnavailable(error.message, { cause: error });
    }
  }

  /** What to tell the callers after an error: `outcome-unknown` while a commit is unconfirmed. */
  failure(cause: unknown): unknown {
    if (this.#unconfirmed) return new WriteFailure('outcome-unknown', { cause });
    if (cause instanceof StoreUnusable) return new WriteFailure('unusable', { cause });
    if (cause instanceof StoreUnavailable) return new WriteFailure('unavailable', { cause });
    return cause;
  }
}

/** Gives each caller its answer. */
export function answer(group: readonly Waiting[], { answers }: Draft): void {
  group.forEach(({ resolve }, index) => {
    resolve(answers[index] as DraftedAnswer);
  });
}

/**
 * Whether a draft is in the ledger. If not, it never will be. Taking a turn shows that the lost transaction has ended.
 * If the draft's mark is absent we commit our empty turn, so that a quick turn that arrives late is refused.
 */
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
