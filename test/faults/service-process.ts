import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ServiceClient } from '../servers/service-client';
import { until } from './until';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'main.js');

/** One line of the service's log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

type Settings = Readonly<Record<string, string>>;

/** A service in a process of its own, on a free port, with no settings but those given. */
export class ServiceProcess extends ServiceClient {
  static readonly #alive = new Set<ChildProcess>();

  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #stderr = '';
  #exit: Exit | undefined;
  #port: number | undefined;

  private constructor(settings: Settings, command: string[]) {
    super();
    this.#child = spawn(process.execPath, [MAIN, ...command], {
      // Not the repository, whose .env is a developer's own.
      cwd: tmpdir(),
      env: { HOST: '127.0.0.1', PORT: '0', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const child = this.#child;
    ServiceProcess.#alive.add(child);
    this.#gatherLines();
    child.stderr?.on('data', (chunk) => {
      this.#stderr += chunk;
    });
    this.exited = new Promise((resolve) => {
      // When its output has been read to the end, too.
      child.once('close', (code, signal) => {
        ServiceProcess.#alive.delete(child);
        this.#exit = { code, signal };
        resolve(this.#exit);
      });
    });
  }

  /** Starts a service and waits until it has loaded its stock. */
  static async start(settings: Settings): Promise<ServiceProcess> {
    const service = await ServiceProcess.startUnready(settings);
    await service.logged('ready');
    return service;
  }

  /** Starts a service and waits until it listens, whether or not its database is there. */
  static async startUnready(settings: Settings): Promise<ServiceProcess> {
    const service = new ServiceProcess(settings, []);
    service.#port = Number((await service.logged('listening')).port);
    return service;
  }

  /** Starts a monitor and waits until it watches. */
  static async startMonitor(settings: Settings): Promise<ServiceProcess> {
    const monitor = new ServiceProcess(settings, ['monitor']);
    await monitor.logged('watching');
    return monitor;
  }

  /** Runs the program to its end. */
  static async run(settings: Settings, ...command: string[]) {
    const ran = new ServiceProcess(settings, command);
    const exit = await ran.exited;
    return { ...exit, stdout: ran.#lines.join('\n'), stderr: ran.#stderr };
  }

  /** Ends every process that a test left behind. */
  static async killAll(): Promise<void> {
    const ended = [...ServiceProcess.#alive].map(
      (child) => new Promise((resolve) => child.once('close', resolve)),
    );
    for (const child of ServiceProcess.#alive) child.kill('SIGKILL');
    await Promise.all(ended);
  }

  get port(): number {
    return this.#port as number;
  }

  get log(): LogLine[] {
    return this.#lines.map((line) => JSON.parse(line));
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The processes that it has started, as Linux knows them. */
  children(): number[] {
    const { pid } = this.#child;
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return listed === '' ? [] : listed.split(' ').map(Number);
  }

  /** Waits for a line of the log that begins so. @throws Error where the process ends before it says it */
  logged(beginning: string): Promise<LogLine> {
    return until(`a log line "${beginning}…"`, () => {
      const found = this.#lines.findLast((line) => line.includes(`"msg":"${beginning}`));
      if (found) return JSON.parse(found) as LogLine;
      if (this.#exit) throw new Error(`it ended: ${this.#stderr}${this.#lines.join('\n')}`);
      return undefined;
    });
  }

  #gatherLines(): void {
    let rest = '';
    this.#child.stdout?.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() as string;
      this.#lines.push(...lines);
    });
  }
}
