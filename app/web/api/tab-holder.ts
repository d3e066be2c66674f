import { ownName, tabStorage } from './browser-storage';

/** Whose the tab is: who was signed in last. What they have typed into it is theirs, also after a reload. */
const HOLDER = ownName('holder');

/** The actor of who was signed in last in this tab; undefined if nobody was yet. */
export function tabHolder(): string | undefined {
  return tabStorage.read(HOLDER);
}

/** Notes who is signed in. */
export function holdTab(actor: string): void {
  tabStorage.keep(HOLDER, actor);
}
