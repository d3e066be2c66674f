import { newKey } from '../outbox/change-request';

const PREFIX = 'inventory.import.';

/** The keys of this page, where the browser keeps nothing. */
const keys = new Map<string, string>();

/**
 * The key under which a file is recorded. It is kept until the service has given a definite answer: the same
 * file chosen again after a reload is sent under the same key, and so recorded once.
 */
export function importKey(target: string, file: File): string {
  const name = nameOf(target, file);
  const key = keys.get(name) ?? kept(name) ?? newKey();
  keys.set(name, key);
  try {
    localStorage.setItem(name, key);
  } catch {
    // It lasts as long as the page.
  }
  return key;
}

/** Forgets the key of a file that has its answer: chosen again it is another import. */
export function forgetImportKey(target: string, file: File): void {
  const name = nameOf(target, file);
  keys.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function nameOf(target: string, { name, size, lastModified }: File): string {
  return `${PREFIX}${target}.${name}.${size}.${lastModified}`;
}
