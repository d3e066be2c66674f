import { migrations, pending, SchemaTooNew } from '../../app/store/migrations';
import type { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { onEveryStore, sqlitePlace } from '../stores';
import { loaded } from './loaded';

describe('migrations', () => {
  test.each(['mysql', 'sqlite'] as const)('of %s are numbered 1, 2, 3, …', (dialect) => {
    const versions = migrations(dialect).map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });

  test('are the same versions in both dialects', () => {
    expect(migrations('mysql').map(({ version }) => version)).toEqual(
      migrations('sqlite').map(({ version }) => version),
    );
  });

  test('that a database lacks are those after its own version', () => {
    const all = [1, 2, 3].map((version) => ({ version, sql: '' }));
    expect(pending(all, 0)).toHaveLength(3);
    expect(pending(all, 2)).toEqual([{ version: 3, sql: '' }]);
    expect(pending(all, 3)).toEqual([]);
    expect(() => pending(all, 4)).toThrow(SchemaTooNew);
  });
});

onEveryStore((place) => {
  test('twenty stores that open one new database at once make its schema once', async () => {
    const stores = Array.from({ length: 20 }, () => place().open());
    await Promise.all(stores.map((store) => loaded(store.records)));
    const rows = await place().sql('SELECT version FROM schema_migrations');
    expect(rows).toHaveLength(migrations('mysql').length);
    expect(await place().sql('SELECT turnsTaken FROM ledger_head')).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a database of a newer version is refused, in words that say what to do', async () => {
    const store = place().open();
    await loaded(store.records);
    await store.close();
    const insert = 'INSERT INTO schema_migrations (version) VALUES (999)';
    await place().sql(insert);
    const reopen = async () => {
      const again = place().open();
      await loaded(again.records).finally(() => again.close());
    };
    await expect(reopen()).rejects.toThrow(/version 999.*run the newer service/);
  });
});

describe('the embedded store', () => {
  test('keeps its ledger from being updated or deleted, by whomever', async () => {
    const place = await sqlitePlace();
    await place.open().close();
    await place.sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 1)');
    await expect(place.sql('UPDATE inventory SET productID = 2')).rejects.toThrow('append-only');
    await expect(place.sql('DELETE FROM inventory')).rejects.toThrow('append-only');
    await place.remove();
  });

  test('is filled with the dummy shop once, and only while it is empty', async () => {
    const place = await sqlitePlace();
    const store = place.open() as SqliteStore;
    expect(store.seedDummyShop()).toBe(true);
    const { records } = await store.audit();
    expect(store.seedDummyShop()).toBe(false);
    expect((await store.audit()).records).toBe(records);
    await store.close();
    await place.remove();
  });

  test('commits to the disk: WAL with synchronous = FULL', async () => {
    const place = await sqlitePlace();
    await place.open().close();
    expect(await place.sql('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    await place.remove();
  });
});

describe('the dummy shop', () => {
  test('has a dozen named products, three months of sales, and sums that are right', async () => {
    const place = await sqlitePlace();
    const store = place.open() as SqliteStore;
    store.seedDummyShop();
    const { stock, sales } = await store.audit();
    expect(stock.quick).toHaveLength(12);
    expect(stock.quick).toEqual(stock.plain);
    expect(sales.quick).toEqual(sales.plain);
    const records = await store.records.from(1, 10_000);
    expect(records.map(({ record }) => record)).toEqual(records.map((_, index) => index + 1));

    const available = new Map<number, number>();
    let before = new Date(0);
    for (const { productID, reason, quantity, availableQuantity, recordedAt } of records) {
      expect(recordedAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
      before = recordedAt;
      if (reason === 'sale') {
        expect(availableQuantity).toBe((available.get(productID) ?? 0) - (quantity ?? 0));
      }
      available.set(productID, availableQuantity);
    }
    const today = new Date().toISOString().slice(0, 10);
    expect(before.toISOString() < today).toBe(true);
    const days = (before.getTime() - Number(records[0]?.recordedAt)) / 86_400_000;
    expect(days).toBeGreaterThan(85);
    expect(await place.sql('SELECT name FROM products')).toHaveLength(12);
    await store.close();
    await place.remove();
  });

  test('tells why the first product has its number as a shop would, and has an order on its way', async () => {
    const place = await sqlitePlace();
    const store = place.open() as SqliteStore;
    store.seedDummyShop();
    const { count, before, movements } = await store.explain({
      productID: 1,
      asOf: Number.MAX_SAFE_INTEGER,
    });
    expect(count).toMatchObject({ availableQuantity: 13, note: 'Monthly stocktake' });
    expect(before).toMatchObject({ availableQuantity: 14 });
    expect(movements.map(({ reason }) => reason).toSorted()).toEqual([
      'receipt',
      'return',
      'sale',
      'waste',
    ]);
    const receipts = (await store.records.from(1, 10_000)).filter(
      ({ reason }) => reason === 'receipt',
    );
    expect(receipts.length).toBeGreaterThan(5);
    for (const { reference } of receipts) expect(reference).toMatch(/^PO-\d{4}$/);
    const today = new Date().toISOString().slice(0, 10);
    const [order] = await loaded(store.alerts);
    expect(order).toMatchObject({ productID: 4, status: 'ordered', handledBy: 'Ann' });
    expect(String(order?.due) > today).toBe(true);
    await store.close();
    await place.remove();
  });
});
