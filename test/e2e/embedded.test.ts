import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../faults/until';
import { freePort } from '../servers/free-port';

const ROOT = path.join(__dirname, '..', '..');

/** What ./run.sh builds from. It builds in a copy, since other tests use what is built here. */
const SOURCES = ['app', 'db', 'package.json', 'package-lock.json', 'run.sh', 'tsconfig.build.json'];

/** The build, on a machine that others use at the same time. */
const BUILD_TIMEOUT_MS = 300_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inventory-embedded-'));
  for (const source of [...SOURCES, 'tsconfig.json']) {
    cpSync(path.join(ROOT, source), path.join(folder, source), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  // Older than the packages, so that they count as installed.
  utimesSync(path.join(folder, 'package-lock.json'), 0, 0);
});
afterAll(() => rmSync(folder, { recursive: true }));

test(
  './run.sh --embedded starts service and monitor, a sale comes to an alert, and SIGTERM ends both',
  async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const run = spawn('./run.sh', ['--embedded'], {
      cwd: folder,
      env: { ...process.env, PORT: String(port), SMTP_URL: '', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [run.stdout, run.stderr]) {
      stream.on('data', (text) => {
        output += text;
      });
    }
    const closed = once(run, 'close');
    try {
      const isReady = async () => {
        if (run.exitCode !== null) throw new Error(`./run.sh ended:\n${output}`);
        const answer = await fetch(`${url}/readyz`).catch(() => undefined);
        return answer?.status === 200;
      };
      await until('the service to be ready', isReady, BUILD_TIMEOUT_MS);
      const body = new URLSearchParams({ productID: '6', quantity: '6' });
      expect((await fetch(`${url}/sales`, { method: 'POST', body })).status).toBe(201);
      const alert = await until('the alert', async () => {
        const answer = await fetch(`${url}/alerts?productID=6`);
        return ((await answer.json()) as unknown[])[0];
      });
      expect(alert).toMatchObject({ kind: 'out', status: 'open', deliveries: [] });
      expect(output).toContain('mail is off');
    } finally {
      run.kill('SIGTERM');
    }
    // Once nobody holds its output any more, service and monitor have ended, too.
    expect(await closed).toEqual([0, null]);
    expect(output.match(/"msg":"stopped"/g)).toHaveLength(2);
  },
  BUILD_TIMEOUT_MS + 60_000,
);
