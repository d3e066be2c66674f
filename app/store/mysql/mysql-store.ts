import { SqlStore } from '../sql-store';
import type { MysqlAddress } from './connection';
import { MysqlEngine } from './engine';
import type { Migrator } from './migrator';

/** The ledger in MySQL 5.7 or later, or MariaDB. */
export class MysqlStore extends SqlStore {
  /** @param migrator changes the schema; without it the account of `address` does */
  constructor(address: MysqlAddress, migrator?: Migrator) {
    super(new MysqlEngine(address, migrator));
  }
}
