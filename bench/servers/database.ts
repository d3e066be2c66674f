import { spawnSync } from 'node:child_process';
import mysql from 'mysql2/promise';
import { startContainer } from '../../test/servers/container';
import { localServer, startLocal } from '../../test/servers/local';
import { cpuMs } from '../measure/process';

/** Full durability, and room in memory for the longest ledger. */
const OPTIONS = [
  '--log-bin=binlog',
  '--server-id=1',
  '--binlog-format=ROW',
  '--sync-binlog=1',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=2G',
];

/** Figures count only with these settings. */
const DURABILITY = {
  log_bin: '1',
  binlog_format: 'ROW',
  sync_binlog: '1',
  innodb_flush_log_at_trx_commit: '1',
};

/** The database server of one run. */
export interface Database {
  readonly version: string;
  /** The settings for durability, as the server reports them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Makes a database. @returns the service's settings that name it */
  create(name: string): Promise<Readonly<Record<string, string>>>;
  drop(name: string): Promise<void>;
  /** A connection of an administrator. */
  connect(name?: string): Promise<mysql.Connection>;
  /** CPU time that it has used; undefined if that is unknown. */
  cpuMs(): number | undefined;
  remove(): Promise<void>;
}

/**
 * Uses the server that BENCH_MYSQL_URL names. Otherwise it starts the machine's own server on a temporary directory, or
 * else a container.
 *
 * @throws Error if the server is not fully durable
 */
export async function startDatabase(): Promise<Database> {
  const server = await startServer();
  const url = new URL(server.url);
  const account = {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  const connect = (name?: string) =>
    mysql.createConnection({
      ...account,
      ...(name !== undefined && { database: name }),
      charset: 'utf8mb4',
      timezone: 'Z',
    });
  try {
    const admin = await connect();
    const { version, ...settings } = await settingsOf(admin);
    refuseLessDurable(settings);
    return {
      version: version ?? '',
      settings,
      create: async (name) => {
        await admin.query(`DROP DATABASE IF EXISTS ${name}`);
        await admin.query(`CREATE DATABASE ${name} DEFAULT CHARACTER SET utf8mb4`);
        return {
          DB_HOST: account.host,
          DB_PORT: String(account.port),
          DB_USER: account.user,
          DB_PASSWORD: account.password,
          DB_NAME: name,
        };
      },
      drop: async (name) => {
        await admin.query(`DROP DATABASE IF EXISTS ${name}`);
      },
      connect,
      cpuMs: () => (server.pid === undefined ? undefined : cpuMs(server.pid)),
      remove: async () => {
        await admin.end();
        await server.remove();
      },
    };
  } catch (error) {
    await server.remove();
    throw error;
  }
}

interface Server {
  readonly url: string;
  readonly pid?: number;
  remove(): Promise<void>;
}

async function startServer(): Promise<Server> {
  const url = process.env.BENCH_MYSQL_URL;
  if (url) return { url, remove: async () => {} };
  if (localServer()) return startLocal(OPTIONS);
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0)
    return startContainer(OPTIONS);
  throw new Error(
    'The benchmarks need a MySQL server: name one as BENCH_MYSQL_URL=mysql://root:password@host:port, install mariadb-server, or start a Docker engine.',
  );
}

async function settingsOf(admin: mysql.Connection): Promise<Record<string, string>> {
  const names = [...Object.keys(DURABILITY), 'innodb_buffer_pool_size', 'version'];
  const [rows] = await admin.query(`SELECT ${names.map((name) => `@@${name} AS ${name}`).join()}`);
  const [row = {}] = rows as Record<string, unknown>[];
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]));
}

function refuseLessDurable(settings: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(DURABILITY)) {
    if (settings[name] !== value)
      throw new Error(`the database has ${name} = ${settings[name]}, and must have ${value}`);
  }
}
