import { Reader } from './reader';
import type { AsOf } from './sales';
import type { Stock } from './stock';

/** The stock that an answer was found with, to know whether it still holds. */
type Known = Pick<Stock, 'last'>;

interface Kept<A> {
  readonly reader: Reader<A>;
  /** The last answer, and the stock of its ledger: another object once that was loaded anew. */
  latest?: { readonly answer: A; readonly stock: Known };
}

/**
 * Answers to questions about the ledger, kept while there is no new record. Who asks the same while the
 * store is asked waits for the next answer, as with every Reader: so a store under load is asked one
 * question once at a time, by however many.
 */
export class KeptAnswers<Q, A extends AsOf<unknown>> {
  readonly #stock: () => Promise<Known>;
  readonly #ask: (question: Q) => Promise<A>;
  readonly #limit: number;
  /** By question, the one asked longest ago first. */
  readonly #kept = new Map<string, Kept<A>>();

  /**
   * @param stock what is in stock now
   * @param ask asks the store, whose answer is exact as of a record no older than the stock's last
   * @param limit questions whose answers are kept
   */
  constructor(stock: () => Promise<Known>, ask: (question: Q) => Promise<A>, limit: number) {
    this.#stock = stock;
    this.#ask = ask;
    this.#limit = limit;
  }

  /** The answer, with everything in it that was acknowledged before the call. @throws StoreUnavailable */
  to(question: Q): Promise<A> {
    const key = JSON.stringify(question);
    const kept = this.#kept.get(key) ?? this.#new(question);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#kept.size > this.#limit) {
      for (const oldest of this.#kept.keys()) {
        this.#kept.delete(oldest);
        break;
      }
    }
    return kept.reader.current();
  }

  #new(question: Q): Kept<A> {
    const kept: Kept<A> = {
      reader: new Reader(async () => {
        const stock = await this.#stock();
        const { latest } = kept;
        const last = stock.last?.record ?? 0;
        if (latest?.stock === stock && latest.answer.asOf === last) return latest.answer;
        const answer = await this.#ask(question);
        kept.latest = { answer, stock };
        return answer;
      }),
    };
    return kept;
  }
}
