import { basePath } from '../api/base-path';

/** What was typed into a form and not sent, for as long as the tab is open: Escape, Back and a reload lose nothing. */
const prefix = () => `inventory${basePath()}.draft.`;

/** What was kept of a form; undefined if nothing was. */
export function readUnsent<T>(name: string): T | undefined {
  try {
    const kept = sessionStorage.getItem(prefix() + name);
    return kept === null ? undefined : (JSON.parse(kept) as T);
  } catch {
    return undefined;
  }
}

/** Keeps what was typed into a form. */
export function keepUnsent(name: string, typed: unknown): void {
  try {
    sessionStorage.setItem(prefix() + name, JSON.stringify(typed));
  } catch {
    // Then it is lost with the form.
  }
}

/** Forgets it: it was sent, or given up. */
export function dropUnsent(name: string): void {
  try {
    sessionStorage.removeItem(prefix() + name);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
