import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Config } from './config';
import { createApp } from './http/app';
import { Ledger } from './ledger/ledger';
import type { LedgerStore } from './ledger/store';
import { MysqlStore } from './store/mysql/mysql-store';
import { SqliteStore } from './store/sqlite/sqlite-store';

/** The whole service, but for listening. */
export interface Service {
  readonly app: Express;
  readonly ledger: Ledger;
  /** Finishes what was accepted, and gives the store back. */
  close(): Promise<void>;
}

/** The largest random number that `randomInt` draws: unlikely enough to be drawn twice. */
const BATCH_MARK_MAX = 2 ** 48 - 1;

/** How often a read is tried again at most, within READ_TIMEOUT_MS. */
const READ_TRIES = 50;

/** Puts a service together from its settings. */
export function createService(config: Config, logger: Logger): Service {
  const store = openStore(config);
  const ledger = new Ledger(
    store,
    {
      now: () => new Date(),
      drawBatchMark: () => randomInt(1, BATCH_MARK_MAX),
      onRewound: (lastKnownRecord) =>
        logger.error(
          { lastKnownRecord },
          'THE LEDGER HAS GONE BACK: the last record known here is no longer in the database. Was a backup restored? Loading it again.',
        ),
    },
    {
      writer: {
        queueLimit: config.queueLimit,
        batchLimit: config.batchLimit,
        timeoutMs: config.writeTimeoutMs,
      },
      reads: { timeoutMs: config.readTimeoutMs, tries: READ_TRIES },
    },
  );
  return {
    app: createApp(ledger, logger, { bodyLimitBytes: config.bodyLimitBytes }),
    ledger,
    close: async () => {
      await ledger.close();
      await store.close();
    },
  };
}

/** Whether both forms of both answers agree on the whole ledger: see `LedgerStore.audit`. */
export async function verify(config: Config): Promise<{ agrees: boolean; report: string }> {
  const store = openStore(config);
  try {
    const { records, stock, sales } = await store.audit();
    const faults = [
      isDeepStrictEqual(stock.quick, stock.plain) ? [] : ['GET /inventory'],
      isDeepStrictEqual(sales.quick, sales.plain) ? [] : ['GET /sales'],
    ].flat();
    const scope = `${records} records, ${stock.plain.length} products, ${sales.plain.length} of them sold`;
    return {
      agrees: faults.length === 0,
      report:
        faults.length === 0
          ? `${scope}: the quick queries answer what the plain ones answer.`
          : `${scope}: the quick queries DIFFER from the plain ones for ${faults.join(' and ')}.`,
    };
  } finally {
    await store.close();
  }
}

/**
 * Fills an embedded store with the dummy shop, unless it holds records already.
 *
 * @returns whether it was filled
 */
export async function seedDummyShop(config: Config): Promise<boolean> {
  const store = new SqliteStore(config.sqliteFile);
  try {
    return store.seedDummyShop();
  } finally {
    await store.close();
  }
}

/** Opens the store that the settings name. */
function openStore(config: Config): LedgerStore {
  if (config.dbHost === undefined) return new SqliteStore(config.sqliteFile);
  return new MysqlStore({
    host: config.dbHost,
    port: config.dbPort,
    user: config.dbUser,
    password: config.dbPassword ?? '',
    database: config.dbName,
  });
}
