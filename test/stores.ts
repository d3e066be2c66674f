import { rmSync } from 'node:fs';
import path from 'node:path';
import mysql from 'mysql2/promise';
import type { LedgerStore } from '../app/ledger/store';
import type { MysqlAddress } from '../app/store/mysql/connection';
import { MysqlStore } from '../app/store/mysql/mysql-store';
import { SqliteStore } from '../app/store/sqlite/sqlite-store';
import { databaseFolder } from './servers/folder';

/** A place for one ledger, empty at first, that any number of stores and processes may open. */
export interface LedgerPlace {
  open(): LedgerStore;
  /** The settings of a service that uses it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs one statement beside the service, as an administrator would, and returns its rows. */
  sql(statement: string): Promise<unknown[]>;
  remove(): Promise<void>;
}

/** A ledger in MySQL, and where it is. */
export interface MysqlPlace extends LedgerPlace {
  readonly address: MysqlAddress;
}

/** Every store to test, by name. */
export const STORES: Record<string, () => Promise<LedgerPlace>> = {
  SQLite: sqlitePlace,
  ...(process.env.TEST_WITHOUT_MYSQL ? {} : { MySQL: mysqlPlace }),
};

/** Runs a suite on every store. `place()` is an empty ledger, a new one in each test. */
export function onEveryStore(suite: (place: () => LedgerPlace, name: string) => void): void {
  describe.each(Object.entries(STORES))('on %s', (name, make) => suite(usePlace(make), name));
}

/** Makes a place before each test. All places of a suite are removed at its end, when nothing uses them any more. */
export function usePlace<Place extends LedgerPlace>(make: () => Promise<Place>): () => Place {
  const places: Place[] = [];
  beforeEach(async () => {
    places.push(await make());
  });
  afterAll(() => Promise.all(places.map((place) => place.remove())));
  return () => places.at(-1) as Place;
}

/** Runs a suite on MySQL only. It is skipped if MySQL is left out of the run. */
export const describeMysql = process.env.TEST_WITHOUT_MYSQL ? describe.skip : describe;

export async function sqlitePlace(): Promise<LedgerPlace> {
  const folder = databaseFolder('inventory-test-');
  const file = path.join(folder, 'ledger.sqlite');
  return {
    open: () => new SqliteStore(file),
    environment: { SQLITE_FILE: file },
    sql: async (statement) => {
      const { DatabaseSync } = await import('@photostructure/sqlite');
      const database = new DatabaseSync(file, { timeout: 5_000 });
      try {
        return database.prepare(statement).all();
      } finally {
        database.close();
      }
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

let places = 0;

/** @param serverUrl the URL of a server; by default the one that all tests share */
export async function mysqlPlace(
  serverUrl = process.env.TEST_MYSQL_URL as string,
): Promise<MysqlPlace> {
  const url = new URL(serverUrl);
  places += 1;
  const server = {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  const address = {
    ...server,
    database: `ledger_${process.pid}_${places}_${Date.now() % 1_000_000}`,
  };
  const admin = async (statement: string, database?: string) => {
    const connection = await mysql.createConnection({
      ...server,
      ...(database !== undefined && { database }),
      timezone: 'Z',
      supportBigNumbers: true,
    });
    try {
      const [rows] = await connection.query(statement);
      return Array.isArray(rows) ? rows : [];
    } finally {
      await connection.end();
    }
  };
  await admin(`CREATE DATABASE ${address.database} DEFAULT CHARACTER SET utf8mb4`);
  return {
    address,
    open: () => new MysqlStore(address),
    environment: {
      DB_HOST: address.host,
      DB_PORT: String(address.port),
      DB_USER: address.user,
      DB_PASSWORD: address.password,
      DB_NAME: address.database,
    },
    sql: (statement) => admin(statement, address.database),
    remove: async () => {
      await admin(`DROP DATABASE ${address.database}`);
    },
  };
}
