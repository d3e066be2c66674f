import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../test/servers/free-port';
import { groupCpuMs, groupMemoryBytes } from '../measure/process';

/** How often a server that starts is asked whether it answers, and how long. */
const POLL_MS = 5;
const START_TIMEOUT_MS = 120_000;

/** How long a server that was asked to end may take. */
const STOP_TIMEOUT_MS = 10_000;

/** Node's options as the service is deployed with, for it and for what it is compared with. */
const NODE_OPTIONS = nodeOptions(readFileSync(path.resolve('app', 'Dockerfile'), 'utf8'));

type Environment = Readonly<Record<string, string>>;

/** A server in a process, and a process group, of its own. Its log goes nowhere. */
export class ServerProcess {
  readonly url: string;
  /** From the start of its process until it was ready. */
  readonly startMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string, startMs: number) {
    this.#child = child;
    this.url = url;
    this.startMs = startMs;
  }

  /**
   * Starts a script on a free port, which it is told as PORT, and waits until it is ready.
   *
   * @param ready what it answers by 2xx as soon as it is
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
    // Who interrupts the bench ends this, too.
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    await untilAnswered(child, `${url}${ready}`);
    return new ServerProcess(child, url, performance.now() - begun);
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** CPU time that it has used, all its processes together; undefined where the machine does not say. */
  cpuMs(): number | undefined {
    return groupCpuMs(this.#child.pid as number);
  }

  /** Memory that it holds now, or the most that it ever held. */
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
      // Nobody listens there yet.
    }
    await pause(POLL_MS);
  }
}
