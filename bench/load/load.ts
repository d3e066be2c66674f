import { spawnSync } from 'node:child_process';
import { Autocannon } from './autocannon';
import { Wrk } from './wrk';

/** One request to send. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What to send: each connection takes the next request of the list as soon as it has an answer. */
export interface Loading {
  /** `http://host:port`. */
  readonly url: string;
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  readonly seconds: number;
}

/** The result. Every answer was a 2xx. */
export interface Loaded {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends load to a server, from a separate process. */
export interface Load {
  readonly name: string;
  /** @throws Error if any request failed or was not answered by 2xx: such a result does not count */
  run(loading: Loading): Promise<Loaded>;
}

/** wrk if it is installed, because it uses the least CPU of the cores that it shares with the server; else autocannon. */
export function findLoad(): Load {
  // wrk prints its version and exits with 1.
  const { error, stdout } = spawnSync('wrk', ['--version'], { encoding: 'utf8' });
  return error ? new Autocannon() : new Wrk(/wrk \S+/.exec(stdout)?.[0] ?? 'wrk');
}

/** @throws Error if there was anything but answers of 2xx */
export function refuseErrors(errors: Readonly<Record<string, number>>, answers: number): void {
  const found = Object.entries(errors).filter(([, count]) => count > 0);
  if (found.length > 0 || answers === 0) {
    const counts = found.map(([kind, count]) => `${count} ${kind}`).join(', ');
    throw new Error(`${answers} answers, and among them: ${counts || 'nothing'}`);
  }
}
