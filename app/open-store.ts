import type { Config } from './config';
import type { LedgerStore } from './ledger/store';
import { MysqlStore } from './store/mysql/mysql-store';
import { SqliteStore } from './store/sqlite/sqlite-store';

/** Opens the store that the settings name. */
export function openStore(config: Config): LedgerStore {
  if (config.dbHost === undefined) return new SqliteStore(config.sqliteFile);
  const address = {
    host: config.dbHost,
    port: config.dbPort,
    user: config.dbUser,
    password: config.dbPassword ?? '',
    database: config.dbName,
  };
  const { dbMigrationUser: user, dbMigrationPassword: password = '' } = config;
  return new MysqlStore(address, user === undefined ? undefined : { user, password });
}
