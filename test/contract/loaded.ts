import type { Journal } from '../../app/ledger/memory';

/** All that a journal loads, its parts together. */
export function loaded<E>(journal: Journal<E>): Promise<E[]> {
  return allOf(journal.load());
}

/** What comes part by part, together. */
export async function allOf<E>(parts: AsyncIterable<readonly E[]>): Promise<E[]> {
  const all: E[] = [];
  for await (const part of parts) all.push(...part);
  return all;
}
