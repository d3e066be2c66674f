import { backoffMs } from '../../client/backoff';
import { FIRST_LOCATION, IN_TRANSIT, mergeCells } from '../../client/cells';
import { Refused } from '../../client/failure';
import { type Open, recordStream } from '../../client/record-stream';
import {
  acknowledge,
  follow,
  isCancellation,
  isOfToday,
  type MarkedRecord,
  type Shop,
  shopOf,
} from '../../client/shop';
import type { Overview } from '../../wire/overview';
import { isProblemOf } from '../../wire/problem';
import type { RecordAnswer } from '../../wire/records';
import { ask, service } from '../api/ask';
import { showTimesIn } from '../ui/format';
import { loadLocations } from './load-locations';
import { hidden, pauseOrOnline, visible } from './page-visibility';

/** Whether the page is connected to the service. */
export type ConnectionState = 'connecting' | 'live' | 'lost';

/** The shop as the page knows it, and how fresh that is. */
export interface LiveState {
  /** Undefined until it was loaded once. */
  readonly shop: Shop | undefined;
  readonly connection: ConnectionState;
  /** Since when the connection is as it is, by `Date.now()`. While it is lost, the shop is as of then. */
  readonly since: number;
  /** Why it is not live, if the service or the browser said so. */
  readonly fault: string | undefined;
}

/** Between two tries to reach the service: short at first, so that a restart is hardly seen. */
const PAUSES = { firstMs: 250, longestMs: 3_000 };

/** The pause if nobody is signed in: `restart` ends it, and a sign-in that nobody told of is seen after it. */
const SIGNED_OUT_MS = 60_000;

/** How often, at most, the overview is loaded again because a new day may have begun. */
const DAY_CHECK_MS = 600_000;

/** The same if a record is of another day, so that a wrong clock does not cause a load for every record. */
const ANOTHER_DAY_MS = 5_000;

/** How often, at most, the locations are loaded again: others add and retire some. */
const LOCATIONS_CHECK_MS = 10_000;

const open: Open = (path, request) => service.open(path, request);

/** Called with new records. */
type RecordListener = (records: readonly RecordAnswer[]) => void;

/**
 * Follows the ledger: loads the overview, then goes on with every record from there on. After a break it
 * loads the overview again, so that there is no gap, even if a backup was restored in the meantime.
 */
export class LiveShop {
  #state: LiveState = {
    shop: undefined,
    connection: 'connecting',
    since: Date.now(),
    fault: undefined,
  };
  #etag: string | undefined;
  #loaded: Shop | undefined;
  #loadedAt = 0;
  #locatedAt = 0;
  /** Aborted to begin again at once. */
  #round = new AbortController();
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<RecordListener>();
  readonly #alertListeners = new Set<() => void>();

  get state(): LiveState {
    return this.#state;
  }

  /** Calls back at each change of state. @returns how to stop that */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Hands on the records that come. @returns how to stop that */
  readonly onRecords = (listener: RecordListener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls back when something happened to alerts, and when a connection begins. @returns how to stop that */
  readonly onAlerts = (listener: () => void): (() => void) => {
    this.#alertListeners.add(listener);
    return () => this.#alertListeners.delete(listener);
  };

  /** Takes up the answer to a change before the stream brings it. */
  acknowledge(record: MarkedRecord): void {
    const { shop } = this.#state;
    if (shop) this.#set({ shop: acknowledge(shop, record) });
  }

  /** Connects again at once, because somebody else is signed in, or nobody. */
  restart(): void {
    this.#round.abort();
  }

  /** Follows until the signal. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      let leastMs = 0;
      this.#round = new AbortController();
      const round = AbortSignal.any([signal, this.#round.signal]);
      try {
        await visible(signal);
        await this.#load();
        for await (const { records, revision, alertEvent } of this.#stream(round)) {
          failures = 0;
          this.#connected('live', undefined);
          if (alertEvent !== undefined) for (const listener of this.#alertListeners) listener();
          await this.#take(records, revision);
        }
        // The service ends the stream when its ledger has gone back. The new ledger may repeat a tag of the old one.
        this.#etag = undefined;
      } catch (error) {
        if (isSignInRequired(error)) leastMs = SIGNED_OUT_MS;
        if (!signal.aborted) this.#connected('lost', faultOf(error));
      }
      if (signal.aborted) return;
      this.#connected('lost', this.#state.fault);
      await pauseOrOnline(Math.max(leastMs, backoffMs(failures, PAUSES)), round);
      failures += 1;
    }
  }

  async *#stream(signal: AbortSignal) {
    const ended = new AbortController();
    const until = AbortSignal.any([signal, ended.signal]);
    const looking = AbortSignal.any([until, hidden(until)]);
    const after = this.#state.shop?.followed ?? 0;
    try {
      yield* recordStream(open, after, looking, { alerts: true, marks: true });
    } finally {
      // Or each connection would leave behind what listens to the page's being looked at.
      ended.abort();
    }
  }

  /** Loads the locations again: they have changed, or may have. Never throws. */
  async locate(): Promise<void> {
    this.#locatedAt = Date.now();
    try {
      const known = this.#state.shop?.cells;
      const { locations, cells } = await loadLocations(known);
      const { shop } = this.#state;
      if (!shop) return;
      // Records may have come in the meantime.
      const all = cells === known ? shop.cells : mergeCells(cells, shop.cells);
      if (all === shop.cells && JSON.stringify(locations) === JSON.stringify(shop.locations))
        return;
      const located = { ...shop, locations, cells: all };
      if (this.#loaded === shop) this.#loaded = located;
      this.#set({ shop: located });
    } catch {
      // What was known stays. The service decides in any case.
    }
  }

  /** @param isFollowed whether no record was missed since the last load: what is at the locations is known then */
  async #load(isFollowed = false): Promise<void> {
    // Records that were followed since would hide that a backup was restored.
    const isAsLoaded = this.#loaded !== undefined && this.#loaded === this.#state.shop;
    const headers = this.#etag && isAsLoaded ? { 'If-None-Match': this.#etag } : undefined;
    const { body, etag } = await ask<Overview | undefined>('/overview', {
      ...(headers && { headers }),
      // The browser's own cache would turn a 304 into the whole answer.
      cache: 'no-store',
    });
    this.#loadedAt = Date.now();
    if (!body) return this.locate();
    // After the overview: what is recorded at a location from now on comes with the stream.
    const located = await loadLocations(isFollowed ? this.#state.shop?.cells : undefined);
    this.#locatedAt = Date.now();
    this.#etag = etag;
    this.#loaded = shopOf(body, located);
    showTimesIn(body.timeZone);
    this.#set({ shop: this.#loaded });
  }

  async #take(records: readonly RecordAnswer[], revision: number | undefined): Promise<void> {
    const { shop } = this.#state;
    if (!shop) return;
    this.#set({ shop: follow(shop, records) });
    if (records.length > 0) for (const listener of this.#listeners) listener(records);
    const isRevised = revision !== undefined && revision !== shop.revision;
    // The overview leaves out products that the catalogue may have, such as one retired before it was ever counted.
    const isUnlisted = records.some(({ productID }) => !shop.byID.has(productID));
    const isCancelled = records.some(isCancellation);
    if (isRevised || isUnlisted || isCancelled || this.#isAnotherDay(shop, records)) {
      await this.#load(true);
    } else if (this.#isElsewhere(shop, records)) void this.locate();
  }

  /** A new day moves every window of days by one. This machine's clock may be ahead, and is not believed often. */
  #isAnotherDay(shop: Shop, records: readonly RecordAnswer[]): boolean {
    const waitedMs = Date.now() - this.#loadedAt;
    const isElsewhen = records.some((record) => !isOfToday(shop, record));
    if (isElsewhen) return waitedMs > ANOTHER_DAY_MS;
    return Date.now() >= shop.todayEnds && waitedMs > DAY_CHECK_MS;
  }

  /** Others may have added locations, renamed or retired them. */
  #isElsewhere({ locations }: Shop, records: readonly RecordAnswer[]): boolean {
    const known = new Set([
      FIRST_LOCATION,
      IN_TRANSIT,
      ...locations.map((each) => each.locationID),
    ]);
    const isUnknown = records.some(({ locationID = FIRST_LOCATION }) => !known.has(locationID));
    return isUnknown || Date.now() - this.#locatedAt > LOCATIONS_CHECK_MS;
  }

  #connected(connection: ConnectionState, fault: string | undefined): void {
    if (connection === this.#state.connection && fault === this.#state.fault) return;
    const since = connection === this.#state.connection ? this.#state.since : Date.now();
    this.#set({ connection, since, fault });
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}

function isSignInRequired(error: unknown): boolean {
  return error instanceof Refused && isProblemOf(error.problem, 'sign-in-required');
}

function faultOf(error: unknown): string | undefined {
  return error instanceof Refused ? error.problem.detail : undefined;
}
