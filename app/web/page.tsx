import { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { markIn } from '../client/entity-tag';
import { Refused } from '../client/failure';
import { isProblemOf } from '../wire/problem';
import type { AcceptedRecord } from '../wire/records';
import { LiveShop, type LiveState } from './live/live-shop';
import { Outbox } from './outbox/outbox';
import type { OutboxState } from './outbox/outbox-state';
import { Session, type SessionState } from './session/session';

/** What every screen of the page works with. */
export interface Page {
  readonly live: LiveShop;
  readonly outbox: Outbox;
  readonly queries: QueryClient;
  readonly session: Session;
}

/** How often a query is tried again. */
const QUERY_RETRIES = 2;

/** How often answers that depend on the ledger are loaded again while records come. */
const REFRESH_MS = 500;

/** Puts the page together: a recorded change is shown at once, and each new record updates what depends on it. */
export function createPage(): Page {
  const live = new LiveShop();
  const outbox = new Outbox();
  const session = new Session();
  const queries = new QueryClient({
    defaultOptions: {
      queries: { retry: isWorthARetry, retryDelay: 1_000, refetchOnWindowFocus: false },
    },
  });
  outbox.onSettled((_change, settled) => {
    if (settled.outcome !== 'done' || !isRecord(settled.body)) return;
    live.acknowledge({ ...settled.body, mark: markIn(settled.etag, settled.body.record) });
  });
  let connection = live.state.connection;
  live.watch(() => {
    if (connection === live.state.connection) return;
    const isAgain = connection === 'lost';
    connection = live.state.connection;
    if (connection !== 'live') return;
    outbox.wake();
    // A service that has started again may ask who one is.
    if (isAgain || !session.state.me) void session.load();
    void queries.invalidateQueries({ queryKey: LEDGER });
    // Another ledger, such as a restored backup, may have the same revision number.
    void queries.invalidateQueries({ queryKey: CATALOGUE });
  });
  live.onRecords(atMostEvery(REFRESH_MS, () => queries.invalidateQueries({ queryKey: LEDGER })));
  live.onAlerts(atMostEvery(REFRESH_MS, () => queries.invalidateQueries({ queryKey: ALERTS })));
  let known = session.state;
  session.watch(() => {
    const before = known;
    known = session.state;
    const { me, isSignedOut } = known;
    if (me?.actor === before.me?.actor && isSignedOut === before.isSignedOut) return;
    outbox.signedIn(me?.actor);
    // The first answer says who it has been all the time.
    const isFirst = !before.me && !before.isSignedOut;
    if (isFirst && !isSignedOut) return;
    live.restart();
    if (isSignedOut) return;
    // What somebody saw is not for the next one.
    if (known.handovers !== before.handovers) void queries.resetQueries();
    else void queries.invalidateQueries();
  });
  return { live, outbox, queries, session };
}

/** An answer about who asks is the same the next time. */
function isWorthARetry(failures: number, error: unknown): boolean {
  const isAboutCaller =
    error instanceof Refused && isProblemOf(error.problem, 'sign-in-required', 'missing-scope');
  return !isAboutCaller && failures < QUERY_RETRIES;
}

/** Does something after each call, but once for all calls of some time. */
function atMostEvery(ms: number, doIt: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      doIt();
    }, ms);
  };
}

/** The first part of the key of each query whose answer changes with the ledger. */
export const LEDGER = ['ledger'] as const;

/** The same for answers that change with the catalogue. */
export const CATALOGUE = ['catalogue'] as const;

/** The same for answers that change with the alerts. */
export const ALERTS = ['alerts'] as const;

/**
 * How often the visible alerts are loaded again: the stream reports what happens to them, but not what became of
 * the messages about them. An answer that says nothing new is a 304.
 */
export const ALERTS_REFRESH_MS = 4_000;

function isRecord(body: unknown): body is AcceptedRecord {
  return typeof body === 'object' && body !== null && 'record' in body && 'recordedAt' in body;
}

const PageContext = createContext<Page | undefined>(undefined);
export const PageProvider = PageContext.Provider;

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('there is no page around this');
  return page;
}

/** The shop and how fresh it is; renders again at each change. */
export function useLive(): LiveState {
  const { live } = usePage();
  return useSyncExternalStore(live.watch, () => live.state);
}

/** The time zone by whose clock moments are shown; renders again when it becomes known. */
export function useTimeZone(): string | undefined {
  const { live } = usePage();
  return useSyncExternalStore(live.watch, () => live.state.shop?.timeZone);
}

/** Who is signed in, and what they may do. */
export function useSession(): SessionState {
  const { session } = usePage();
  return useSyncExternalStore(session.watch, () => session.state);
}

export function useOutbox(): OutboxState {
  const { outbox } = usePage();
  return useSyncExternalStore(outbox.watch, () => outbox.state);
}
