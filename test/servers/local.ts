import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { untilAnswers } from './answers';
import { installDebianPackages } from './debian';
import { freePort } from './free-port';
import type { TestServer } from './server';

/** Where packages put servers, which are often not on the PATH of an ordinary user. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin', ...(process.env.PATH ?? '').split(':')];

/** The machine's own server, or undefined if it has none. */
export function localServer(): string | undefined {
  return ['mariadbd', 'mysqld']
    .flatMap((name) => FOLDERS.map((folder) => path.join(folder, name)))
    .find(existsSync);
}

/** Installs Debian's mariadb-server, if that is allowed. @returns whether there is a server now */
export function installLocalServer(): boolean {
  installDebianPackages('mariadb-server');
  return localServer() !== undefined;
}

/** The machine's own server, while it runs. */
export interface LocalServer extends TestServer {
  /** Its process, which a restart changes. */
  readonly pid: number;
}

/**
 * Starts the machine's own server on a temporary folder and a free port of loopback.
 *
 * @param options further options of the server, such as `--sync-binlog=1`
 * @param folder where it keeps everything, removed with it; on the disk by default
 */
export async function startLocal(
  options: readonly string[] = [],
  folder = mkdtempSync(path.join(tmpdir(), 'inventory-mysql-')),
): Promise<LocalServer> {
  const server = localServer() as string;
  const data = path.join(folder, 'data');
  const port = await freePort();
  initialize(server, data);
  const url = `mysql://root@127.0.0.1:${port}`;
  let running = launch(server, folder, port, options);
  await untilAnswers(url);
  const end = async (signal: NodeJS.Signals) => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill(signal);
    await exited;
  };
  return {
    url,
    get pid() {
      return running.pid as number;
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      running = launch(server, folder, port, options);
      await untilAnswers(url);
    },
    remove: async () => {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function initialize(server: string, data: string): void {
  const user = `--user=${userInfo().username}`;
  const [command, ...args] = server.endsWith('mariadbd')
    ? ['mariadb-install-db', '--auth-root-authentication-method=normal', '--skip-test-db']
    : [server, '--initialize-insecure'];
  execFileSync(command as string, ['--no-defaults', `--datadir=${data}`, user, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function launch(
  server: string,
  folder: string,
  port: number,
  options: readonly string[],
): ChildProcess {
  const log = openSync(path.join(folder, 'log'), 'a');
  return spawn(
    server,
    [
      '--no-defaults',
      `--user=${userInfo().username}`,
      `--datadir=${path.join(folder, 'data')}`,
      `--socket=${path.join(folder, 'socket')}`,
      // Not the one of all: a server that starts deletes there what others have begun.
      `--tmpdir=${folder}`,
      `--pid-file=${path.join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      ...options,
    ],
    { stdio: ['ignore', log, log] },
  );
}
