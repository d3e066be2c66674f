import { Refused } from '../../client/failure';
import type { MeAnswer } from '../../wire/access';
import { OPEN_ACTOR } from '../../wire/actor';
import { isProblemOf } from '../../wire/problem';
import { ask, onProblem } from '../api/ask';
import { ownName } from '../api/browser-storage';
import { holdTab, tabHolder } from '../api/tab-holder';
import { claimUnsent } from '../ui/unsent';
import { showPasskey } from './passkeys';

/** Who uses the page. */
export interface SessionState {
  /** Undefined until the service has said it, and while nobody is signed in. */
  readonly me: MeAnswer | undefined;
  /** Whether the service asks who one is, and nobody is signed in. */
  readonly isSignedOut: boolean;
  /**
   * Whether the session has ended while somebody used the page: what they have open is kept for them. It is not if they signed out
   * themselves.
   */
  readonly isInterrupted: boolean;
  /** Whether somebody has just signed in with an invitation, here: they are offered a passkey once. */
  readonly isInvited: boolean;
  /** How often another person has taken the place of the one before. */
  readonly handovers: number;
}

const NOBODY_YET: SessionState = {
  me: undefined,
  isSignedOut: false,
  isInterrupted: false,
  isInvited: false,
  handovers: 0,
};

/** What the tabs tell each other: somebody signed in or out here, or the service has ended the session. */
const SIGNED_IN = 'signed in';
const LEFT = 'left';
const ENDED = 'ended';

/** Knows who is signed in on this device: all tabs of a browser have one session, in a cookie that no script can read. */
export class Session {
  #state = NOBODY_YET;
  /** Whether somebody signed out on purpose, here or in another tab. */
  #hasLeft = false;
  #loading: Promise<void> | undefined;
  readonly #watchers = new Set<() => void>();
  readonly #tabs = new BroadcastChannel(ownName('session'));

  constructor() {
    onProblem((problem) => {
      // An answer that was on its way while somebody signed in says nothing about now. So the service is asked.
      const isAboutNow = isProblemOf(problem, 'sign-in-required') && !this.#state.isSignedOut;
      if (isAboutNow || isProblemOf(problem, 'missing-scope')) void this.load();
    });
    this.#tabs.onmessage = ({ data }) => {
      if (data === LEFT) this.#hasLeft = true;
      if (data !== ENDED || !this.#state.isSignedOut) void this.#reload();
    };
    document.addEventListener('visibilitychange', () => {
      if (this.#state.isSignedOut && document.visibilityState === 'visible') void this.load();
    });
    void this.load();
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Calls back at each change of state. @returns how to stop that */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Asks the service who is signed in. Never throws: if it does not answer, what was known stays. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Signs in on this device, which uses the invitation up. @throws Refused, Unreachable */
  async signIn(invitation: string, device: string): Promise<void> {
    await ask('/sessions', { method: 'POST', json: { invitation, device } });
    await this.#changed(SIGNED_IN);
    if (this.#state.me) this.#set({ ...this.#state, isInvited: true });
  }

  /** The passkey was made, or is not wanted now. */
  endOffer(): void {
    this.#set({ ...this.#state, isInvited: false });
  }

  /** Signs in on this device, with a passkey. @throws Refused, Unreachable, Error */
  async signInWithPasskey(device: string): Promise<void> {
    await showPasskey(device);
    await this.#changed(SIGNED_IN);
  }

  /** Signs out on this device. @throws Refused, Unreachable */
  async signOut(): Promise<void> {
    const { me } = this.#state;
    if (me?.sessionID === undefined) return;
    await ask(`/sessions/${me.sessionID}`, { method: 'DELETE' });
    await this.#changed(LEFT);
  }

  /** Signs out on every device, this one too. @throws Refused, Unreachable */
  async signOutEverywhere(): Promise<void> {
    const { me } = this.#state;
    if (me?.personID === undefined) return;
    await ask(`/people/${me.personID}/sessions`, { method: 'DELETE' });
    await this.#changed(LEFT);
  }

  async #changed(how: typeof SIGNED_IN | typeof LEFT): Promise<void> {
    if (how === LEFT) this.#hasLeft = true;
    this.#tabs.postMessage(how);
    await this.#reload();
  }

  /** Asks again, even if an answer is on its way: that one may be older. */
  async #reload(): Promise<void> {
    await this.#loading;
    await this.load();
  }

  async #load(): Promise<void> {
    try {
      const { body } = await ask<MeAnswer>('/me', { cache: 'no-store' });
      this.#signedIn(body);
    } catch (error) {
      if (!(error instanceof Refused)) return;
      if (isProblemOf(error.problem, 'sign-in-required')) {
        // A hidden tab asks the service nothing, so it is told.
        if (this.#state.me) this.#tabs.postMessage(ENDED);
        const isInterrupted =
          !this.#hasLeft && (this.#state.me !== undefined || this.#state.isInterrupted);
        this.#set({
          ...this.#state,
          me: undefined,
          isSignedOut: true,
          isInterrupted,
          isInvited: false,
        });
      }
    }
  }

  #signedIn(me: MeAnswer): void {
    const before = tabHolder();
    const isFirst = before === undefined || before === OPEN_ACTOR;
    const handovers = this.#state.handovers + (isFirst || before === me.actor ? 0 : 1);
    holdTab(me.actor);
    if (isFirst && me.actor !== OPEN_ACTOR) claimUnsent(me.actor);
    this.#hasLeft = false;
    const isInvited = this.#state.isInvited && before === me.actor;
    this.#set({ me, isSignedOut: false, isInterrupted: false, isInvited, handovers });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}
