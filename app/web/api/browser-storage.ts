import { basePath } from './page-path';

/** Texts that the browser keeps. If it refuses to, there is nothing to read. */
class BrowserStorage {
  /** It is looked up at each use, because a browser that forbids storage throws already here. */
  readonly #area: () => Storage;

  constructor(area: () => Storage) {
    this.#area = area;
  }

  /** The text of an item; undefined if there is none. */
  read(name: string): string | undefined {
    try {
      return this.#area().getItem(name) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** The value of an item that is JSON; undefined if there is none, or something else. */
  readJson(name: string): unknown {
    try {
      return JSON.parse(this.read(name) ?? '');
    } catch {
      return undefined;
    }
  }

  /** @returns whether it is kept */
  keep(name: string, text: string): boolean {
    try {
      this.#area().setItem(name, text);
      return true;
    } catch {
      return false;
    }
  }

  forget(name: string): void {
    try {
      this.#area().removeItem(name);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  /** The names of all items that begin so. */
  names(prefix: string): string[] {
    try {
      return Object.keys(this.#area()).filter((name) => name.startsWith(prefix));
    } catch {
      return [];
    }
  }
}

/** Keeps items for all tabs, and longer than the page. */
export const deviceStorage = new BrowserStorage(() => localStorage);

/** Keeps items as long as the tab is open, over reloads too. */
export const tabStorage = new BrowserStorage(() => sessionStorage);

/** The name of an item of this service: services under other paths of the same host have items of their own. */
export function ownName(name: string): string {
  return `inventory${basePath()}.${name}`;
}
