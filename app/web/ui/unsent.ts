import { OPEN_ACTOR } from '../../wire/actor';
import { ownName, tabStorage } from '../api/browser-storage';
import { tabHolder } from '../api/tab-holder';

/**
 * What was typed into a form and not sent, for as long as the tab is open: Escape, Back, a reload and a session that ends lose
 * nothing. It is found again only by who typed it. No actor has a space in it.
 */
const keptAs = (name: string) => ofHolder(tabHolder()) + name;

const ofHolder = (actor = OPEN_ACTOR) => ownName(`draft.${actor} `);

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

/** Gives what was typed while nobody was asked who they are to the one who is signed in now. */
export function claimUnsent(actor: string): void {
  const from = ofHolder(OPEN_ACTOR);
  for (const name of tabStorage.names(from)) {
    const typed = tabStorage.read(name);
    tabStorage.forget(name);
    if (typed !== undefined) tabStorage.keep(ofHolder(actor) + name.slice(from.length), typed);
  }
}
