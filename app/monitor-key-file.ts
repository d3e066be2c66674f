import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ConfigError, type Environment } from './setting-table';

/** As long as the keys that ./run.sh makes. */
const KEY_BYTES = 32;

/**
 * The environment with MONITOR_KEY from the file MONITOR_KEY_FILE, if ACCESS=keys needs one and it is not set. Whichever of
 * service and monitor starts first makes the file, so nobody has to.
 *
 * @throws ConfigError if the file can be neither read nor made
 */
export function withMonitorKey(env: Environment): Environment {
  const { ACCESS, MONITOR_KEY, MONITOR_KEY_FILE: file } = env;
  if (ACCESS !== 'keys' || MONITOR_KEY || !file) return env;
  try {
    return { ...env, MONITOR_KEY: read(file) ?? make(file) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigError([
      `MONITOR_KEY_FILE must be a file that can be read or made, and is "${file}" (${code ?? message})`,
    ]);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the file whole or not at all, and keeps one that another process made meanwhile. @returns the key in it */
function make(file: string): string {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return read(file) as string;
}
