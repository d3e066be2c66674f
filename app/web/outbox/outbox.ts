import { backoffMs } from '../../client/backoff';
import { ask } from '../api/ask';
import { type ChangeRequest, inOrder, isSentBy } from './change-request';
import { forget, keep, onKeptElsewhere, readKept } from './kept-changes';
import type { OutboxState, Settled } from './outbox-state';
import { Pause } from './pause';
import { isPrepared, PreparedChanges } from './prepared-changes';
import { giveUp, sendOnce } from './send-once';
import { Waiters } from './waiters';

/** Called for each change that this page settled. */
type SettledListener = (change: ChangeRequest, settled: Settled) => void;

/** Between two tries to send a change: somebody waits for its answer. */
const PAUSES = { firstMs: 500, longestMs: 3_000 };

/** The pause if nobody is signed in: `signedIn` ends it. */
const SIGNED_OUT_MS = 60_000;

/** After so many failures at one change the outbox gives it up, because others wait behind it. */
const FAILURES_MAX = 5;

/**
 * Sends changes one after the other, in the order in which they were made, each until it has a definite
 * answer. All that waits is kept by the browser, over a reload too, and every copy of a request has the
 * same Idempotency-Key. So each is recorded once, even if something crashes or several tabs send it.
 */
export class Outbox {
  #state: OutboxState;
  readonly #settled = new Map<string, Settled>();
  readonly #waiters = new Waiters();
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<SettledListener>();
  /** Changes that the browser did not keep: this page alone has them. */
  readonly #unkept = new Set<string>();
  readonly #prepared = new PreparedChanges();
  #isSending = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  readonly #pause = new Pause();
  #actor: string | undefined;
  /** How often it was woken. */
  #wakes = 0;

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
   * Keeps a change that is not complete yet, so that it outlives the page. `send` completes and sends it. If that is not
   * called in time, for example because the page was killed, any open page sends it as it is.
   */
  prepare(change: ChangeRequest): void {
    this.#prepared.add({ ...change, actor: this.#actor });
  }

  /**
   * Sends a change, after those that already wait. A key that was given before is not sent twice: the
   * caller gets the answer of the first.
   *
   * @param looking aborted when the caller has stopped looking. A refusal is then kept for the tray, and the
   *   caller gets nothing
   * @returns T is the type of the answer to a change that was recorded
   */
  send<T>(given: ChangeRequest, looking: AbortSignal): Promise<Settled<T>> {
    const change = this.#prepared.take({ ...given, actor: this.#actor });
    const { key } = change;
    const earlier = this.#settled.get(key);
    const settled = earlier ? Promise.resolve(earlier) : this.#waiters.wait(key, looking);
    if (!earlier && !this.#state.waiting.some((other) => other.key === key)) {
      if (!keep({ change })) this.#unkept.add(key);
      this.#set({ waiting: [...this.#state.waiting, change], isKept: this.#unkept.size === 0 });
      void this.#work();
    }
    return settled as Promise<Settled<T>>;
  }

  /** Tries at once, because there is reason to believe that the service is back. */
  wake(): void {
    this.#wakes += 1;
    this.#pause.end();
  }

  /** Goes on with the changes of those who are signed in now; undefined if nobody is. */
  signedIn(actor: string | undefined): void {
    this.#actor = actor;
    this.wake();
    void this.#work();
  }

  /**
   * Cancels a change that waits: the service is asked to make sure that it never runs.
   *
   * @returns whether that is sure now; false if the service cannot be reached
   */
  async cancel(key: string): Promise<boolean> {
    // Another tab may learn of it, and forget the change, before this one has its answer.
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

  /** Forgets changes of people who are not signed in: they are not sent again. One that was on its way may be recorded all the same. */
  discardOfOthers(): void {
    for (const change of this.#state.waiting) {
      if (!isSentBy(change, this.#actor)) this.#settle(change, { outcome: 'cancelled' });
    }
  }

  /** Forgets a refusal that a user has seen. */
  dismiss(key: string): void {
    forget(key);
    this.#set({ refused: this.#state.refused.filter(({ change }) => change.key !== key) });
  }

  /** Takes up what is kept: by an earlier page, or by another tab. */
  #adopt(): void {
    const all = readKept();
    const now = Date.now();
    const preparing = all.filter((each) => isPrepared(each, now));
    const kept = all.filter((each) => !isPrepared(each, now));
    clearTimeout(this.#later);
    if (preparing.length > 0) {
      const until = Math.min(...preparing.map(({ preparedUntil = 0 }) => preparedUntil));
      this.#later = setTimeout(() => this.#adopt(), until - now);
    }
    const keptKeys = new Set(all.map(({ change }) => change.key));
    const own = this.#state.waiting.filter(
      (change) =>
        this.#unkept.has(change.key) ||
        // Another tab has discarded it in the name of another person.
        (this.#waiters.has(change.key) &&
          (keptKeys.has(change.key) || isSentBy(change, this.#actor))),
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
    // Those who got the last answer may have sent something more by now.
    if (this.#next()) void this.#work();
  }

  async #sendAll(): Promise<void> {
    let tries = 0;
    let failures = 0;
    let tried: string | undefined;
    for (;;) {
      const change = this.#next();
      if (!change) return;
      if (change.key !== tried) {
        tried = change.key;
        tries = 0;
        failures = 0;
      }
      const wakes = this.#wakes;
      let answer = await sendOnce(change, this.#actor);
      if (answer.outcome === 'unknown' && answer.problem) {
        failures += 1;
        if (failures > FAILURES_MAX) answer = await giveUp(change, answer.problem);
      }
      // It may have been cancelled in the meantime.
      if (!this.#state.waiting.some(({ key }) => key === change.key)) continue;
      if (answer.outcome !== 'unknown') {
        this.#settle(change, answer);
        continue;
      }
      this.#set({ isStuck: true });
      // Woken meanwhile, it does not wait for a sign-in that has been.
      const leastMs = answer.isSignedOut && wakes === this.#wakes ? SIGNED_OUT_MS : 0;
      await this.#pause.wait(Math.max(backoffMs(tries, PAUSES), answer.retryAfterMs ?? 0, leastMs));
      tries += 1;
    }
  }

  /** The first change that may be sent now. */
  #next(): ChangeRequest | undefined {
    return this.#state.waiting.find((change) => isSentBy(change, this.#actor));
  }

  /** Notes what became of a change and passes it on, once, even if several answers come. */
  #settle(change: ChangeRequest, settled: Settled): void {
    const { key } = change;
    if (this.#settled.has(key)) return;
    this.#settled.set(key, settled);
    const waiters = this.#waiters.take(key);
    this.#unkept.delete(key);
    const isUnseen = settled.outcome === 'refused' && waiters.length === 0;
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

  #set(change: Partial<OutboxState>): void {
    this.#state = { ...this.#state, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}
