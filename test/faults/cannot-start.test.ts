import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { append, appendRecords, turnEntries } from '../contract/turn-entries';
import { record } from '../ledger/records';

const MAIN = path.join(__dirname, '..', '..', 'dist', 'main.js');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inventory-start-'));
  writeFileSync(path.join(folder, 'letter.sqlite'), 'Dear Sir or Madam, '.repeat(100));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a service that cannot start says, and its exit code. */
function start(settings: Readonly<Record<string, string>>, command = 'serve') {
  const env = { PATH: process.env.PATH, DB_HOST: '', LOG_LEVEL: 'silent', PORT: '0', ...settings };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, command], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, lines: `${stdout}${stderr}`.trim().split('\n') };
}

test.each([
  ['a file that is no database', { SQLITE_FILE: 'letter.sqlite' }, 'SQLITE_FILE'],
  ['a folder that cannot be made', { SQLITE_FILE: 'letter.sqlite/ledger.sqlite' }, 'SQLITE_FILE'],
  ['a folder that can never be', { SQLITE_FILE: '/proc/x/ledger.sqlite' }, 'SQLITE_FILE'],
  ["an address that is not this machine's", { HOST: '192.0.2.1', ACCESS: 'keys' }, 'HOST'],
  ['ACCESS=open for other machines', { HOST: '0.0.0.0' }, 'set ACCESS=keys, or HOST=127.0.0.1'],
  [
    'ACCESS=open on a port published to other machines',
    { HOST: '0.0.0.0', PUBLISHED_AT: '192.0.2.1' },
    'set ACCESS=keys, or PUBLISHED_AT=127.0.0.1',
  ],
  ['ACCESS=open of several processes', { HOST: '::', WEB_CONCURRENCY: '2' }, 'set ACCESS=keys'],
])('%s ends the start in one line that names the setting', (_name, settings, setting) => {
  const { status, lines } = start(settings);
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringContaining(setting)]);
});

test.each(['verify', 'invite'])(
  'without its database %s ends in one line that names the settings',
  (command) => {
    const { status, lines } = start({ DB_HOST: '127.0.0.1', DB_PORT: '1' }, command);
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^The database at 127\.0\.0\.1:1 .*DB_HOST/)]);
  },
);

describe('a ledger that keeps a time zone', () => {
  const kept = async (timeZone: string) => {
    const store = new SqliteStore(path.join(folder, 'zone.sqlite'));
    const zones = [{ entry: 1, timeZone, recordedAt: new Date(), turnMark: 7 }];
    await append(store, turnEntries([], { zones }));
    await store.close();
  };

  test('is served with no other one, and a line says what to do', async () => {
    await kept('Asia/Kolkata');
    for (const WEB_CONCURRENCY of ['1', '2']) {
      const settings = { SQLITE_FILE: 'zone.sqlite', TIME_ZONE: 'Europe/Berlin', WEB_CONCURRENCY };
      const { status, lines } = start(settings);
      expect(status).toBe(1);
      expect(new Set(lines)).toEqual(
        new Set([
          'The ledger in zone.sqlite counts its days in Asia/Kolkata, and TIME_ZONE is Europe/Berlin. A ledger keeps the time zone that it was made with: set TIME_ZONE=Asia/Kolkata or leave it out, or begin a new ledger.',
        ]),
      );
    }
  });

  test.each(['Berlin', '+02:00', 'Europe/Atlantis'])('and no zone is named %s', (TIME_ZONE) => {
    const { status, lines } = start({ TIME_ZONE });
    expect(status).toBe(1);
    expect(lines).toEqual([
      `TIME_ZONE must be the name of a time zone, such as Europe/Berlin, and is "${TIME_ZONE}"`,
    ]);
  });
});

describe('a ledger that cannot be used', () => {
  /** A whole ledger, in a file of this name. */
  async function ledger(name: string): Promise<string> {
    const file = path.join(folder, name);
    const store = new SqliteStore(file);
    store.seedDummyShop();
    await store.close();
    return file;
  }

  test.each(['serve', 'seed', 'verify'])(
    'ends %s in one line that says what to do where it is damaged',
    async (command) => {
      const file = await ledger(`damaged-${command}.sqlite`);
      const bytes = readFileSync(file);
      // All but the header and the schema.
      bytes.fill(0xee, 8_192);
      writeFileSync(file, bytes);
      const { status, lines } = start({ SQLITE_FILE: file }, command);
      expect(status).toBe(1);
      expect(lines).toEqual([expect.stringMatching(/damaged.*Restore a backup/)]);
    },
  );

  test('ends the start in one line if it is empty or gone, and its log is not', () => {
    for (const name of ['gone', 'empty']) {
      const file = path.join(folder, `${name}.sqlite`);
      writeFileSync(`${file}-wal`, '');
      if (name === 'empty') writeFileSync(file, '');
      const { status, lines } = start({ SQLITE_FILE: file });
      expect(status).toBe(1);
      expect(lines).toEqual([
        expect.stringMatching(`it is ${name}, and -wal stands? beside it.*put the ledger back`),
      ]);
      rmSync(`${file}-wal`);
    }
  });

  test('ends the start in one line if an older file stands beside the log of a newer one', async () => {
    const file = await ledger('older.sqlite');
    const older = readFileSync(file);
    const store = new SqliteStore(file);
    await store.appendCheckpoint(1, new Date());
    await store.appendCheckpoint(2, new Date());
    const database = new DatabaseSync(file);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    await store.appendCheckpoint(3, new Date());
    // As a process leaves them that was killed.
    const left = path.join(folder, 'left.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${left}${suffix}`);
    const log = readFileSync(`${left}-wal`);
    database.close();
    await store.close();
    const again = new SqliteStore(left);
    expect(await again.latestCheckpoint()).toBe(3);
    await again.close();
    writeFileSync(left, older);
    writeFileSync(`${left}-wal`, log);
    const { status, lines } = start({ SQLITE_FILE: left });
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/an older file is in its place/)]);
  });

  test('ends the start in one line if it is of pages of two, and can be read', async () => {
    const file = await ledger('two.sqlite');
    const older = readFileSync(file);
    const store = new SqliteStore(file);
    await appendRecords(store, ...Array.from({ length: 99 }, (_, index) => record(1_000 + index)));
    await store.close();
    const both = readFileSync(file);
    both.set(older.subarray(4_096), 4_096);
    writeFileSync(file, both);
    const mixed = start({ SQLITE_FILE: file });
    expect(mixed.lines).toEqual([expect.stringMatching(/damaged.*Restore a backup/)]);

    // What is found in a large file too, which is not looked through.
    const ends = await ledger('ends.sqlite');
    const database = new DatabaseSync(ends);
    database.exec("UPDATE sqlite_sequence SET seq = 5 WHERE name = 'inventory'");
    database.close();
    const apart = start({ SQLITE_FILE: ends });
    expect(apart.lines).toEqual([expect.stringMatching(/its last record is 230.*damaged/)]);
    expect([mixed.status, apart.status]).toEqual([1, 1]);
  });

  test('ends the start in one line if it is a folder, or of a newer version', async () => {
    mkdirSync(path.join(folder, 'folder.sqlite'));
    const inFolder = start({ SQLITE_FILE: 'folder.sqlite' });
    expect(inFolder.lines).toEqual([expect.stringMatching(/it is a folder.*SQLITE_FILE/)]);
    const file = await ledger('newer.sqlite');
    const database = new DatabaseSync(file);
    database.exec('INSERT INTO schema_migrations (version) VALUES (999)');
    database.close();
    const newer = start({ SQLITE_FILE: file });
    expect(newer.lines).toEqual([expect.stringMatching(/run the newer service/)]);
    expect([inFolder.status, newer.status]).toEqual([1, 1]);
  });
});
