import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');

/** Answers each message with what the process uses once nothing is left to be collected. Its threads load this too. */
const REPORTER = `process.on('message', () => {
  gc();
  process.send(process.memoryUsage());
});
process.channel?.unref();
`;

/** The program, built in its own folder, independent of other builds at the same time. */
export function build(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'inventory-build-'));
  const config = path.join(ROOT, 'tsconfig.build.json');
  const compiler = path.join(ROOT, 'node_modules', '.bin', 'tsc');
  execFileSync(compiler, ['-p', config, '--outDir', path.join(folder, 'dist')], { cwd: ROOT });
  for (const name of ['db', 'node_modules', 'package.json']) {
    symlinkSync(path.join(ROOT, name), path.join(folder, name));
  }
  writeFileSync(path.join(folder, 'reporter.js'), REPORTER);
  return folder;
}

export function removeBuild(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A service in a process of its own, which says how much memory it uses. */
export class MeasuredService {
  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** @param heapMb all that the process may have on its heap: with more it ends */
  static async start(
    folder: string,
    settings: Readonly<Record<string, string>>,
    heapMb: number,
  ): Promise<MeasuredService> {
    const options = ['--expose-gc', `--max-old-space-size=${heapMb}`];
    const preload = ['--require', path.join(folder, 'reporter.js')];
    const child = spawn(
      process.execPath,
      [...options, ...preload, path.join(folder, 'dist', 'main.js')],
      {
        cwd: folder,
        env: { HOST: '127.0.0.1', PORT: '0', ...settings },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      },
    );
    const port = await new Promise((resolve, reject) => {
      let log = '';
      child.stdout?.on('data', (chunk) => {
        log += chunk;
        if (log.includes('"msg":"ready"')) resolve(/"port":(\d+)/.exec(log)?.[1]);
      });
      child.once('exit', () => reject(new Error(`it ended: ${log}`)));
    });
    return new MeasuredService(child, `http://127.0.0.1:${port}`);
  }

  async memory(): Promise<NodeJS.MemoryUsage> {
    const answer = once(this.child, 'message');
    this.child.send('memory');
    const [usage] = await answer;
    return usage as NodeJS.MemoryUsage;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
