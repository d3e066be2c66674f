import type { StoredAnswer, StoredRequest } from '../../app/ledger/request';
import type { LedgerStore } from '../../app/ledger/store';
import { revision } from '../ledger/products';
import { record } from '../ledger/records';
import { onEveryStore } from '../stores';
import { append, turnEntries } from './turn-entries';

const answer: StoredAnswer = {
  resource: 'inventory',
  kind: 'stock',
  commands: 1,
  first: 1,
  refusals: [],
};

/** A request for a test: it ran. The test replaces what it is about. */
function request(key: string, changes: Partial<StoredRequest> = {}): StoredRequest {
  return {
    key,
    fingerprint: '0123456789abcdef'.repeat(4),
    answer,
    recordedAt: new Date('2026-11-23T10:20:30.456Z'),
    turnMark: 2 ** 48 - 2,
    ...changes,
  };
}
const cancelled = (key: string) => request(key, { fingerprint: null, answer: null });
const keeping = (...requests: StoredRequest[]) => turnEntries([], { requests });

/** The longest key there may be, and one that differs from it in its last byte. */
const LONGEST = `${'k'.repeat(254)}1`;
const ALIKE = `${'k'.repeat(254)}2`;

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  test('a request is read as it was appended, beside turns and in one', async () => {
    const refused = request('refused', {
      answer: {
        ...answer,
        kind: 'catalogue',
        first: null,
        refusals: [
          [0, { refusal: 'code-taken', productID: 1, field: 'sku', code: `"'\\ é ✂ 𝄞`, holder: 2 }],
        ],
      },
    });
    const requests = [request('ran'), refused, cancelled('cancelled')];
    await append(store, keeping(...requests));
    for (const each of requests) expect(await store.request(each.key)).toEqual(each);
    const turn = await store.takeTurn();
    const read = await turn.requests(['cancelled', 'unknown', 'refused', 'ran']);
    expect(read.toSorted((a, b) => b.key.localeCompare(a.key))).toEqual(
      requests.toSorted((a, b) => b.key.localeCompare(a.key)),
    );
    await turn.abandon();
  });

  test.each([
    ['by case', 'Key', 'key'],
    ['by a space at the end', 'key ', 'key'],
    ['by an accent', 'k\xe9y', 'key'],
    ['in the last byte of the longest', LONGEST, ALIKE],
    ['as numbers alone do', '1.0', '1'],
    ['as a wildcard would match', 'ke_', 'key'],
  ])('keys are compared byte by byte: %s', async (_how, key, other) => {
    await append(store, keeping(request(key)));
    expect(await store.request(other)).toBeUndefined();
    const turn = await store.takeTurn();
    expect(await turn.requests([other])).toEqual([]);
    await turn.append(keeping(cancelled(other)));
    await turn.commit();
    expect(await store.request(key)).toEqual(request(key));
    expect(await store.request(other)).toEqual(cancelled(other));
  });

  test('a key is taken once', async () => {
    await append(store, keeping(request('k')));
    const turn = await store.takeTurn();
    await expect(turn.append(keeping(cancelled('k')))).rejects.toThrow();
    await turn.abandon();
    expect(await store.request('k')).toEqual(request('k'));
  });

  test('a request is seen by nobody else before its commit, and not at all when abandoned', async () => {
    const turn = await store.takeTurn();
    await turn.append(keeping(request('k')));
    expect(await store.request('k')).toBeUndefined();
    expect(await turn.requests(['k'])).toEqual([request('k')]);
    await turn.abandon();
    expect(await store.request('k')).toBeUndefined();
  });

  describe('whether an earlier turn was committed is told', () => {
    const [turnMark, others] = [99, 98];

    test.each([
      ['requests alone', keeping(request('k', { turnMark }))],
      ['revisions alone', turnEntries([], { revisions: [revision(1, { turnMark })] })],
      [
        'all three',
        turnEntries([record(1, { turnMark })], {
          revisions: [revision(1, { turnMark })],
          requests: [request('k', { turnMark })],
        }),
      ],
    ])('by %s', async (_of, appended) => {
      const mine = { ...appended, turnMark };
      const before = await store.takeTurn();
      expect(await before.holds(mine)).toBe(false);
      await before.append(mine);
      await before.abandon();
      const between = await store.takeTurn();
      expect(await between.holds(mine)).toBe(false);
      await between.append(mine);
      await between.commit();
      const after = await store.takeTurn();
      expect(await after.holds(mine)).toBe(true);
      // Another transaction has taken that place since: its entries are there, under its own mark.
      expect(await after.holds({ ...mine, turnMark: others })).toBe(false);
      await after.abandon();
    });
  });
});
