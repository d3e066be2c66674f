import { spawnSync } from 'node:child_process';
import { startContainer } from './container';
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

/**
 * Starts a server: a container where there is an engine, else the machine's own `mysqld` or `mariadbd`,
 * else Debian's `mariadb-server`, installed for it.
 *
 * @throws Error that says what to do, where none of these can be had
 */
export async function startServer(): Promise<TestServer> {
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0) return startContainer();
  if (localServer() || installLocalServer()) return startLocal();
  throw new Error(
    'The tests need a MySQL server: name one as TEST_MYSQL_URL=mysql://root:password@host:port, start a Docker engine, or install mariadb-server. ./run.sh test --no-mysql leaves MySQL out.',
  );
}
