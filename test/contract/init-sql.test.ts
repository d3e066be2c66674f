import { readFileSync } from 'node:fs';
import path from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { dummyShop } from '../../app/store/schema';
import type { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { describeMysql, mysqlPlace, sqlitePlace } from '../stores';
import { loaded } from './loaded';

const ROOT = path.join(__dirname, '..', '..');
const NAMES = { database: 'shop', account: 'inventory_service' };

describeMysql('db/init.sql', () => {
  /** Its statements as the mysql client would run them, under names of this test's own. */
  function script(names: typeof NAMES): string {
    return readFileSync(path.join(ROOT, 'db', 'init.sql'), 'utf8')
      .replace(/^SOURCE (.*)$/gm, (_line, file) => readFileSync(path.join(ROOT, file), 'utf8'))
      .replaceAll(/\bshop\b(?!\.sql)/g, names.database)
      .replaceAll(NAMES.account, names.account);
  }

  async function describeTables(connection: mysql.Connection, database: string) {
    const [columns] = await connection.query<RowDataPacket[]>(
      `SELECT table_name, ordinal_position, column_name, column_type, is_nullable, column_default,
         extra, collation_name, column_comment
       FROM information_schema.columns WHERE table_schema = ? ORDER BY 1, 2`,
      [database],
    );
    const [keys] = await connection.query<RowDataPacket[]>(
      `SELECT table_name, index_name, seq_in_index, column_name, non_unique
       FROM information_schema.statistics WHERE table_schema = ? ORDER BY 1, 2, 3`,
      [database],
    );
    return { columns, keys };
  }

  test('makes the same tables as the service does, and an account that can only append', async () => {
    const place = await mysqlPlace();
    const names = { database: `${place.address.database}_init`, account: `svc${process.pid}` };
    const { host, port, user, password } = place.address;
    const server = { host, port, user, password };
    const admin = await mysql.createConnection({ ...server, multipleStatements: true });
    const [rows] = await admin.query<RowDataPacket[]>('SELECT VERSION() AS version');
    // MySQL 5.6 lacks IF NOT EXISTS for accounts, which 5.7 has.
    const sql = String(rows[0]?.version).startsWith('5.6.')
      ? script(names).replace('CREATE USER IF NOT EXISTS', 'CREATE USER')
      : script(names);
    try {
      await admin.query(sql);
      const store = place.open();
      await loaded(store.records);
      await store.close();
      expect(await describeTables(admin, names.database)).toEqual(
        await describeTables(admin, place.address.database),
      );

      const account = { host, port, user: names.account, password: names.account };
      const service = await mysql.createConnection({ ...account, database: names.database });
      await service.query('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 5)');
      await service.query('UPDATE ledger_head SET turn = turn + 1');
      for (const forbidden of [
        'UPDATE inventory SET availableQuantity = 0',
        'DELETE FROM inventory',
        'TRUNCATE inventory',
        'DROP TABLE inventory',
        'REPLACE INTO inventory (record, productID, availableQuantity) VALUES (1, 1, 1)',
      ]) {
        await expect(service.query(forbidden)).rejects.toThrow('command denied');
      }
      await service.end();
    } finally {
      await admin.query(`DROP DATABASE IF EXISTS ${names.database}`);
      await admin.query(`DROP USER '${names.account}'@'%'`).catch(() => {});
      await admin.end();
      await place.remove();
    }
  });

  test('holds the same dummy shop as the embedded store', async () => {
    const embedded = await sqlitePlace();
    const seeded = embedded.open() as SqliteStore;
    seeded.seedDummyShop();
    const place = await mysqlPlace();
    const store = place.open();
    await loaded(store.records);
    const { host, port, user, password, database } = place.address;
    const admin = await mysql.createConnection({
      ...{ host, port, user, password, database },
      multipleStatements: true,
    });
    await admin.query(`SET time_zone = '+00:00'; ${dummyShop('mysql').join('\n')}`);
    await admin.end();
    expect(await store.records.from(1, 10_000)).toEqual(await seeded.records.from(1, 10_000));
    expect(await store.audit()).toEqual(await seeded.audit());
    await store.close();
    await seeded.close();
    await place.remove();
    await embedded.remove();
  });
});
