import { ownName, tabStorage } from '../api/browser-storage';

/** What was typed into a form and not sent, for as long as the tab is open: Escape, Back and a reload lose nothing. */
const keptAs = (name: string) => ownName(`draft.${name}`);

/** What was kept of a form; undefined if nothing was. */
export function readUnsent<T>(name: string): T | undefined {
  return tabStorage.readJson(keptAs(name)) as T | undefined;
}

/** Keeps what was typed into a form. */
export function keepUnsent(name: string, typed: unknown): void {
  tabStorage.keep(keptAs(name), JSON.stringify(typed));
}

/** Forgets it: it was sent, or given up. */
export function dropUnsent(name: string): void {
  tabStorage.forget(keptAs(name));
}
