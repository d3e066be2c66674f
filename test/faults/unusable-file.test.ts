import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { freePort } from '../servers/free-port';
import { smallDisk } from '../small-disk';
import { until } from './until';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'main.js');

/** The account `nobody`, where these tests are run as root, to whom no file is read-only. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

let folder: string;
let file: string;
let port: number;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'inventory-file-'));
  file = path.join(folder, 'ledger.sqlite');
  port = await freePort();
});
afterEach(async () => {
  if (child && child.exitCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  rmSync(folder, { recursive: true });
});

/** Starts the service by a shell, after what the shell is to do first. */
async function start(before: string, account: object): Promise<void> {
  const env = { PATH: process.env.PATH, PORT: String(port), SQLITE_FILE: file };
  const command = `${before} exec "$0" "$1"`;
  child = spawn('bash', ['-c', command, process.execPath, MAIN], {
    ...account,
    cwd: folder,
    env,
    stdio: 'ignore',
  });
  await until('an answer', () =>
    ask('/healthz').then(
      () => true,
      () => false,
    ),
  );
}

async function ask(resource: string, fields?: Record<string, string>) {
  const post = fields && { method: 'POST', body: new URLSearchParams(fields) };
  const response = await fetch(`http://127.0.0.1:${port}${resource}`, post);
  return { status: response.status, body: await response.json() };
}

const count = () => ask('/inventory', { productID: '1', availableQuantity: '5' });
const refused = (reason: string) => ({
  status: 503,
  body: { type: '/problems/store-unusable', reason },
});

test('a file that may grow no further takes no changes, and readiness says so', async () => {
  // In blocks of 1,024 bytes: the log has no room for many changes.
  await start('ulimit -f 200;', {});
  const answer = await until('a change to be refused', async () => {
    const counted = await count();
    return counted.status === 201 ? undefined : counted;
  });
  expect(answer).toMatchObject(refused('write-failed'));
  expect(await ask('/readyz')).toMatchObject(refused('write-failed'));
  expect((await ask('/inventory')).status).toBe(200);
});

test('a file that is read-only can be read, takes no changes, and takes them once it is writable', async () => {
  // Where the built service is for root alone, nobody else can show it.
  if (spawnSync('test', ['-r', MAIN], NOBODY).status !== 0) return;
  await new SqliteStore(file).close();
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  const { uid, gid } = NOBODY;
  if (uid !== undefined) for (const name of [folder, file]) chownSync(name, uid, gid);
  chmodSync(file, 0o400);
  await start('', NOBODY);
  expect(await ask('/readyz')).toMatchObject(refused('read-only'));
  expect(await count()).toMatchObject(refused('read-only'));
  expect(await ask('/inventory')).toEqual({ status: 200, body: [] });
  chmodSync(file, 0o600);
  // The first one that is refused finds out.
  await until('a change to be taken', async () => (await count()).status === 201);
  expect((await ask('/readyz')).status).toBe(200);
  // SQLite made it beside a file that was read-only. So it would be after a restart.
  expect(statSync(`${file}-shm`).mode & 0o777).toBe(0o600);
});

test('a log that is read-only beside a file that is not is made writable', async () => {
  if (spawnSync('test', ['-r', MAIN], NOBODY).status !== 0) return;
  const store = new SqliteStore(file);
  await store.appendCheckpoint(1, new Date());
  const left = path.join(folder, 'left.sqlite');
  for (const suffix of ['', '-wal', '-shm']) copyFileSync(`${file}${suffix}`, `${left}${suffix}`);
  await store.close();
  for (const suffix of ['-wal', '-shm']) chmodSync(`${left}${suffix}`, 0o400);
  const { uid, gid } = NOBODY;
  if (uid !== undefined) {
    for (const name of [folder, left, `${left}-wal`, `${left}-shm`]) chownSync(name, uid, gid);
  }
  file = left;
  await start('', NOBODY);
  expect((await count()).status).toBe(201);
});

test('a disk that is read-only at the start, and writable later, takes changes then', async () => {
  const disk = smallDisk(4_000_000);
  if (!disk) return;
  try {
    const store = new SqliteStore(file);
    await store.appendCheckpoint(1, new Date());
    const left = path.join(disk.folder, 'ledger.sqlite');
    // With its log beside it, as a process leaves it that was killed.
    for (const suffix of ['', '-wal', '-shm']) copyFileSync(`${file}${suffix}`, `${left}${suffix}`);
    await store.close();
    file = left;
    disk.remount('ro');
    await start('', {});
    expect(await ask('/readyz')).toMatchObject(refused('read-only'));
    expect(await count()).toMatchObject(refused('read-only'));
    expect(await ask('/inventory')).toEqual({ status: 200, body: [] });
    disk.remount('rw');
    await until('readiness', async () => (await ask('/readyz')).status === 200);
    expect((await count()).status).toBe(201);
    expect(await ask('/inventory/1/records')).toMatchObject({ body: [{ record: 1 }] });
  } finally {
    disk.remove();
  }
});
