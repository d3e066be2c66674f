import { readFileSync } from 'node:fs';
import path from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { type MysqlPlace, mysqlPlace } from './stores';

const ROOT = path.join(__dirname, '..');

/** A database that db/init.sql has seeded, with names of its own. */
export interface SeededDatabase {
  readonly database: string;
  /** The service's account; its password is the same. */
  readonly service: string;
  /** The account that changes the schema. */
  readonly migrator: string;
  readonly admin: mysql.Connection;
  /** A session of one of the accounts. */
  connect(account: string): Promise<mysql.Connection>;
  /** The settings of a service that uses it with its own account. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

let seeded = 0;

/** Runs db/init.sql as the mysql client would, without the dummy shop for a production database. */
export async function seedDatabase({ dummyShop = true } = {}): Promise<SeededDatabase> {
  const place: MysqlPlace = await mysqlPlace();
  seeded += 1;
  const unique = `${process.pid}_${seeded}_${Date.now() % 100_000}`;
  const database = `${place.address.database}_init`;
  const [service, migrator] = [`svc${unique}`, `mig${unique}`];
  const { host, port, user, password } = place.address;
  const admin = await mysql.createConnection({
    host,
    port,
    user,
    password,
    multipleStatements: true,
  });
  const sql = readFileSync(path.join(ROOT, 'db', 'init.sql'), 'utf8')
    .replace(/^SOURCE db\/dummy.*$/gm, (line) => (dummyShop ? line : ''))
    .replace(/^SOURCE (.*)$/gm, (_line, file) => readFileSync(path.join(ROOT, file), 'utf8'))
    .replaceAll(/\bshop\b(?!\.sql)/g, database)
    .replaceAll('inventory_service', service)
    .replaceAll('inventory_migrator', migrator);
  const [rows] = await admin.query<RowDataPacket[]>('SELECT VERSION() AS version');
  // MySQL 5.6 lacks IF NOT EXISTS for accounts, which 5.7 has.
  const is56 = String(rows[0]?.version).startsWith('5.6.');
  await admin.query(is56 ? sql.replaceAll('CREATE USER IF NOT EXISTS', 'CREATE USER') : sql);
  return {
    database,
    service,
    migrator,
    admin,
    connect: (account) =>
      mysql.createConnection({ host, port, user: account, password: account, database }),
    environment: {
      ...place.environment,
      DB_NAME: database,
      DB_USER: service,
      DB_PASSWORD: service,
    },
    remove: async () => {
      await admin.query(`DROP DATABASE IF EXISTS ${database}`);
      for (const account of [service, migrator]) await admin.query(`DROP USER '${account}'@'%'`);
      await admin.end();
      await place.remove();
    },
  };
}
