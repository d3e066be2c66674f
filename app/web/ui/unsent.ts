import { basePath } from '../api/base-path';

/** What was typed into a form and not sent, for as long as the tab is open: Escape, Back and a reload lose nothing. */
const prefix = () => `inventory${basePath()}.draft.`;

/** What was kept of a form; undefined where nothing was. */
export function readUnsent<T>(name: string): T | undefined {
  try {
    const kept = sessionStorage.getItem(prefix() + name);
    return kept === null ? undefined : (JSON.parse(kept) as T);
  } catch {
    return undefined;
  }
}

/** Keeps what stands in a form. */
export function keepUnsent(name: string, draft: unknown): void {
  try {
    sessionStorage.setItem(prefix() + name, JSON.stringify(draft));
  } catch {
    // It lasts as long as the form.
  }
}

/** Forgets it: it was sent, or given up. */
export function dropUnsent(name: string): void {
  try {
    sessionStorage.removeItem(prefix() + name);
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}
