import { DatabaseSync } from '@photostructure/sqlite';
import mysql from 'mysql2/promise';
import { migrations } from '../../app/store/migrations';
import { type LedgerPlace, type MysqlPlace, onEveryStore } from '../stores';
import { loaded } from './loaded';

/** Makes a database as a service of an earlier version left it. */
async function makeSchema(place: LedgerPlace, version: number): Promise<void> {
  const { SQLITE_FILE: file } = place.environment;
  const files = migrations(file === undefined ? 'mysql' : 'sqlite').slice(0, version);
  if (file !== undefined) {
    const database = new DatabaseSync(file);
    for (const { sql } of files) database.exec(sql);
    database.close();
    return;
  }
  const connection = await mysql.createConnection({
    ...(place as MysqlPlace).address,
    multipleStatements: true,
  });
  for (const { sql } of files) await connection.query(sql);
  await connection.end();
}

onEveryStore((place) => {
  test('a ledger of an earlier version has no actors, and keeps who handled its alerts', async () => {
    await makeSchema(place(), 5);
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 4)');
    await place().sql("INSERT INTO products (productID, name) VALUES (1, 'Cup')");
    await place().sql(
      `INSERT INTO alerts (event, alertID, productID, status, kind, record, revision, availableQuantity, threshold, actor,
                           openedAt, recordedAt)
       VALUES (1, 1, 1, 'acknowledged', 'low', 1, 1, 4, 5, 'Ann', '2026-11-23 10:20:30.000', '2026-11-23 10:20:30.000')`,
    );
    const store = place().open();
    expect(await loaded(store.records)).toMatchObject([{ actor: null, occurredAt: null }]);
    expect(await loaded(store.revisions)).toMatchObject([{ name: 'Cup', actor: null }]);
    expect(await loaded(store.alerts)).toMatchObject([{ handledBy: 'Ann', actor: null }]);
    await store.close();
  });

  test('a ledger of an earlier version has all its stock at the first location', async () => {
    await makeSchema(place(), 7);
    await place().sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 4)');
    const store = place().open();
    expect(await loaded(store.records)).toMatchObject([
      { locationID: 1, onHandQuantity: null, onHandChange: null, heldQuantity: 0, document: null },
    ]);
    await store.close();
  });

  test.each([
    [7, 'turn'],
    [8, 'turnNumber'],
  ])(
    'a service of version %i that still runs takes no turn in the newer schema',
    async (version, column) => {
      await makeSchema(place(), version);
      const oldTurn = `UPDATE ledger_head SET ${column} = ${column} + 1 WHERE id = 1`;
      await place().sql(oldTurn);
      const store = place().open();
      await loaded(store.records);
      // As a missing column, so that it looks at the schema again.
      await expect(place().sql(oldTurn)).rejects.toThrow(/turn/);
      const [head] = await place().sql('SELECT turnsTaken FROM ledger_head WHERE id = 1');
      expect(head).toEqual({ turnsTaken: 1 });
      await store.close();
    },
  );
});
