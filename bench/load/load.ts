import { spawnSync } from 'node:child_process';
import { Autocannon } from './autocannon';
import { Wrk } from './wrk';

/** One request, as it is sent. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What to send: each connection its next request as soon as it has the answer to the last, in turn from the list. */
export interface Loading {
  /** `http://host:port`. */
  readonly url: string;
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  readonly seconds: number;
}

/** What came of it. Every answer was a 2xx. */
export interface Loaded {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Loads a server from a process of its own. */
export interface Load {
  readonly name: string;
  /** @throws Error where any request failed, or was not answered by 2xx: that is no figure */
  run(loading: Loading): Promise<Loaded>;
}

/** wrk where it is installed, since it takes the least of the cores that it shares with what it loads; else autocannon. */
export function findLoad(): Load {
  // wrk says its version and exits 1.
  const { error, stdout } = spawnSync('wrk', ['--version'], { encoding: 'utf8' });
  return error ? new Autocannon() : new Wrk(/wrk \S+/.exec(stdout)?.[0] ?? 'wrk');
}

/** @throws Error where there is anything but answers by 2xx */
export function refuseErrors(errors: Readonly<Record<string, number>>, answers: number): void {
  const found = Object.entries(errors).filter(([, count]) => count > 0);
  if (found.length > 0 || answers === 0) {
    const counts = found.map(([kind, count]) => `${count} ${kind}`).join(', ');
    throw new Error(`${answers} answers, and among them: ${counts || 'nothing'}`);
  }
}
