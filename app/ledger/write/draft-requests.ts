import { type RequestName, type StoredAnswer, type StoredRequest, toStored } from '../request';
import type { Cancelled, HasRun, KeyReused, Outcome, Replay } from '../submission';
import type { Stamp } from './turn-facts';

/** The requests with keys in a draft: each runs once, or is cancelled before it runs. */
export class RequestDraft {
  readonly #earlier: ReadonlyMap<string, StoredRequest>;
  readonly #stamp: Stamp;
  readonly #drafted = new Map<string, StoredRequest>();

  /** @param earlier the requests in the ledger, by key */
  constructor(earlier: ReadonlyMap<string, StoredRequest>, stamp: Stamp) {
    this.#earlier = earlier;
    this.#stamp = stamp;
  }

  /** The requests to append. */
  get kept(): StoredRequest[] {
    return [...this.#drafted.values()];
  }

  /** The answer to a request whose key was used before; undefined if it was not. */
  answerAgain({ key, fingerprint }: RequestName): Cancelled | KeyReused | Replay | undefined {
    const earlier = this.#under(key);
    if (!earlier) return undefined;
    if (!earlier.answer) return { answer: 'cancelled' };
    if (earlier.fingerprint !== fingerprint) return { answer: 'key-reused' };
    return { answer: 'replay', request: earlier };
  }

  /** Keeps what became of a request. */
  keep(request: RequestName, kind: StoredAnswer['kind'], outcomes: readonly Outcome[]): void {
    const { key, fingerprint } = request;
    this.#set(key, fingerprint, toStored(request, kind, outcomes));
  }

  /** Cancels the request under a key, unless it has run. */
  cancel(key: string): Cancelled | HasRun {
    const earlier = this.#under(key);
    if (earlier?.answer) return { answer: 'has-run', request: earlier };
    if (!earlier) this.#set(key, null, null);
    return { answer: 'cancelled' };
  }

  #under(key: string): StoredRequest | undefined {
    return this.#drafted.get(key) ?? this.#earlier.get(key);
  }

  #set(key: string, fingerprint: string | null, answer: StoredAnswer | null): void {
    const { now: recordedAt, turnMark } = this.#stamp;
    this.#drafted.set(key, { key, fingerprint, answer, recordedAt, turnMark });
  }
}
