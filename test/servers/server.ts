import { spawnSync } from 'node:child_process';
import { startContainer } from './container';
import { databaseFolder } from './folder';
import { installLocalServer, localServer, startLocal } from './local';

/** A MySQL-protocol server of the tests' own, with an account `root` that has no password or one in `url`. */
export interface TestServer {
  /** `mysql://user:password@host:port`, without a database. */
  readonly url: string;
  /** Kills it as a power cut would: SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and data, and waits until it answers. */
  restart(): Promise<void>;
  /** Ends it and removes all that it left. */
  remove(): Promise<void>;
}

/** It need not survive a power cut, so it waits for no disk. */
const UNSYNCED = [
  '--innodb-flush-log-at-trx-commit=0',
  '--sync-binlog=0',
  '--innodb-doublewrite=0',
];

/** Where the image keeps its data: in memory. */
const IN_MEMORY = ['--tmpfs', '/var/lib/mysql'];

/** Starts the server that all tests share. It is quick, and must not be killed: a container would lose its data. */
export function startSharedServer(): Promise<TestServer> {
  return start(UNSYNCED, IN_MEMORY);
}

/** Starts a server that may be killed and restarted, and keeps what it has acknowledged. */
export function startServer(): Promise<TestServer> {
  return start();
}

/**
 * Starts a server: a container where there is an engine, else the machine's own `mysqld` or `mariadbd`,
 * else Debian's `mariadb-server`, installed for it.
 *
 * @throws Error that says what to do, if none of these is available
 */
async function start(
  options: readonly string[] = [],
  ofDocker: readonly string[] = [],
): Promise<TestServer> {
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0) {
    return startContainer(options, ofDocker);
  }
  if (localServer() || installLocalServer()) {
    return startLocal(options, databaseFolder('inventory-mysql-'));
  }
  throw new Error(
    'The tests need a MySQL server: name one as TEST_MYSQL_URL=mysql://root:password@host:port, start a Docker engine, or install mariadb-server. ./run.sh test --no-mysql leaves MySQL out.',
  );
}
