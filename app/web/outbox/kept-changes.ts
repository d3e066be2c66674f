import type { ProblemAnswer } from '../../wire/problem';
import { basePath } from '../api/base-path';
import { type ChangeRequest, inOrder } from './change-request';

/** A change that the browser keeps: it waits to be sent, or was refused and nobody has seen that yet. */
export interface Kept {
  readonly change: ChangeRequest;
  /** Why it was refused; undefined while it waits. */
  readonly problem?: ProblemAnswer | undefined;
  /** A page is still at it, until this moment by `Date.now()` at most: then it is sent as it is. */
  readonly preparedUntil?: number | undefined;
}

/**
 * Each change has an item of its own in the browser's storage, so that tabs which write at the same
 * time take nothing from each other. Services under other paths of the same host have items of their own.
 */
const prefix = () => `inventory${basePath()}.outbox.`;

/** All that is kept, in the order in which it was made. */
export function readKept(): Kept[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix()))
      .flatMap(readKeptChange)
      .sort((a, b) => inOrder(a.change, b.change));
  } catch {
    return [];
  }
}

/** An item that cannot be read is passed over, so that it hides no other. */
function readKeptChange(name: string): Kept[] {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? '') as Kept;
    return typeof kept.change.key === 'string' ? [kept] : [];
  } catch {
    return [];
  }
}

/** Keeps a change over a reload. @returns whether the browser does */
export function keep(kept: Kept): boolean {
  try {
    localStorage.setItem(prefix() + kept.change.key, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** Forgets a change. */
export function forget(key: string): void {
  try {
    localStorage.removeItem(prefix() + key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** Calls back when another tab has kept or forgotten something. @returns how to stop that */
export function onKeptElsewhere(callback: () => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key === null || key.startsWith(prefix())) callback();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
