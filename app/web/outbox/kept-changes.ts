import type { ProblemAnswer } from '../../wire/problem';
import { deviceStorage, ownName } from '../api/browser-storage';
import { type ChangeRequest, inOrder } from './change-request';

/** A change that the browser keeps: it waits to be sent, or was refused and nobody has seen that yet. */
export interface Kept {
  readonly change: ChangeRequest;
  /** Why it was refused; undefined while it waits. */
  readonly problem?: ProblemAnswer | undefined;
  /** A page is still at it, until this moment by `Date.now()` at most: then it is sent as it is. */
  readonly preparedUntil?: number | undefined;
}

/** Each change has an item of its own, so that tabs which write at the same time take nothing from each other. */
const keptAs = (key: string) => ownName(`outbox.${key}`);

/** All that is kept, in the order in which it was made. */
export function readKept(): Kept[] {
  return deviceStorage
    .names(keptAs(''))
    .flatMap(readKeptChange)
    .sort((a, b) => inOrder(a.change, b.change));
}

/** An item that cannot be read is passed over, so that it hides no other. */
function readKeptChange(name: string): Kept[] {
  const kept = deviceStorage.readJson(name) as Kept | null | undefined;
  return typeof kept?.change?.key === 'string' ? [kept] : [];
}

/** Keeps a change over a reload. @returns whether the browser does */
export function keep(kept: Kept): boolean {
  return deviceStorage.keep(keptAs(kept.change.key), JSON.stringify(kept));
}

/** Forgets a change. */
export function forget(key: string): void {
  deviceStorage.forget(keptAs(key));
}

/** Calls back when another tab has kept or forgotten something. @returns how to stop that */
export function onKeptElsewhere(callback: () => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key === null || key.startsWith(keptAs(''))) callback();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
