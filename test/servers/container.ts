import { execFileSync } from 'node:child_process';
import { untilAnswers } from './answers';
import { freePort } from './free-port';
import type { TestServer } from './server';

/** The image that Compose deploys, by default. */
const IMAGE = process.env.TEST_MYSQL_IMAGE ?? 'mysql:5.7';
const PASSWORD = 'test';

/**
 * Starts a container on a port of loopback. The port is drawn here: one that Docker draws changes with a restart.
 *
 * @param options further options of the server, such as `--sync-binlog=1`
 * @param ofDocker further options of `docker run`
 */
export async function startContainer(
  options: readonly string[] = [],
  ofDocker: readonly string[] = [],
): Promise<TestServer> {
  const port = await freePort();
  const environment = `MYSQL_ROOT_PASSWORD=${PASSWORD}`;
  const ports = `127.0.0.1:${port}:3306`;
  const run = ['run', '-d', '-e', environment, '-p', ports, ...ofDocker, IMAGE, ...options];
  const id = docker(...run).trim();
  const url = `mysql://root:${PASSWORD}@127.0.0.1:${port}`;
  await untilAnswers(url);
  return {
    url,
    kill: async () => {
      docker('kill', '--signal', 'KILL', id);
    },
    restart: async () => {
      docker('start', id);
      await untilAnswers(url);
    },
    remove: async () => {
      docker('rm', '--force', '--volumes', id);
    },
  };
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
