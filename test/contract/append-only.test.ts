import { chmodSync, copyFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../../app/config';
import { openStore } from '../../app/open-store';
import { migrations } from '../../app/store/migrations';
import { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { APPEND_ONLY } from '../../app/store/tables';
import { startService } from '../http/service';
import { type SeededDatabase, seedDatabase } from '../init-sql';
import { describeMysql, type LedgerPlace, sqlitePlace } from '../stores';

type Table = (typeof APPEND_ONLY)[number];

/** One row of each table, in SQL that both stores take. */
const ROWS: Record<Table, string> = {
  inventory: '(record, productID, availableQuantity) VALUES (901, 1, 5)',
  requests: "(requestKey, recordedAt, batch) VALUES ('a', '2026-01-01 00:00:00', 1)",
  products: "(revision, productID, name) VALUES (901, 1, 'Tea')",
  verifications:
    "(verification, verifiedAt, records, drift) VALUES (901, '2026-01-01 00:00:00', 1, 0)",
  alerts:
    "(event, alertID, productID, status, kind, record, revision, availableQuantity, threshold, openedAt, recordedAt) VALUES (901, 901, 1, 'open', 'low', 1, 1, 1, 5, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
  alert_deliveries:
    "(event, alertID, line, step, status, channel, target, tries, recordedAt) VALUES (901, 901, 1, 1, 'pending', 'mail', 'a@shop.example', 0, '2026-01-01 00:00:00')",
  access_journal:
    "(entry, subjectID, kind, event, state, name, madeAt, recordedAt) VALUES (901, 901, 'person', 'made', 'active', 'ann', '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
  locations:
    "(entry, locationID, name, sellable, recordedAt) VALUES (901, 2, 'Van', 1, '2026-01-01 00:00:00')",
  ledger_zone: "(entry, timeZone, recordedAt) VALUES (901, 'UTC', '2026-01-01 00:00:00')",
  documents:
    "(entry, documentID, document, step, kind, state, `lines`, firstRecord, records, recordedAt) VALUES (901, 901, 'hold:a', 1, 'hold', 'open', '[]', 1, 1, '2026-01-01 00:00:00')",
  alert_checkpoints: "(checkpoint, record, recordedAt) VALUES (901, 1, '2026-01-01 00:00:00')",
};

/** The column that each is found by. */
const KEYS: Record<Table, string> = {
  inventory: 'record',
  requests: 'requestKey',
  products: 'revision',
  verifications: 'verification',
  alerts: 'event',
  alert_deliveries: 'step',
  access_journal: 'entry',
  locations: 'entry',
  ledger_zone: 'entry',
  documents: 'entry',
  alert_checkpoints: 'checkpoint',
};

/** Every statement of SQLite that could change or remove a row, except for those that change the schema. */
function sqliteStatements(table: Table): string[] {
  const key = KEYS[table];
  return [
    `UPDATE ${table} SET ${key} = ${key}`,
    `UPDATE OR REPLACE ${table} SET ${key} = ${key}`,
    `UPDATE OR IGNORE ${table} SET ${key} = ${key}`,
    `DELETE FROM ${table}`,
    `REPLACE INTO ${table} ${ROWS[table]}`,
    `INSERT OR REPLACE INTO ${table} ${ROWS[table]}`,
    `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`,
    `INSERT INTO ${table} ${ROWS[table]} ON CONFLICT DO UPDATE SET ${key} = ${key}`,
    // By the number that SQLite keeps beside a key of text.
    ...(table === 'requests'
      ? [
          `REPLACE INTO requests (rowid, requestKey, recordedAt, batch) SELECT rowid, 'b', 'now', 2 FROM requests`,
        ]
      : []),
  ];
}

/** The same of MySQL, and those that change the schema. */
function mysqlStatements(table: Table): string[] {
  const key = KEYS[table];
  return [
    `UPDATE ${table} SET ${key} = ${key}`,
    `UPDATE ${table} t JOIN ledger_head SET t.${key} = t.${key}, ledger_head.turnsTaken = ledger_head.turnsTaken`,
    `DELETE FROM ${table}`,
    `DELETE ${table} FROM ${table} JOIN ledger_head`,
    `REPLACE INTO ${table} ${ROWS[table]}`,
    `REPLACE INTO ${table} SELECT * FROM ${table}`,
    `INSERT INTO ${table} ${ROWS[table]} ON DUPLICATE KEY UPDATE ${key} = VALUES(${key})`,
    `INSERT INTO ${table} SELECT * FROM ${table} x ON DUPLICATE KEY UPDATE ${key} = VALUES(${key})`,
    `LOAD DATA INFILE '/dev/null' REPLACE INTO TABLE ${table}`,
    `TRUNCATE TABLE ${table}`,
    `DROP TABLE ${table}`,
    `ALTER TABLE ${table} ADD COLUMN extra INT`,
    `ALTER TABLE ${table} ENGINE = MyISAM`,
    `ALTER TABLE ${table} RENAME TO elsewhere`,
    `RENAME TABLE ${table} TO elsewhere`,
    `CREATE TABLE elsewhere LIKE ${table}`,
    `CREATE INDEX extra ON ${table} (${key})`,
    `CREATE TRIGGER guard BEFORE INSERT ON ${table} FOR EACH ROW SET @x = 1`,
    `LOCK TABLES ${table} WRITE`,
  ];
}

describe('on SQLite', () => {
  let place: LedgerPlace;
  let file: string;
  beforeEach(async () => {
    place = await sqlitePlace();
    file = place.environment.SQLITE_FILE as string;
    await place.open().close();
  });
  afterEach(() => place.remove());

  test.each(APPEND_ONLY)(
    'no statement changes or removes a row of %s, whoever runs it',
    async (table) => {
      await place.sql(`INSERT INTO ${table} ${ROWS[table]}`);
      const rows = await place.sql(`SELECT * FROM ${table}`);
      expect(rows).toHaveLength(1);
      for (const statement of sqliteStatements(table)) {
        await expect(place.sql(statement)).rejects.toThrow(`${table} is append-only`);
      }
      expect(await place.sql(`SELECT * FROM ${table}`)).toEqual(rows);
      // What comes after it is taken, with a number or without one.
      if (table === 'inventory') {
        await place.sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 4)');
        await place.sql(
          'INSERT INTO inventory (record, productID, availableQuantity) VALUES (950, 1, 3)',
        );
        expect(await place.sql('SELECT record FROM inventory')).toEqual(
          [901, 902, 950].map((record) => ({ record })),
        );
      }
    },
  );

  test.each(APPEND_ONLY.filter((table) => table !== 'alert_deliveries'))(
    'a number of %s is neither below 1 nor far beyond the last, so that none is replaced and others follow',
    async (table) => {
      const key = table === 'requests' ? 'rowid' : KEYS[table];
      const row = (number: string) =>
        table === 'requests'
          ? `(rowid, requestKey, recordedAt, batch) VALUES (${number}, 'b', '2026-01-01 00:00:00', 1)`
          : ROWS[table].replace('(901', `(${number}`);
      const refused = ['-5', '-1', '0'];
      if (table !== 'requests') refused.push('1000001', '9007199254740992', '9223372036854775807');
      for (const number of refused) {
        for (const verb of ['INSERT', 'INSERT OR REPLACE']) {
          await expect(place.sql(`${verb} INTO ${table} ${row(number)}`)).rejects.toThrow(
            `${table} is append-only`,
          );
        }
      }
      await place.sql(`INSERT INTO ${table} ${ROWS[table]}`);
      expect(await place.sql(`SELECT ${key} AS number FROM ${table}`)).toEqual([
        { number: table === 'requests' ? 1 : 901 },
      ]);
    },
  );

  test('the file, its log and its folder are for their owner only, even one that was open to all', async () => {
    const nested = path.join(path.dirname(file), 'data', 'ledger.sqlite');
    const store = new SqliteStore(nested);
    const mode = (name: string) => statSync(name).mode & 0o777;
    const files = ['', '-wal', '-shm'].map((suffix) => `${nested}${suffix}`);
    expect(files.map(mode)).toEqual([0o600, 0o600, 0o600]);
    expect(mode(path.dirname(nested))).toBe(0o700);
    for (const name of files) chmodSync(name, 0o644);
    const again = new SqliteStore(nested);
    expect(files.map(mode)).toEqual([0o600, 0o600, 0o600]);
    await again.close();
    await store.close();
  });

  test('after a clean stop the file alone is the whole ledger, even if several processes had it open', async () => {
    const [one, other] = [new SqliteStore(file), new SqliteStore(file)];
    one.seedDummyShop();
    const { records } = await other.audit();
    await one.close();
    await other.close();
    const copy = path.join(path.dirname(file), 'copy.sqlite');
    copyFileSync(file, copy);
    const copied = new SqliteStore(copy);
    expect((await copied.audit()).records).toBe(records);
    await copied.close();
  });
});

/** How a server refuses an account: while it writes a binary log, MySQL asks for SUPER before a trigger is looked at. */
const REFUSED = /denied|do not have the SUPER privilege/;

describeMysql('on MySQL', () => {
  let seeded: SeededDatabase;
  beforeEach(async () => {
    seeded = await seedDatabase({ dummyShop: false });
  });
  afterEach(() => seeded.remove());

  test("no statement changes or removes a row, by the service's account", async () => {
    const service = await seeded.connect(seeded.service);
    for (const table of APPEND_ONLY) {
      await service.query(`INSERT INTO ${table} ${ROWS[table]}`);
      const [rows] = await service.query(`SELECT * FROM ${table}`);
      expect(rows).toHaveLength(1);
      for (const statement of mysqlStatements(table)) {
        await expect(service.query(statement)).rejects.toThrow(REFUSED);
      }
      expect((await service.query(`SELECT * FROM ${table}`))[0]).toEqual(rows);
    }
    for (const table of ['ledger_head', 'sales_daily', 'schema_migrations']) {
      await expect(service.query(`DELETE FROM ${table}`)).rejects.toThrow(/denied/);
    }
    await service.end();
  });

  test("a production database, without the dummy shop, serves the service's account, which changes no schema", async () => {
    const service = await startService(seeded.environment);
    const count = { productID: '1', availableQuantity: '5' };
    expect((await service.ask.post('/inventory').field(count)).status).toBe(201);
    expect((await service.ask.post('/sales').field({ productID: '1', quantity: '2' })).status).toBe(
      201,
    );
    expect((await service.ask.get('/readyz')).status).toBe(200);
    await service.close();
  });

  /** Opens the database by these settings, and asks it something. */
  async function open(settings: Readonly<Record<string, string>>): Promise<number> {
    const store = openStore(readConfig({ ...seeded.environment, ...settings }));
    try {
      return await store.lastRecordAt(new Date());
    } finally {
      await store.close();
    }
  }

  const version = async () =>
    (await seeded.admin.query('SELECT MAX(version) AS version FROM schema_migrations'))[0];

  test('an older schema is brought forward by the account for that, or refused in a line that says what to do', async () => {
    const newest = migrations('mysql').length;
    // Each statement of a migration can be run again. The first file makes the column of the turn that a later one renames.
    const makeOld = () => seeded.admin.query('DELETE FROM schema_migrations WHERE version > 1');
    await makeOld();
    await expect(open({})).rejects.toThrow(
      new RegExp(`at version 1, this service needs ${newest}.*DB_MIGRATION_USER`),
    );
    const migrator = { DB_MIGRATION_USER: seeded.migrator, DB_MIGRATION_PASSWORD: seeded.migrator };
    expect(await open(migrator)).toBe(0);
    expect(await version()).toEqual([{ version: newest }]);

    // One of before: it does not know the migrator, and the service's own account may change it.
    await makeOld();
    await seeded.admin.query(
      `GRANT CREATE, ALTER, INDEX ON ${seeded.database}.* TO '${seeded.service}'@'%'`,
    );
    expect(await open({ DB_MIGRATION_USER: 'nobody', DB_MIGRATION_PASSWORD: 'x' })).toBe(0);
    expect(await version()).toEqual([{ version: newest }]);
  });
});
