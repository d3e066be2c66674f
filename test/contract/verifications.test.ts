import type { LedgerStore } from '../../app/ledger/store';
import { onEveryStore } from '../stores';

onEveryStore((place, name) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  const found = (drift: number) => ({
    verifiedAt: new Date('2026-11-23T10:20:30.456Z'),
    records: 2 ** 40,
    drift,
    conservation: 2 * drift,
  });

  test('a ledger that was never verified has no verification', async () => {
    expect(await store.latestVerification()).toBeUndefined();
  });

  test('the latest verification is the last that was appended, as it was, to the millisecond', async () => {
    await store.appendVerification(found(7));
    expect(await store.latestVerification()).toEqual(found(7));
    const earlier = { ...found(0), verifiedAt: new Date('2026-11-22T00:00:00.000Z') };
    await store.appendVerification(earlier);
    expect(await store.latestVerification()).toEqual(earlier);
    expect(await place().sql('SELECT drift FROM verifications')).toHaveLength(2);
  });

  test('is seen by every store of the same ledger', async () => {
    const other = place().open();
    await store.appendVerification(found(1));
    expect(await other.latestVerification()).toEqual(found(1));
    await other.close();
  });

  test('an abandoned turn appends no verification', async () => {
    const turn = await store.takeTurn();
    // SQLite has one writer at a time, and says so rather than wait.
    const appended = store.appendVerification(found(3)).catch((error) => error.name);
    expect(await appended).toBe(name === 'SQLite' ? 'StoreUnavailable' : undefined);
    await turn.abandon();
    await store.appendVerification(found(4));
    expect(await store.latestVerification()).toEqual(found(4));
  });

  if (name === 'SQLite') {
    test('none is ever updated or deleted', async () => {
      await store.appendVerification(found(1));
      await expect(place().sql('UPDATE verifications SET drift = 0')).rejects.toThrow(
        'append-only',
      );
      await expect(place().sql('DELETE FROM verifications')).rejects.toThrow('append-only');
    });
  }
});
