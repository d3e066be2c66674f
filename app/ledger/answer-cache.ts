import { Reader } from './reader';
import type { AsOf } from './sales';
import type { Stock } from './stock';

/** The stock at the time of an answer. It tells whether the answer still holds. */
type StockThen = Pick<Stock, 'last'>;

interface Cached<A> {
  readonly reader: Reader<A>;
  /** The last answer, and the stock of its ledger, which is another object after it was loaded again. */
  latest?: { readonly answer: A; readonly stock: StockThen };
}

/**
 * Answers to questions about the ledger, kept until there is a new record. While the store answers a question, everyone
 * who asks the same waits for the next answer, as with every Reader. So a busy store is asked each question once at a
 * time, however many clients ask.
 */
export class AnswerCache<Q, A extends AsOf<unknown>> {
  readonly #stock: () => Promise<StockThen>;
  readonly #ask: (question: Q) => Promise<A>;
  readonly #limit: number;
  /** By question, the one asked longest ago first. */
  readonly #cached = new Map<string, Cached<A>>();

  /**
   * @param stock what is in stock now
   * @param ask asks the store. Its answer must be exact as of the stock's last record or a later one
   * @param limit how many answers are kept
   */
  constructor(stock: () => Promise<StockThen>, ask: (question: Q) => Promise<A>, limit: number) {
    this.#stock = stock;
    this.#ask = ask;
    this.#limit = limit;
  }

  /** The answer, including everything that was acknowledged before the call. @throws StoreUnavailable */
  to(question: Q): Promise<A> {
    const key = JSON.stringify(question);
    const cached = this.#cached.get(key) ?? this.#new(question);
    this.#cached.delete(key);
    this.#cached.set(key, cached);
    if (this.#cached.size > this.#limit) {
      for (const oldest of this.#cached.keys()) {
        this.#cached.delete(oldest);
        break;
      }
    }
    return cached.reader.current();
  }

  #new(question: Q): Cached<A> {
    const cached: Cached<A> = {
      reader: new Reader(async () => {
        const stock = await this.#stock();
        const { latest } = cached;
        const last = stock.last?.record ?? 0;
        if (latest?.stock === stock && latest.answer.asOf === last) return latest.answer;
        const answer = await this.#ask(question);
        cached.latest = { answer, stock };
        return answer;
      }),
    };
    return cached;
  }
}
