import mysql, { type RowDataPacket } from 'mysql2/promise';
import { dummyShop } from '../../app/store/migrations';
import type { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { seedDatabase } from '../init-sql';
import { describeMysql, mysqlPlace, sqlitePlace } from '../stores';
import { loaded } from './loaded';

describeMysql('db/init.sql', () => {
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

  test('makes the same tables as the service does', async () => {
    const place = await mysqlPlace();
    const seeded = await seedDatabase();
    try {
      const store = place.open();
      await store.lastRecordAt(new Date());
      await store.close();
      expect(await describeTables(seeded.admin, seeded.database)).toEqual(
        await describeTables(seeded.admin, place.address.database),
      );
    } finally {
      await seeded.remove();
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
      host,
      port,
      user,
      password,
      database,
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
