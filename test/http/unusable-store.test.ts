import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { SqliteStore } from '../../app/store/sqlite/sqlite-store';
import { until } from '../faults/until';
import { pending } from '../ledger/alerts';
import { databaseFolder } from '../servers/folder';
import { localServer, startLocal } from '../servers/local';
import { maySmallDisk, smallDisk } from '../small-disk';
import { describeMysql, type LedgerPlace, mysqlPlace, onEveryStore, sqlitePlace } from '../stores';
import { expectProblem } from './problem-answer';
import { startService, type TestService } from './service';

/** What no answer says: what a driver does. */
const DRIVERS_WORDS = /SQLITE|ER_|errno|denied to user|statement/;

let service: TestService;
/** What is to be undone after a test, once its service is closed. */
let undoing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  await service.close();
  for (const undo of undoing.splice(0)) await undo();
});

const count = (availableQuantity: number) =>
  service.ask
    .post('/inventory')
    .field({ productID: '1', availableQuantity: `${availableQuantity}` });

/** Every change fails at once, nothing is recorded, and readiness and metrics say why. */
async function expectUnusable(reason: string): Promise<void> {
  const before = (await service.ask.get('/inventory')).body;
  // The first request finds the cause: it may be a read or a change.
  const unready = await until('readiness to be denied', async () => {
    const answer = await service.ask.get('/readyz');
    return answer.status === 200 ? undefined : answer;
  });
  expectProblem(unready, 'store-unusable', { reason: expect.any(String) });
  expect(unready.body.reason).toBe(reason);
  const answers = await Promise.all([
    count(77),
    service.ask.post('/sales').field({ productID: '1', quantity: '1' }),
    service.ask.post('/products').field({ productID: '1', name: 'Tea' }),
  ]);
  for (const answer of answers) {
    expectProblem(answer, 'store-unusable', { reason });
    expect(answer.body).toMatchObject({ reason });
    expect(answer.body.detail).toMatch(/^Nothing was recorded\. /);
    expect(answer.text).not.toMatch(DRIVERS_WORDS);
    expect(answer.headers['retry-after']).toBe('5');
  }
  expect((await service.ask.get('/readyz')).body.reason).toBe(reason);
  expect((await service.ask.get('/metrics')).text).toContain('\ninventory_store_writable 0\n');
  // What is known can be read all the same.
  expect((await service.ask.get('/inventory')).body).toEqual(before);
}

/** Changes fail by the first try: nothing can be read either. */
async function expectRefusedAtOnce(): Promise<void> {
  for (const answer of [await count(77), await service.ask.get('/readyz')]) {
    expectProblem(answer, 'store-unusable', { reason: expect.any(String) });
    expect(answer.body.reason).toBe('no-rights');
  }
}

/** As before, without a restart. */
async function expectUsable(availableQuantity: number): Promise<void> {
  await until('readiness', async () => (await service.ask.get('/readyz')).status === 200);
  expect((await service.ask.get('/metrics')).text).toContain('\ninventory_store_writable 1\n');
  expect((await count(availableQuantity)).status).toBe(201);
  expect((await service.ask.get('/inventory')).body).toEqual([{ productID: 1, availableQuantity }]);
}

const WRITE_TIMEOUT_MS = 30_000;
const SETTINGS = { WRITE_TIMEOUT_MS: `${WRITE_TIMEOUT_MS}`, SHUTDOWN_TIMEOUT_MS: '40000' };

onEveryStore((place) => {
  beforeEach(async () => {
    service = await startService(place().environment, SETTINGS);
    expect((await count(5)).status).toBe(201);
  });

  test('a ledger_head without its row takes no changes until the row is back', async () => {
    await place().sql('DELETE FROM ledger_head');
    await expectUnusable('no-head');
    await place().sql('INSERT INTO ledger_head (id, turnsTaken) VALUES (1, 1000000000000)');
    await expectUsable(6);
  });

  test('a service of an earlier version says that the schema is newer than itself', async () => {
    // What a later version does, so that this one does not write what it would misread.
    const rename = (from: string, to: string) =>
      place().sql(`ALTER TABLE ledger_head RENAME COLUMN ${from} TO ${to}`);
    await place().sql('INSERT INTO schema_migrations (version) VALUES (999)');
    await rename('turnsTaken', 'later');
    const answer = await until('the reason', async () => {
      const refused = await count(77);
      return refused.body.reason === 'newer-schema' ? refused : undefined;
    });
    expectProblem(answer, 'store-unusable', { reason: 'newer-schema' });
    expect(answer.body.detail).toMatch(/^Nothing was recorded\. A later version/);
    await rename('later', 'turnsTaken');
    await place().sql('DELETE FROM schema_migrations WHERE version = 999');
    await expectUsable(6);
  });

  test.each(['ledger_head', 'inventory', 'requests', 'products'])(
    'a ledger without the table %s takes no changes until the table is back',
    async (table) => {
      await place().sql(`ALTER TABLE ${table} RENAME TO elsewhere`);
      if (table === 'ledger_head') await expectUnusable('no-table');
      const unready = await until('readiness to be denied', async () => {
        const answer = await service.ask.get('/readyz');
        return answer.status === 200 ? undefined : answer;
      });
      expectProblem(unready, 'store-unusable', { reason: expect.any(String) });
      await place().sql(`ALTER TABLE elsewhere RENAME TO ${table}`);
      await expectUsable(6);
    },
  );
});

describe('the embedded store', () => {
  let place: LedgerPlace;
  let file: string;
  beforeEach(async () => {
    place = await sqlitePlace();
    file = place.environment.SQLITE_FILE as string;
    service = await startService(place.environment, SETTINGS);
    expect((await count(5)).status).toBe(201);
  });
  afterEach(() => place.remove());

  test('records nothing into a file that was moved away, and goes on once it is back', async () => {
    renameSync(file, `${file}.away`);
    await expectUnusable('file-gone');
    expect(existsSync(file)).toBe(false);
    renameSync(`${file}.away`, file);
    await expectUsable(6);
  });

  test('records nothing into a file that was deleted', async () => {
    rmSync(file);
    await expectUnusable('file-gone');
  });

  test('records nothing if another file is in its place', async () => {
    copyFileSync(file, `${file}.copy`);
    renameSync(`${file}.copy`, file);
    await expectUnusable('file-replaced');
  });

  /** What stands in the log, in the file: as when nothing was recorded for a while. */
  function moveLog(): void {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  }

  /** On another file: what was copied over is open as long as the process lives. */
  async function startAnew(): Promise<void> {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    service = await startService(place.environment, SETTINGS);
  }

  test('records nothing if a backup was copied over its bytes, which stay as they are', async () => {
    moveLog();
    const backup = `${file}.backup`;
    copyFileSync(file, backup);
    for (const quantity of [8, 9]) expect((await count(quantity)).status).toBe(201);
    moveLog();
    const { ino } = statSync(file);
    copyFileSync(backup, file);
    expect(statSync(file).ino).toBe(ino);
    await expectUnusable('file-replaced');
    await service.close();
    expect(Buffer.compare(readFileSync(file), readFileSync(backup))).toBe(0);
    await startAnew();
  });

  test('records nothing if its file was emptied, and no new ledger begins there', async () => {
    moveLog();
    writeFileSync(file, '');
    // What the last change has shown holds for a second. Until then what was read says that it is damaged.
    await until('a look at the file', async () => {
      const { reason } = (await service.ask.get('/readyz')).body;
      return reason === 'file-replaced';
    });
    await expectUnusable('file-replaced');
    await service.close();
    expect(() => new SqliteStore(file)).toThrow(/it is empty, and -wal and -shm stand beside it/);
    await startAnew();
  });

  test.each(['-wal', '-shm'])(
    'records nothing once its %s is gone, and what was recorded is in the file then',
    async (suffix) => {
      expect((await count(7)).status).toBe(201);
      rmSync(`${file}${suffix}`);
      await expectUnusable('file-gone');
      copyFileSync(file, `${file}.alone`);
      const alone = new SqliteStore(`${file}.alone`);
      expect(await alone.records.from(2, 9)).toMatchObject([{ availableQuantity: 7 }]);
      await alone.close();
    },
  );

  test('keeps no deliveries, checkpoints or verifications in a file that is gone', async () => {
    const store = new SqliteStore(`${file}.other`);
    rmSync(`${file}.other`);
    const gone = { reason: 'file-gone' };
    const at = new Date();
    await expect(store.appendCheckpoint(1, at)).rejects.toMatchObject(gone);
    const verification = { verifiedAt: at, records: 1, drift: 0, conservation: 0 };
    await expect(store.appendVerification(verification)).rejects.toMatchObject(gone);
    await expect(store.appendDeliverySteps([pending(1)])).rejects.toMatchObject(gone);
    await store.close();
  });
});

describe('an embedded store on a small disk', () => {
  const onSmallDisk = maySmallDisk() ? test : test.skip;
  onSmallDisk(
    'takes no changes while the disk is full, and goes on once there is room',
    async () => {
      const disk = smallDisk(4_000_000);
      const place = await sqlitePlace();
      undoing = [() => place.remove(), () => disk.remove()];
      const file = { SQLITE_FILE: path.join(disk.folder, 'ledger.sqlite') };
      service = await startService({ ...place.environment, ...file }, SETTINGS);
      expect((await count(5)).status).toBe(201);
      disk.fill();
      await expectUnusable('disk-full');
      disk.clear();
      await expectUsable(6);
      expect((await service.ask.get('/readyz')).body.record).toBe(2);
    },
  );
});

describeMysql('on MySQL', () => {
  test('an account that may not append takes no changes until it may', async () => {
    const place = await mysqlPlace();
    const { database } = place.address;
    const account = `u${process.pid}_${Date.now() % 1_000_000}`;
    undoing = [
      async () => void (await place.sql(`DROP USER '${account}'@'%'`)),
      () => place.remove(),
    ];
    const open = place.open();
    await open.lastRecordAt(new Date());
    await open.close();
    const sessionsOf = async () => {
      const sessions = await place.sql(
        `SELECT id FROM information_schema.processlist WHERE user = '${account}'`,
      );
      return (sessions as { id: number }[]).map(({ id }) => id);
    };
    await place.sql(`CREATE USER '${account}'@'%' IDENTIFIED BY 'secret'`);
    await place.sql(`GRANT SELECT, INSERT ON ${database}.* TO '${account}'@'%'`);
    await place.sql(`GRANT UPDATE ON ${database}.ledger_head TO '${account}'@'%'`);
    await place.sql(`GRANT UPDATE ON ${database}.sales_daily TO '${account}'@'%'`);
    service = await startService(
      { ...place.environment, DB_USER: account, DB_PASSWORD: 'secret' },
      SETTINGS,
    );
    expect((await count(5)).status).toBe(201);
    await place.sql(`REVOKE INSERT ON ${database}.* FROM '${account}'@'%'`);
    // A session keeps the rights that it had on a database.
    for (const id of await sessionsOf()) await place.sql(`KILL ${id}`);
    await expectUnusable('no-rights');
    await place.sql(`GRANT INSERT ON ${database}.* TO '${account}'@'%'`);
    await expectUsable(6);
    await place.sql(`REVOKE UPDATE ON ${database}.ledger_head FROM '${account}'@'%'`);
    await expectUnusable('no-rights');
    await place.sql(`GRANT UPDATE ON ${database}.ledger_head TO '${account}'@'%'`);
    await expectUsable(7);
    // It has another password now, and no session from before.
    await place.sql(`ALTER USER '${account}'@'%' IDENTIFIED BY 'other'`);
    for (const id of await sessionsOf()) await place.sql(`KILL ${id}`);
    await expectRefusedAtOnce();
    await place.sql(`ALTER USER '${account}'@'%' IDENTIFIED BY 'secret'`);
    await expectUsable(8);
  });

  // A server of its own: the others' tests are not to be read-only.
  (localServer() ? test : test.skip)(
    'a server that is read-only takes no changes until it is not',
    async () => {
      const server = await startLocal([], databaseFolder('inventory-mysql-'));
      undoing = [() => server.remove()];
      const place = await mysqlPlace(server.url);
      const { database } = place.address;
      const open = place.open();
      await open.lastRecordAt(new Date());
      await open.close();
      await place.sql("CREATE USER 'service'@'%' IDENTIFIED BY 'secret'");
      await place.sql(`GRANT SELECT, INSERT, UPDATE ON ${database}.* TO 'service'@'%'`);
      service = await startService(
        { ...place.environment, DB_USER: 'service', DB_PASSWORD: 'secret' },
        SETTINGS,
      );
      expect((await count(5)).status).toBe(201);
      await place.sql('SET GLOBAL read_only = 1');
      await expectUnusable('read-only');
      await place.sql('SET GLOBAL read_only = 0');
      await expectUsable(6);
    },
  );
});
