import { append, turnEntries } from '../contract/turn-entries';
import type { LedgerPlace } from '../stores';

/**
 * Gives a new ledger its time zone. Otherwise its first service takes a turn for that when it starts, which tests that count turns, or
 * wait for a statement of one, would see.
 */
export async function keepZone({ open }: LedgerPlace): Promise<void> {
  const store = open();
  const zone = { entry: 1, timeZone: 'UTC', recordedAt: new Date(), turnMark: 7 };
  await append(store, turnEntries([], { zones: [zone] }));
  await store.close();
}
