import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Overloaded } from '../../ledger/gate';
import { StoreUnavailable, StoreUnusable, type UnusableReason } from '../../ledger/store-failure';
import type { AnswerOf, Asked, Question } from '../questions';
import { SCAN_THREAD_FILE } from './scan-thread-file';

/** Questions that are answered at the same time: a long one must not delay all others. */
const THREADS_MAX = 2;

/** Questions that may wait for a thread. If more wait, another try at once would only add to them. */
const WAITING_MAX = 256;

/** A question to a thread. It is copied between threads, like the answer. */
export interface ScanQuestion {
  readonly question: Question;
  readonly asked: readonly unknown[];
}

/** The answer, or the error as plain fields: a copy of an error loses its class. */
export type ScanAnswer = { readonly answer: unknown } | Failure;

interface Failure {
  readonly unavailable: boolean;
  readonly unusable: UnusableReason | undefined;
  readonly message: string;
}

interface WaitingScan {
  readonly asked: ScanQuestion;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/**
 * Threads that read one SQLite file, each on its own connection. A question sees everything that was committed before it
 * was asked. Threads start when they are needed. If one dies its current question fails, and the next question starts
 * another thread. A pool from npm would end its threads without closing their connections.
 */
export class ScanThreads {
  readonly #file: string;
  readonly #threads = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #waiting: WaitingScan[] = [];
  #closed = false;
  #renewing = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** @throws StoreUnavailable; Overloaded if too many wait */
  ask<Q extends Question>(question: Q, ...asked: Asked<Q>): Promise<AnswerOf<Q>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new StoreUnavailable('the store is closed');
      if (this.#waiting.length >= WAITING_MAX) throw new Overloaded();
      const answered = (answer: unknown) => resolve(answer as AnswerOf<Q>);
      this.#waiting.push({ asked: { question, asked }, resolve: answered, reject });
      this.#next();
    });
  }

  /** Fails the questions that wait, lets the threads finish theirs, and ends all threads. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new StoreUnavailable('the store is closed'));
    }
    await this.#end();
  }

  /** Lets the threads finish their questions and ends them, then does `work` and starts new ones. */
  async renew(work: () => Promise<void>): Promise<void> {
    this.#renewing = true;
    try {
      await this.#end();
      await work();
    } finally {
      this.#renewing = false;
      for (let started = 0; started < THREADS_MAX; started += 1) this.#next();
    }
  }

  async #end(): Promise<void> {
    const ended = [...this.#threads].map((thread) => once(thread, 'exit').catch(() => {}));
    for (const thread of this.#threads) {
      thread.ref();
      thread.postMessage('end');
    }
    await Promise.all(ended);
  }

  /** Gives the question that has waited longest to a free thread, if there is one. */
  #next(): void {
    if (this.#waiting.length === 0 || this.#renewing) return;
    const thread = this.#idle.pop() ?? this.#start();
    const waiting = thread && this.#waiting.shift();
    if (!thread || !waiting) return;
    const done = () => {
      thread.off('message', onAnswer).off('error', onEnd).off('exit', onEnd);
      thread.unref();
    };
    const onAnswer = (answered: ScanAnswer) => {
      done();
      this.#idle.push(thread);
      if ('answer' in answered) waiting.resolve(answered.answer);
      else waiting.reject(errorOf(answered));
      this.#next();
    };
    const onEnd = (cause: unknown) => {
      done();
      waiting.reject(new StoreUnavailable('a thread that reads has ended', { cause }));
      this.#next();
    };
    thread.on('message', onAnswer).on('error', onEnd).on('exit', onEnd);
    // An unanswered question keeps the process alive. An idle thread does not.
    thread.ref();
    thread.postMessage(waiting.asked);
  }

  #start(): Worker | undefined {
    if (this.#threads.size >= THREADS_MAX) return undefined;
    const thread = new Worker(SCAN_THREAD_FILE, { workerData: { file: this.#file } });
    const forget = () => {
      this.#threads.delete(thread);
      const place = this.#idle.indexOf(thread);
      if (place !== -1) this.#idle.splice(place, 1);
    };
    thread.on('error', forget).on('exit', forget);
    this.#threads.add(thread);
    return thread;
  }
}

function errorOf({ unavailable, unusable, message }: Failure): Error {
  if (unusable) return new StoreUnusable(unusable, message);
  return unavailable ? new StoreUnavailable(message) : new Error(message);
}
