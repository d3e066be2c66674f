import { useSyncExternalStore } from 'react';

/**
 * The place in the page, which the address has behind its `#`: a screen and what is chosen on it, as
 * `#/sales?days=7&by=revenue`. Wouter's own hook puts the query before the `#`, where the next screen would find it.
 */

interface Going {
  /** Whether Back skips the place that is left. */
  readonly replace?: boolean;
  readonly state?: unknown;
}

const watchers = new Set<() => void>();

/** Calls back at each change of the place. @returns how to stop that */
export function watchPlace(watcher: () => void): () => void {
  if (watchers.size === 0) window.addEventListener('hashchange', tellWatchers);
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) window.removeEventListener('hashchange', tellWatchers);
  };
}

function tellWatchers(): void {
  for (const watcher of [...watchers]) watcher();
}

/** The screen, such as `/sales`. */
export function currentPath(): string {
  return `/${here().split('?', 1)[0]}`;
}

/** What is chosen on it, such as `days=7&by=revenue`. */
export function currentSearch(): string {
  const [, ...search] = here().split('?');
  return search.join('?');
}

/** Goes to a place of the page, such as `/sales?days=7`. */
export function goTo(to: string, { replace = false, state = null }: Going = {}): void {
  const hash = `#/${to.replace(/^#?\/?/, '')}`;
  // Nobody wants to press Back twice for one place.
  const isHere = hash === `#/${here()}`;
  history[replace || isHere ? 'replaceState' : 'pushState'](state, '', hash);
  tellWatchers();
}

/** As wouter's Router takes it for `hook`. */
export function useHashPath(): [string, typeof goTo] {
  return [useSyncExternalStore(watchPlace, currentPath), goTo];
}

useHashPath.hrefs = (href: string) => `#${href}`;

/** As wouter's Router takes it for `searchHook`. */
export function useHashSearch(): string {
  return useSyncExternalStore(watchPlace, currentSearch);
}

function here(): string {
  return location.hash.replace(/^#?\/?/, '');
}
