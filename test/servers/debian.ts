import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** Installs packages of Debian's for the tests, if that is allowed: by root, with apt-get. */
export function installDebianPackages(...packages: string[]): void {
  if (userInfo().uid !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log(`Installing ${packages.join(' and ')} for the tests.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
