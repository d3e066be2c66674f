import { useSyncExternalStore } from 'react';
import { NOT_SIGNED_IN_PATH } from '../../wire/sign-in-path';
import { currentPath, currentSearch, goTo, watchPlace } from './hash-location';

/** The path of an invitation's link, before its secret. */
export const SIGN_IN = '/sign-in/';

/** Whether a path is of those who sign in: the link of an invitation, or why a sign-in led to nothing. */
export function isOutsidePath(path: string): boolean {
  return path.startsWith(SIGN_IN) || path.startsWith(NOT_SIGNED_IN_PATH);
}

/** The last place that was not one of these. */
let inside = { path: '/', search: '' };

function insidePath(): string {
  const path = currentPath();
  if (!isOutsidePath(path)) inside = { path, search: currentSearch() };
  return inside.path;
}

/**
 * As wouter's Router takes it for `hook`, for screens that are kept while somebody opens the link of an invitation: they stay where
 * they are.
 */
export function useInsidePath(): [string, typeof goTo] {
  return [useSyncExternalStore(watchPlace, insidePath), goTo];
}

useInsidePath.hrefs = (href: string) => `#${href}`;

/** Goes back to the screens from the link of an invitation, whose secret stays neither in the address nor in the history. */
export function goInside(): void {
  goTo(inside.search === '' ? inside.path : `${inside.path}?${inside.search}`, { replace: true });
}
