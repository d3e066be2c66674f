import { Refused } from '../../client/failure';
import type { Imported } from '../../wire/imports';
import { isProblemOf } from '../../wire/problem';
import { ask } from '../api/ask';
import { deviceStorage, ownName } from '../api/browser-storage';
import { newKey } from '../outbox/change-request';

/** An import whose answer is not known: its key, and all that it asked for beside the file. */
interface SentImport {
  readonly key: string;
  readonly query: string;
}

/** The imports of this page, if the browser keeps nothing. */
const sent = new Map<string, SentImport>();

/**
 * The key under which a file is recorded. It is kept until the service has given a definite answer: the same request
 * for the same file is sent under the same key, after a reload too, and so recorded once.
 *
 * @param query what is asked for beside the file, as it is sent
 */
export function importKey(target: string, file: File, query: string): string {
  const name = nameOf(target, file);
  const earlier = sent.get(name) ?? kept(name);
  const now = earlier?.query === query ? earlier : { key: newKey(), query };
  sent.set(name, now);
  deviceStorage.keep(name, JSON.stringify(now));
  return now.key;
}

/** Forgets the key of a file that has its answer: chosen again it is another import. */
export function forgetImportKey(target: string, file: File): void {
  const name = nameOf(target, file);
  sent.delete(name);
  deviceStorage.forget(name);
}

/**
 * Finds out what became of an import of this file that asked for something else and whose answer was lost: after a
 * reload the dry run shows a later stock, so that the request is another. It is made sure that it never runs.
 *
 * @returns its answer, if it was recorded
 * @throws Refused, Unreachable
 */
export async function settleEarlier(
  target: string,
  file: File,
  query: string,
): Promise<Imported | undefined> {
  const name = nameOf(target, file);
  const earlier = sent.get(name) ?? kept(name);
  if (!earlier || earlier.query === query) return undefined;
  try {
    await ask(`/requests/${earlier.key}`, { method: 'DELETE' });
    forgetImportKey(target, file);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused) || !isProblemOf(error.problem, 'request-has-run')) throw error;
    forgetImportKey(target, file);
    const { status, answer } = error.problem.request as { status: number; answer: Imported };
    return status === 201 ? answer : undefined;
  }
}

function kept(name: string): SentImport | undefined {
  const { key, query } = (deviceStorage.readJson(name) ?? {}) as Partial<SentImport>;
  return typeof key === 'string' && typeof query === 'string' ? { key, query } : undefined;
}

function nameOf(target: string, { name, size, lastModified }: File): string {
  return ownName(`import.${target}.${name}.${size}.${lastModified}`);
}
