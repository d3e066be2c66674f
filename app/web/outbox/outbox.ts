import { IDEMPOTENCY_KEY_HEADER } from '../../wire/headers';
import { isProblemOf, type ProblemAnswer } from '../../wire/problem';
import { type Answer, ask, Refused } from '../api/ask';
import { type ChangeRequest, inOrder } from './change-request';
import { forget, keep, onKeptElsewhere, readKept } from './kept';

/** What became of a change. */
export type Settled =
  | { readonly outcome: 'done'; readonly body: unknown; readonly etag: string | undefined }
  | { readonly outcome: 'refused'; readonly problem: ProblemAnswer }
  | { readonly outcome: 'cancelled' };

export interface OutboxState {
  /** Changes that wait to be sent or for their answer, in order. */
  readonly waiting: readonly ChangeRequest[];
  /** Changes that were refused while nobody looked, until they are dismissed. */
  readonly refused: readonly Refusal[];
  /** Whether the first one has been tried and the service could not be reached. */
  readonly isStuck: boolean;
  /** False where the browser keeps nothing: what waits is lost with the page. */
  readonly isKept: boolean;
}

/** A change that was refused, and why. */
export interface Refusal {
  readonly change: ChangeRequest;
  readonly problem: ProblemAnswer;
}

/** A change that is not whole yet, as it is sent where nothing else comes in time. */
interface Prepared {
  readonly change: ChangeRequest;
  /** By `Date.now()`. */
  readonly preparedUntil: number;
}

/** Told of each change that was settled, by this page. */
export type SettledListener = (change: ChangeRequest, settled: Settled) => void;

/** Pauses between two tries. */
const PAUSES_MS = [500, 1_000, 2_000, 3_000] as const;

/** A service that fails at one change so often is not asked again by itself: others wait behind it. */
const FAILURES_MAX = 5;

/** How long a change may be prepared: longer than what it waits for, such as the sales that a return may take back. */
const PREPARING_MS = 6_000;

/** Answers after which the same request may succeed: the service was busy, away, or did not know. */
const PASSING = new Set([408, 429, 503]);

/**
 * Sends changes one after the other, in the order in which they were made, each until it has a definite
 * answer. All that waits is kept by the browser, over a reload too, and every copy of a request has the
 * same Idempotency-Key: so each is recorded once, whatever dies in between and however many tabs send it.
 */
export class Outbox {
  #state: OutboxState;
  readonly #settled = new Map<string, Settled>();
  readonly #waiters = new Map<string, Set<(settled: Settled) => void>>();
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<SettledListener>();
  /** Changes that the browser did not keep: this page alone has them. */
  readonly #unkept = new Set<string>();
  /** Changes that are prepared here, as they were at first. */
  readonly #prepared = new Map<string, Prepared>();
  #isSending = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #wake: () => void = () => {};

  constructor() {
    this.#state = { waiting: [], refused: [], isStuck: false, isKept: true };
    this.#adopt();
    onKeptElsewhere(() => this.#adopt());
    window.addEventListener('online', () => this.wake());
  }

  get state(): OutboxState {
    return this.#state;
  }

  /** Calls back at each change of state. @returns how to stop that */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly onSettled = (listener: SettledListener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Keeps a change that is not whole yet, so that it outlives the page. `send` sends it, with what is known by then. If
   * that does not come in time, as where the page was killed, it is sent as it is, by whichever page is open.
   */
  prepare(change: ChangeRequest): void {
    const prepared = { change, preparedUntil: Date.now() + PREPARING_MS };
    if (keep(prepared)) this.#prepared.set(change.key, prepared);
  }

  /** What is to be sent of a change: once its time was over another tab may have sent it as it was. */
  #whole(change: ChangeRequest): ChangeRequest {
    const prepared = this.#prepared.get(change.key);
    this.#prepared.delete(change.key);
    return prepared && Date.now() >= prepared.preparedUntil ? prepared.change : change;
  }

  /**
   * Sends a change, after those that wait already. One whose key was given before is not taken twice: the
   * caller gets the answer of the first.
   *
   * @param looking aborted when the caller does not look any more: a refusal is kept for the tray then, and the
   *   caller is told nothing
   */
  send(given: ChangeRequest, looking: AbortSignal): Promise<Settled> {
    const change = this.#whole(given);
    const { key } = change;
    const settled = this.#settled.get(key);
    if (settled) return Promise.resolve(settled);
    const promise = this.#wait(key, looking);
    if (!this.#state.waiting.some((other) => other.key === key)) {
      if (!keep({ change })) this.#unkept.add(key);
      this.#set({ waiting: [...this.#state.waiting, change], isKept: this.#unkept.size === 0 });
      void this.#work();
    }
    return promise;
  }

  /** Waits for what becomes of a change, as long as somebody looks. */
  #wait(key: string, looking: AbortSignal): Promise<Settled> {
    return new Promise((resolve) => {
      // Who has left already would hide a refusal from the tray.
      if (looking.aborted) return;
      const waiters = this.#waiters.get(key) ?? new Set();
      this.#waiters.set(key, waiters);
      const stop = () => waiters.delete(waiter);
      const waiter = (settled: Settled) => {
        looking.removeEventListener('abort', stop);
        resolve(settled);
      };
      waiters.add(waiter);
      looking.addEventListener('abort', stop, { once: true });
    });
  }

  /** Tries at once, because there is reason to believe that the service is back. */
  wake(): void {
    this.#wake();
  }

  /**
   * Takes back a change that waits: the service is asked to make sure that it never runs.
   *
   * @returns whether that is sure now; false where the service cannot be reached
   */
  async cancel(key: string): Promise<boolean> {
    // Another tab may have learnt of it, and forgotten the change, before this one has its answer.
    const change = this.#state.waiting.find((other) => other.key === key);
    try {
      await ask(`/requests/${encodeURIComponent(key)}`, { method: 'DELETE' });
      if (change) this.#settle(change, { outcome: 'cancelled' });
      return true;
    } catch {
      // It has run, or nobody knows: sending it again brings the answer.
      this.wake();
      return false;
    }
  }

  /** Forgets a refusal that somebody has seen. */
  dismiss(key: string): void {
    forget(key);
    this.#set({ refused: this.#state.refused.filter(({ change }) => change.key !== key) });
  }

  /** Takes up what is kept: by an earlier page, or by another tab. */
  #adopt(): void {
    const all = readKept();
    const now = Date.now();
    const preparing = all.flatMap(({ preparedUntil = 0 }) =>
      preparedUntil > now ? [preparedUntil] : [],
    );
    clearTimeout(this.#later);
    if (preparing.length > 0) {
      this.#later = setTimeout(() => this.#adopt(), Math.min(...preparing) - now);
    }
    const kept = all.filter(({ preparedUntil = 0 }) => preparedUntil <= now);
    const own = this.#state.waiting.filter(
      ({ key }) => this.#waiters.has(key) || this.#unkept.has(key),
    );
    const ownKeys = new Set(own.map(({ key }) => key));
    const adopted = kept.flatMap(({ change, problem }) =>
      problem || ownKeys.has(change.key) || this.#settled.has(change.key) ? [] : [change],
    );
    const waiting = [...own, ...adopted].sort(inOrder);
    const refused = kept.flatMap(({ change, problem }) => (problem ? [{ change, problem }] : []));
    this.#set({ waiting, refused });
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      await this.#sendAll();
    } finally {
      this.#isSending = false;
      this.#set({ isStuck: false });
    }
    // Whoever was told of the last answer may have sent something more by now.
    if (this.#state.waiting.length > 0) void this.#work();
  }

  async #sendAll(): Promise<void> {
    let tries = 0;
    let failures = 0;
    let tried: string | undefined;
    for (;;) {
      const [change] = this.#state.waiting;
      if (!change) return;
      if (change.key !== tried) {
        tried = change.key;
        tries = 0;
        failures = 0;
      }
      let answer = await attempt(change);
      if (answer.outcome === 'unknown' && answer.problem) {
        failures += 1;
        if (failures > FAILURES_MAX) answer = await giveUp(change, answer.problem);
      }
      // It may have been taken back meanwhile.
      if (!this.#state.waiting.some(({ key }) => key === change.key)) continue;
      if (answer.outcome !== 'unknown') {
        this.#settle(change, answer);
        continue;
      }
      this.#set({ isStuck: true });
      const pauseMs = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] as number;
      await this.#pause(Math.max(pauseMs, answer.retryAfterMs ?? 0));
      tries += 1;
    }
  }

  /** Notes what became of a change, and tells of it: once, however many answers come. */
  #settle(change: ChangeRequest, settled: Settled): void {
    const { key } = change;
    if (this.#settled.has(key)) return;
    this.#settled.set(key, settled);
    const waiters = this.#waiters.get(key) ?? new Set();
    this.#waiters.delete(key);
    this.#unkept.delete(key);
    const isUnseen = settled.outcome === 'refused' && waiters.size === 0;
    if (isUnseen) keep({ change, problem: settled.problem });
    else forget(key);
    const others = this.#state.refused.filter((refusal) => refusal.change.key !== key);
    this.#set({
      waiting: this.#state.waiting.filter((other) => other.key !== key),
      refused: isUnseen ? [...others, { change, problem: settled.problem }] : others,
      isStuck: false,
      isKept: this.#unkept.size === 0,
    });
    for (const tell of waiters) tell(settled);
    for (const listener of this.#listeners) listener(change, settled);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #set(change: Partial<OutboxState>): void {
    this.#state = { ...this.#state, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}

type Attempt =
  | Settled
  | {
      readonly outcome: 'unknown';
      /** Where the service failed at it, rather than was away. */
      readonly problem?: ProblemAnswer;
      readonly retryAfterMs?: number;
    };

/** Sends a change once. */
async function attempt({ key, method, path, fields, ifMatch }: ChangeRequest): Promise<Attempt> {
  try {
    const { body, etag }: Answer<unknown> = await ask(path, {
      method,
      headers: {
        [IDEMPOTENCY_KEY_HEADER]: key,
        ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
        ...(method !== 'DELETE' && { 'Content-Type': 'application/json' }),
      },
      ...(method !== 'DELETE' && { body: JSON.stringify(fields) }),
    });
    return { outcome: 'done', body, etag };
  } catch (error) {
    if (!(error instanceof Refused)) return { outcome: 'unknown' };
    const { problem, retryAfterMs = 0 } = error;
    if (isProblemOf(problem, 'request-cancelled')) return { outcome: 'cancelled' };
    if (PASSING.has(problem.status)) return { outcome: 'unknown', retryAfterMs };
    if (problem.status >= 500) return { outcome: 'unknown', problem, retryAfterMs };
    return { outcome: 'refused', problem };
  }
}

/** A change that the service fails at counts as refused once it is sure that it has not run and never will. */
async function giveUp({ key }: ChangeRequest, problem: ProblemAnswer): Promise<Attempt> {
  return ask(`/requests/${encodeURIComponent(key)}`, { method: 'DELETE' }).then(
    () => ({ outcome: 'refused', problem }) as const,
    () => ({ outcome: 'unknown' }) as const,
  );
}
