import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { freePort } from '../servers/free-port';
import { until } from './until';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'main.js');

/** One that has not ended by then never will: what bounds its exit, SHUTDOWN_TIMEOUT_MS, is a quarter of it. */
const EXIT_MS = 60_000;

/** A request that has no answer by then never gets one. */
const ANSWER_MS = 60_000;

/** Requests between two looks at whether lines were dropped. */
const REQUESTS = 3_000;

let folder: string;
let running: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inventory-log-'));
  running = [];
});
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program with its standard output on `stdout`. */
function start(stdout: number | 'pipe', settings: Record<string, string>, ...command: string[]) {
  const env = {
    HOST: '127.0.0.1',
    SQLITE_FILE: path.join(folder, 'ledger.sqlite'),
    LOG_LEVEL: 'trace',
    ...settings,
  };
  const child = spawn(process.execPath, [MAIN, ...command], {
    cwd: folder,
    env,
    stdio: ['ignore', stdout, 'ignore'],
  });
  running.push(child);
  return child;
}

/** A pipe as a shell makes it. */
function unreadPipe(): number {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return openSync(pipe, 'r+');
}

/** Asks it to end, and says how it ended. */
async function ended(child: ChildProcess): Promise<unknown[] | string> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = new Promise<string>((resolve) => {
    setTimeout(() => resolve('it goes on'), EXIT_MS).unref();
  });
  return Promise.race([exited, timer]);
}

async function answers(port: number, resource = '/healthz'): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${resource}`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  return response.text();
}

const listening = (port: number) =>
  until('the service to answer', () =>
    answers(port)
      .then(() => true)
      .catch(() => false),
  );

async function dropped(port: number): Promise<number> {
  const metrics = await answers(port, '/metrics');
  return Number(/^inventory_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]);
}

/** A count is answered once it is durable. */
async function count(port: number): Promise<number> {
  const body = new URLSearchParams({ productID: '1', availableQuantity: '5' });
  const url = `http://127.0.0.1:${port}/inventory`;
  return (await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(ANSWER_MS) }))
    .status;
}

/**
 * Long lines, until some had to be dropped. Each process keeps about 4 MiB of them, and a URL is logged up to 1,000
 * characters: some 4,000 requests for each process. `fetch` alone would need most of the time for itself.
 */
async function fillLog(port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}/healthz?${'x'.repeat(1_000)}`;
  await until('lines to be dropped', async () => {
    await autocannon({ url, amount: REQUESTS, connections: 50, timeout: ANSWER_MS / 1_000 });
    return (await dropped(port)) > 0;
  });
}

describe.each([
  ['one process on a pipe', { WEB_CONCURRENCY: '1' }, unreadPipe],
  // What Node.js gives to a child, and systemd to a service.
  ['two processes on a socket', { WEB_CONCURRENCY: '2' }, () => 'pipe' as const],
])('a service of %s', (_name, processes, open) => {
  test('goes on, counts the lines and ends on a signal if the disk of its log is full', async () => {
    const port = await freePort();
    const full = openSync('/dev/full', 'w');
    const child = start(full, { ...processes, PORT: String(port) });
    closeSync(full);
    await listening(port);
    expect(await count(port)).toBe(201);
    expect(await dropped(port)).toBeGreaterThan(0);
    expect(await count(port)).toBe(201);
    expect(await ended(child)).toEqual([0, null]);
  });

  test('goes on, counts the lines and ends on a signal if nobody reads its log', async () => {
    const port = await freePort();
    const unread = open();
    const child = start(unread, { ...processes, PORT: String(port) });
    await listening(port);
    await fillLog(port);
    expect(await count(port)).toBe(201);
    expect(await ended(child)).toEqual([0, null]);
    if (unread !== 'pipe') closeSync(unread);
  });

  test('goes on, counts the lines and ends on a signal if the reader of its log has gone', async () => {
    const port = await freePort();
    const child = start('pipe', { ...processes, PORT: String(port) });
    await listening(port);
    child.stdout?.destroy();
    await until('lines to be dropped', async () => (await dropped(port)) > 0);
    expect(await count(port)).toBe(201);
    expect(await ended(child)).toEqual([0, null]);
  });
});

test.each([
  ['whose log is on a full disk', () => openSync('/dev/full', 'w')],
  ['whose log nobody reads', () => 'pipe' as const],
])('a monitor %s ends when it is told to', async (_name, output) => {
  // Nothing but a service that it can ask in vain.
  const asked = createServer((_req, res) => res.writeHead(503).end()).listen(0, '127.0.0.1');
  await once(asked, 'listening');
  const { port } = asked.address() as AddressInfo;
  const stdout = output();
  const monitor = start(stdout, { API_URL: `http://127.0.0.1:${port}` }, 'monitor');
  if (stdout !== 'pipe') closeSync(stdout);
  await once(asked, 'request');
  expect(await ended(monitor)).toEqual([0, null]);
  asked.close();
  asked.closeAllConnections();
});

/** Mounts a small disk in memory, where this user may. */
function mountSmall(where: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', where], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('once the disk has room again the log goes on, in lines of their own, and says how many were dropped', async () => {
  const disk = mkdtempSync(path.join(tmpdir(), 'inventory-disk-'));
  if (!mountSmall(disk)) {
    rmSync(disk, { recursive: true });
    return;
  }
  try {
    const port = await freePort();
    const ballast = path.join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(40_000));
    const log = path.join(disk, 'log');
    const fd = openSync(log, 'a');
    const child = start(fd, { PORT: String(port) });
    closeSync(fd);
    await listening(port);
    await fillLog(port);
    rmSync(ballast);
    await until('the log to go on', async () => {
      await answers(port, '/none');
      return readFileSync(log, 'utf8').includes('lines of the log were dropped');
    });
    expect(await ended(child)).toEqual([0, null]);
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    const isWhole = (line: string) => line.startsWith('{') && line.endsWith('}');
    // The one in which the disk was full.
    expect(lines.filter((line) => !isWhole(line)).length).toBeLessThanOrEqual(1);
    expect(statSync(log).size).toBeGreaterThan(0);
  } finally {
    await Promise.all(
      running.map((child) => {
        if (child.exitCode !== null) return undefined;
        child.kill('SIGKILL');
        return once(child, 'exit');
      }),
    );
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
});
