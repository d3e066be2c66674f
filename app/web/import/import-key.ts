import { newKey } from '../outbox/change-request';

const PREFIX = 'inventory.import.';

/**
 * The key under which a file is recorded. It is kept until the service has given a definite answer: the same
 * file chosen again after a reload is sent under the same key, and so recorded once.
 */
export function importKey(target: string, file: File): string {
  const name = nameOf(target, file);
  try {
    const kept = localStorage.getItem(name);
    if (kept !== null) return kept;
    const key = newKey();
    localStorage.setItem(name, key);
    return key;
  } catch {
    return newKey();
  }
}

/** Forgets the key of a file that has its answer: chosen again it is another import. */
export function forgetImportKey(target: string, file: File): void {
  try {
    localStorage.removeItem(nameOf(target, file));
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}

function nameOf(target: string, { name, size, lastModified }: File): string {
  return `${PREFIX}${target}.${name}.${size}.${lastModified}`;
}
