import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../faults/until';
import { freePort } from '../servers/free-port';

const ROOT = path.join(__dirname, '..', '..');

/** What ./run.sh builds from. It builds in a copy, since other tests use what is built here. */
const SOURCES = ['app', 'db', 'package.json', 'package-lock.json', 'run.sh', 'tsconfig.build.json'];

/** The build, on a machine that others use at the same time. */
const BUILD_TIMEOUT_MS = 300_000;

/** What is asked for by a terminal's colours and cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

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

/** A run of ./run.sh, and what it prints. */
class Run {
  stdout = '';
  stderr = '';
  readonly url: string;
  readonly closed: Promise<unknown[]>;
  readonly #child: ChildProcess;

  constructor(
    port: number,
    command = './run.sh',
    args = ['--embedded'],
    cwd = folder,
    settings: Readonly<Record<string, string>> = {},
  ) {
    this.url = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env,
      PORT: String(port),
      SMTP_URL: '',
      MAIL_TO: '',
      LOG_LEVEL: 'info',
      ...settings,
    };
    // A group of its own, as a terminal or a service manager gives it.
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
    this.#child = spawn(command, args, { cwd, env, stdio, detached: true });
    this.#child.stdout?.on('data', (text) => {
      this.stdout += text;
    });
    this.#child.stderr?.on('data', (text) => {
      this.stderr += text;
    });
    this.closed = once(this.#child, 'close');
  }

  /** Waits for something that a run does which has not ended. */
  until<T>(what: string, probe: () => Promise<T> | T): Promise<NonNullable<T>> {
    const probing = async () => {
      if (this.#child.exitCode !== null) {
        throw new Error(`./run.sh ended:\n${this.stdout}${this.stderr}`);
      }
      return (await probe()) as NonNullable<T>;
    };
    return until(what, probing, BUILD_TIMEOUT_MS) as Promise<NonNullable<T>>;
  }

  async get(resource: string): Promise<Response | undefined> {
    return fetch(`${this.url}${resource}`).catch(() => undefined);
  }

  /** Asks it to end, as a terminal or a service manager does, and waits until all that it started has ended. */
  async end(): Promise<unknown[]> {
    this.#child.kill('SIGTERM');
    // Once nobody holds its output any more, service and monitor have ended, too.
    return this.closed;
  }

  /** Asks it, and at once all that it has started in its group. */
  async endGroup(): Promise<unknown[]> {
    process.kill(-(this.#child.pid as number), 'SIGTERM');
    return this.closed;
  }
}

test(
  './run.sh --embedded starts service and monitor, a sale opens an alert, and SIGTERM ends both',
  async () => {
    const run = new Run(await freePort());
    let ended: unknown[] = [];
    try {
      await run.until('the service', async () => (await run.get('/readyz'))?.status === 200);
      const body = new URLSearchParams({ productID: '6', quantity: '6' });
      expect((await fetch(`${run.url}/sales`, { method: 'POST', body })).status).toBe(201);
      const alert = await run.until('the alert', async () => {
        const answer = await run.get('/alerts?productID=6');
        return ((await answer?.json()) as unknown[] | undefined)?.[0];
      });
      expect(alert).toMatchObject({ kind: 'out', status: 'open', deliveries: [] });
    } finally {
      ended = await run.end();
    }
    expect(ended).toEqual([0, null]);
    // People get what they need beside the log, which is for programs here.
    const log = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(log.filter(({ msg }) => msg === 'stopped')).toHaveLength(2);
    expect(log.map(({ msg }) => msg).join('\n')).toMatch(
      /mail is off.*\n(.*\n)*\d+ of 12 products are low/,
    );
    const printed = [
      /^Building the service and its page … \d+ s$/m,
      /^Filling the ledger with the dummy shop … \d+ s$/m,
      new RegExp(`^ {2}The page +http://localhost:${new URL(run.url).port}/$`, 'm'),
      new RegExp(`^ {2}The API +http://localhost:${new URL(run.url).port}/docs$`, 'm'),
      /^ {2}A phone +cannot reach it: ACCESS=keys /m,
      /^ {2}Access +asks nobody who they are, listens at 127\.0\.0\.1$/m,
      /^ {2}The ledger +data\/inventory\.sqlite$/m,
      /^ {2}Alert mail +off: /m,
      /^ {2}To stop +Ctrl-C$/m,
      /^Stopped\. All is saved in data\/\.$/m,
    ];
    const places = printed.map((line) => run.stderr.search(line));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  },
  BUILD_TIMEOUT_MS + 60_000,
);

test(
  'with ACCESS=keys it is for all machines, its link lets the owner in, and the monitor has a key of its own',
  async () => {
    const settings = { ACCESS: 'keys', SQLITE_FILE: path.join(folder, 'keys.sqlite') };
    const run = new Run(await freePort(), './run.sh', ['--embedded'], folder, settings);
    try {
      const [link, secret] = await run.until('the link', () =>
        /http:\/\/[^/ ]+\/#\/sign-in\/([\w-]{43})/.exec(run.stdout),
      );
      const signIn = new URLSearchParams({ invitation: String(secret) });
      const signedIn = await fetch(`${run.url}/sessions`, { method: 'POST', body: signIn });
      const Cookie = String(signedIn.headers.get('Set-Cookie')).split(';')[0] as string;
      const ask = (resource: string, init: RequestInit = {}) =>
        fetch(`${run.url}${resource}`, { ...init, headers: { Cookie } });
      const body = new URLSearchParams({ productID: '6', quantity: '6' });
      expect((await ask('/sales', { method: 'POST', body })).status).toBe(201);
      expect((await run.get('/inventory'))?.status).toBe(401);
      await run.until('the alert', async () => {
        return ((await (await ask('/alerts?productID=6')).json()) as unknown[])[0];
      });
      expect(run.stderr).toMatch(
        /^ {2}Access +asks everyone who they are, listens at 0\.0\.0\.0$/m,
      );
      expect(run.stderr).toContain(`The page     ${link?.split('#')[0]}`);
      const key = readFileSync(path.join(folder, 'data', 'monitor-key'), 'utf8');
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      expect(statSync(path.join(folder, 'data', 'monitor-key')).mode & 0o77).toBe(0);
      expect(run.stdout + run.stderr).not.toContain(key);
    } finally {
      await run.end();
    }
  },
  BUILD_TIMEOUT_MS,
);

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux(
  'started again, in a terminal, it builds nothing, and its log is for people',
  async () => {
    const built = () => statSync(path.join(folder, 'dist', '.built')).mtimeMs;
    const before = built();
    const run = new Run(await freePort(), 'script', ['-qefc', './run.sh --embedded', '/dev/null']);
    try {
      await run.until('the first look', () => run.stdout.includes('products are low'));
      await run.get('/inventory');
      expect((await run.get('/nowhere'))?.status).toBe(404);
    } finally {
      await run.end();
    }
    const seen = run.stdout.replaceAll(ESCAPES, '');
    expect(built()).toBe(before);
    expect(seen).toMatch(/The page +http:\/\/localhost:\d+\//);
    expect(seen).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: ready\r$/m);
    expect(seen).not.toMatch(/Building|Installing|Filling|"level"|request completed/);
  },
  BUILD_TIMEOUT_MS,
);

test(
  'with PORT=0 it prints the free port, and the monitor finds the service there',
  async () => {
    const run = new Run(0);
    try {
      await run.until('the first look', () => run.stdout.includes('products are low'));
      const [, port] = /The page +http:\/\/localhost:(\d+)\/\n/.exec(run.stderr) ?? [];
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    } finally {
      await run.end();
    }
  },
  BUILD_TIMEOUT_MS,
);

test('a setting that is wrong is all that it says, before any address', async () => {
  const wrong = [
    { PORT: 'abc' },
    { PORT: '70000' },
    { MONITOR_PORT: 'abc' },
    { SMTP_URL: 'bogus' },
    { QUEUE_LIMIT: 'abc' },
    { HOST: '0.0.0.0', ACCESS: 'open' },
  ];
  for (const settings of wrong) {
    const run = new Run(await freePort(), './run.sh', ['--embedded'], folder, settings);
    expect(await run.closed).toEqual([1, null]);
    expect(run.stderr).toContain(Object.keys(settings)[0]);
    expect(run.stderr).not.toMatch(/The page|PUBLIC_URL/);
    expect(run.stdout).toBe('');
  }
});

test('with Docker, ACCESS=open is published to this machine alone: it says what to do, and builds nothing', async () => {
  const bare = mkdtempSync(path.join(tmpdir(), 'inventory-bare-'));
  cpSync(path.join(ROOT, 'run.sh'), path.join(bare, 'run.sh'));
  mkdirSync(path.join(bare, 'bin'));
  writeFileSync(path.join(bare, 'bin', 'docker'), '#!/bin/sh\n', { mode: 0o755 });
  const settings = {
    PATH: `${path.join(bare, 'bin')}:${process.env.PATH}`,
    PUBLISH_ADDRESS: '0.0.0.0',
    ACCESS: '',
  };
  const run = new Run(await freePort(), './run.sh', ['--docker'], bare, settings);
  expect(await run.closed).toEqual([1, null]);
  expect(run.stderr).toMatch(
    /^run\.sh: PUBLISH_ADDRESS is "0\.0\.0\.0", .* set ACCESS=keys, .*\n$/,
  );
  rmSync(bare, { recursive: true });
});

test(
  'a signal to all of its group before the service is ready ends it as at any time',
  async () => {
    const run = new Run(await freePort());
    await run.until('the service to begin', () => run.stdout.includes('listening on port'));
    expect(await run.endGroup()).toEqual([0, null]);
    expect(run.stderr).toMatch(/^Stopped\. All is saved in data\/\.$/m);
  },
  BUILD_TIMEOUT_MS,
);

test('it says that it installs, one installs at a time, and what installs ends with it', async () => {
  const bare = mkdtempSync(path.join(tmpdir(), 'inventory-bare-'));
  cpSync(path.join(ROOT, 'run.sh'), path.join(bare, 'run.sh'));
  writeFileSync(path.join(bare, 'package-lock.json'), '{}');
  // In the place of npm what takes as long as it is let, and begins another process, as npm does.
  mkdirSync(path.join(bare, 'bin'));
  const npm = '#!/usr/bin/env bash\nsleep 300 & echo $! >>begun\nwait\n';
  writeFileSync(path.join(bare, 'bin', 'npm'), npm, { mode: 0o755 });
  const begun = () =>
    existsSync(path.join(bare, 'begun'))
      ? readFileSync(path.join(bare, 'begun'), 'utf8').trim().split('\n').map(Number)
      : [];
  const settings = { PATH: `${path.join(bare, 'bin')}:${process.env.PATH}` };
  const start = async () => new Run(await freePort(), './run.sh', ['--embedded'], bare, settings);
  const first = await start();
  await first.until('the installer', () => begun().length === 1);
  expect(first.stderr).toMatch(/^Installing the packages .* …\n$/);
  const second = await start();
  await second.until('the other to wait', () => second.stderr.includes('waiting until it is done'));
  expect(begun()).toHaveLength(1);
  expect(await first.end()).toEqual([143, null]);
  expect(() => process.kill(begun()[0] as number, 0)).toThrow('ESRCH');
  await second.until('the other to install', () => begun().length === 2);
  expect(await second.end()).toEqual([143, null]);
  expect(() => process.kill(begun()[1] as number, 0)).toThrow('ESRCH');
  rmSync(bare, { recursive: true });
});

test('with the port taken it says so before anything else, and no monitor works for another program there', async () => {
  const asked: string[] = [];
  const stranger = createServer((req, res) => {
    asked.push(String(req.url));
    res.end('[]');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const { port } = stranger.address() as AddressInfo;
  // Without packages, which it would have to install first.
  const bare = mkdtempSync(path.join(tmpdir(), 'inventory-bare-'));
  cpSync(path.join(ROOT, 'run.sh'), path.join(bare, 'run.sh'));
  const run = new Run(port, './run.sh', ['--embedded'], bare);
  expect(await run.closed).toEqual([1, null]);
  expect(run.stderr).toBe(
    `run.sh: Port ${port} is taken: stop what listens there, or choose another, as in PORT=${port + 1} ./run.sh\n`,
  );
  expect(asked).toEqual([]);
  stranger.closeAllConnections();
  await new Promise((resolve) => stranger.close(resolve));
  rmSync(bare, { recursive: true });
});
