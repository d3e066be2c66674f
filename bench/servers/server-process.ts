import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../test/servers/free-port';
import { groupCpuMs, groupMemoryBytes } from '../measure/process';

/** How often and how long a starting server is asked whether it is ready. */
const POLL_MS = 5;
const START_TIMEOUT_MS = 120_000;

/** How long a server may take to stop. */
const STOP_TIMEOUT_MS = 10_000;

/** The options for Node with which the service is deployed. The references run with them too. */
const NODE_OPTIONS = nodeOptions(readFileSync(path.resolve('app', 'Dockerfile'), 'utf8'));

type Environment = Readonly<Record<string, string>>;

/** A server in its own process and process group. Its log is discarded. */
export class ServerProcess {
  readonly url: string;
  /** The time from the start of its process until it was ready. */
  readonly startMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string, startMs: number) {
    this.#child = child;
    this.url = url;
    this.startMs = startMs;
  }

  /**
   * Starts a script on a free port, which it gets as PORT, and waits until it is ready.
   *
   * @param ready the path that it answers by 2xx as soon as it is ready
   */
  static async start(
    script: string,
    environment: Environment,
    ready: string,
  ): Promise<ServerProcess> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const begun = performance.now();
    const child = spawn(process.execPath, [...NODE_OPTIONS, script], {
      cwd: tmpdir(),
      detached: true,
      env: {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    // Interrupting the benchmark ends this process too.
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    await untilAnswered(child, `${url}${ready}`);
    return new ServerProcess(child, url, performance.now() - begun);
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** CPU time that all its processes have used; undefined if the machine does not tell. */
  cpuMs(): number | undefined {
    return groupCpuMs(this.#child.pid as number);
  }

  /** Memory that it uses now, or the most that it has used. */
  memoryBytes(which: 'now' | 'most' = 'now'): number {
    return groupMemoryBytes(this.#child.pid as number, which) ?? Number.NaN;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const late = setTimeout(
      () => process.kill(-(this.#child.pid as number), 'SIGKILL'),
      STOP_TIMEOUT_MS,
    );
    await exited;
    clearTimeout(late);
  }
}

/** The options between `node` and the program in an image's entry point. */
function nodeOptions(dockerfile: string): string[] {
  const [, entryPoint = '[]'] = /^ENTRYPOINT (.*)$/m.exec(dockerfile) ?? [];
  return (JSON.parse(entryPoint) as string[]).slice(1, -1);
}

async function untilAnswered(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`a server ended with ${child.exitCode}`);
    if (performance.now() > deadline) throw new Error(`not ready in time: ${url}`);
    try {
      const response = await fetch(url);
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // It does not listen yet.
    }
    await pause(POLL_MS);
  }
}
