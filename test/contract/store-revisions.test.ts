import type { ProductRevision } from '../../app/ledger/product';
import type { LedgerStore } from '../../app/ledger/store';
import { revision } from '../ledger/products';
import { onEveryStore } from '../stores';
import { loaded } from './loaded';
import { append, turnEntries } from './turn-entries';

const revised = (...revisions: ProductRevision[]) => turnEntries([], { revisions });
const numbers = (revisions: readonly ProductRevision[]) => revisions.map((read) => read.revision);

onEveryStore((place) => {
  let store: LedgerStore;
  beforeEach(() => {
    store = place().open();
  });
  afterEach(() => store.close());

  test('a revision is read as it was appended, all of it known or nothing', async () => {
    const fullest = revision(1, {
      productID: 4_294_967_295,
      name: '𝄞'.repeat(100),
      sku: 'é'.repeat(64),
      barcode: '4006381333931',
      image: `https://example.org/${'x'.repeat(1_980)}`,
      price: 9_999_999_999_999,
      reorderPoint: 2_147_483_647,
      reorderQuantity: 0,
      reorderPoints: [
        { locationID: 1, reorderPoint: 0, reorderQuantity: null },
        { locationID: 4_294_967_294, reorderPoint: null, reorderQuantity: 2_147_483_647 },
      ],
      retired: true,
      turnMark: 2 ** 48 - 2,
    });
    const barest = revision(2);
    await append(store, revised(fullest, barest));
    expect(await store.revisions.from(1, 10)).toEqual([fullest, barest]);
    expect(numbers(await loaded(store.revisions)).sort()).toEqual([1, 2]);
  });

  test('the latest revision of each product is loaded', async () => {
    await append(store, revised(revision(1), revision(2, { productID: 2 }), revision(3)));
    await append(store, revised(revision(4, { productID: 2, retired: true })));
    expect(numbers(await loaded(store.revisions)).sort()).toEqual([3, 4]);
  });

  test('revisions are read in order, from one on, no more than the limit', async () => {
    await append(store, revised(revision(1), revision(2), revision(3), revision(4)));
    expect(numbers(await store.revisions.from(2, 2))).toEqual([2, 3]);
    expect(numbers(await store.revisions.from(4, 2))).toEqual([4]);
    expect(numbers(await store.revisions.from(5, 2))).toEqual([]);
  });

  test('only the turn itself sees what it appends before its commit', async () => {
    const other = place().open();
    const turn = await store.takeTurn();
    await turn.append(revised(revision(1)));
    expect(numbers(await turn.revisions.from(1, 10))).toEqual([1]);
    expect(numbers(await loaded(turn.revisions))).toEqual([1]);
    expect(await store.revisions.from(1, 10)).toEqual([]);
    await turn.commit();
    expect(numbers(await other.revisions.from(1, 10))).toEqual([1]);
    await other.close();
  });

  test('a revision number that is taken cannot be appended again', async () => {
    await append(store, revised(revision(1)));
    const turn = await store.takeTurn();
    await expect(turn.append(revised(revision(1)))).rejects.toThrow();
    await turn.abandon();
    expect(await store.revisions.from(1, 10)).toHaveLength(1);
  });

  test('a row inserted by hand is a product that is sold, revised now, that nobody marked', async () => {
    await append(store, revised(revision(1)));
    await place().sql("INSERT INTO products (productID, name) VALUES (5, 'Mug')");
    const [read] = await store.revisions.from(2, 10);
    const known = { revision: 2, productID: 5, name: 'Mug', retired: false, turnMark: null };
    expect(read).toMatchObject({ ...known, sku: null, barcode: null, price: null });
    expect(Math.abs(Number(read?.revisedAt) - Date.now())).toBeLessThan(60_000);
  });
});
