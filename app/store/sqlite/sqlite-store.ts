import { setTimeout as pause } from 'node:timers/promises';
import type { LedgerRecord } from '../../ledger/record';
import type { TopSellers, TopSellersQuery } from '../../ledger/sales';
import type { Audit, LedgerStore, Turn } from '../../ledger/store';
import { dummyShop } from '../schema';
import { selectAudit, selectTopSellers } from './answers';
import { Database, isBusy } from './database';
import { migrate } from './schema';
import { selectFrom, selectLatest } from './select';
import { SqliteTurn } from './turn';

/** How long the turn is waited for, before it is tried anew like any other failure. */
const TURN_TIMEOUT_MS = 2_000;

/** How often a taken lock is asked for: another process's turn lasts about as long as one fsync. */
const TURN_POLL_MS = 1;

/** The ledger in one SQLite file, beside which it keeps its write-ahead log. */
export class SqliteStore implements LedgerStore {
  readonly #writer: Database;
  /** A connection of its own: the writer's would see what is not yet committed. */
  readonly #reader: Database;

  /** Opens the file, made if it is not there, and brings its schema forward. */
  constructor(file: string) {
    this.#writer = new Database(file);
    migrate(this.#writer);
    this.#reader = new Database(file);
    this.#writer.neverBlock();
    this.#reader.neverBlock();
  }

  async load(): Promise<LedgerRecord[]> {
    return selectLatest(this.#reader);
  }

  async recordsFrom(record: number, limit: number): Promise<LedgerRecord[]> {
    return selectFrom(this.#reader, record, limit);
  }

  async topSellers(query: TopSellersQuery): Promise<TopSellers> {
    return selectTopSellers(this.#reader, query);
  }

  async audit(): Promise<Audit> {
    return selectAudit(this.#reader);
  }

  async takeTurn(): Promise<Turn> {
    const begun = performance.now();
    for (;;) {
      try {
        this.#writer.exec('BEGIN IMMEDIATE');
        return new SqliteTurn(this.#writer);
      } catch (error) {
        this.#writer.rollBack();
        if (!isBusy(error) || performance.now() - begun > TURN_TIMEOUT_MS) throw error;
        await pause(TURN_POLL_MS);
      }
    }
  }

  /**
   * Fills an empty ledger with the dummy shop.
   *
   * @returns false where it holds records already, and is left as it is
   */
  seedDummyShop(): boolean {
    return this.#writer.transaction('IMMEDIATE', () => {
      if (selectFrom(this.#writer, 1, 1).length > 0) return false;
      for (const sql of dummyShop('sqlite')) this.#writer.exec(sql);
      return true;
    });
  }

  async close(): Promise<void> {
    this.#writer.close();
    this.#reader.close();
  }
}
