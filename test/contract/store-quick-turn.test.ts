import mysql from 'mysql2/promise';
import type { LedgerStore, QuickTurn } from '../../app/ledger/store';
import { record, sale } from '../ledger/records';
import { describeMysql, type MysqlPlace, mysqlPlace } from '../stores';
import { append, appendRecords, turnEntries } from './turn-entries';

const first = record(1);
const second = record(2, { productID: 2, turnMark: 8 });
const third = record(3, { productID: 3, note: 'é ✂ 𝄞; COMMIT; \'\\"', turnMark: 9 });

const request = {
  key: 'k',
  fingerprint: '0123456789abcdef'.repeat(4),
  answer: null,
  recordedAt: first.recordedAt,
  turnMark: 9,
};

describeMysql('a quick turn on MySQL', () => {
  let place: MysqlPlace;
  let store: LedgerStore;
  let other: LedgerStore;
  beforeEach(async () => {
    place = await mysqlPlace();
    store = place.open();
    other = place.open();
  });
  afterEach(async () => {
    await store.close();
    await other.close();
    await place.remove();
  });

  /** The ledger holds two records, whose turns this store took one after the other. */
  async function leading(): Promise<QuickTurn> {
    await appendRecords(store, first);
    await appendRecords(store, second);
    return store.quickTurn() as QuickTurn;
  }

  const ledger = () => other.records.from(1, 10);

  test('is there for the process that took the last two turns, and for no other', async () => {
    expect(store.quickTurn()).toBeUndefined();
    await appendRecords(store, first);
    expect(store.quickTurn()).toBeUndefined();
    await appendRecords(store, second);
    expect(store.quickTurn()).toBeDefined();
    await appendRecords(other, third);
    expect(other.quickTurn()).toBeUndefined();
    await appendRecords(store, record(4));
    expect(store.quickTurn()).toBeUndefined();
  });

  test('appends to every table, and is there again', async () => {
    const turn = await leading();
    const sold = sale(4, 2, 3, { unitPrice: 25_000, turnMark: 9 });
    expect(await turn.write(second, turnEntries([third, sold], { requests: [request] }))).toBe(
      true,
    );
    expect(await ledger()).toEqual([first, second, third, sold]);
    expect(await other.request('k')).toEqual(request);
    const day = first.recordedAt.toISOString().slice(0, 10);
    expect(await other.dailySales({ from: day, to: day, limit: 10 })).toMatchObject([
      { day, productID: 2, unitsSold: 3, revenue: 75_000n },
    ]);
    const next = store.quickTurn() as QuickTurn;
    expect(await next.write(sold, turnEntries([record(5)]))).toBe(true);
    expect(await ledger()).toEqual([first, second, third, sold, record(5)]);
  });

  const INSERT = 'INSERT INTO inventory (record, productID, availableQuantity) VALUES';
  test.each([
    ['a record by hand, with the next number', `${INSERT} (3, 1, 1)`],
    ['a record by hand, beyond the next number', `${INSERT} (5, 1, 1)`],
    ['a turn without a record', 'UPDATE ledger_head SET turnsTaken = turnsTaken + 1'],
    ['a ledger that is shorter', 'DELETE FROM inventory WHERE record = 2'],
    ['another last record', 'UPDATE inventory SET batch = 9 WHERE record = 2'],
    ['a last record by hand', 'UPDATE inventory SET batch = NULL WHERE record = 2'],
    ['another available quantity', 'UPDATE inventory SET availableQuantity = 9 WHERE record = 2'],
  ])('appends nothing after %s, and is not there again', async (_what, statement) => {
    const turn = await leading();
    await place.sql(statement);
    const found = await ledger();
    expect(await turn.write(second, turnEntries([third]))).toBe(false);
    expect(await ledger()).toEqual(found);
    expect(store.quickTurn()).toBeUndefined();
    // It holds nobody up, and its session is of use.
    await (await other.takeTurn()).abandon();
    await (await store.takeTurn()).abandon();
  });

  test('does not wait for a record by hand that is not committed yet', async () => {
    const turn = await leading();
    const { host, port, user, password, database } = place.address;
    const byHand = await mysql.createConnection({ host, port, user, password, database });
    await byHand.query('SET SESSION innodb_lock_wait_timeout = 60');
    await byHand.beginTransaction();
    await byHand.query(`${INSERT} (5, 1, 1)`);
    expect(await turn.write(second, turnEntries([third]))).toBe(true);
    await byHand.end();
  });

  test('appends nothing after another process did', async () => {
    const turn = await leading();
    await appendRecords(other, third);
    expect(await turn.write(second, turnEntries([record(4)]))).toBe(false);
    expect(await ledger()).toEqual([first, second, third]);
  });

  test('appends nothing if the database refuses a part of it', async () => {
    const turn = await leading();
    expect(await turn.write(second, turnEntries([third], { requests: [request, request] }))).toBe(
      false,
    );
    expect(await ledger()).toEqual([first, second]);
    expect(await other.request('k')).toBeUndefined();
  });

  test('takes no number of a record if a key has run before', async () => {
    await appendRecords(store, first);
    await append(store, turnEntries([second], { requests: [request] }));
    const turn = store.quickTurn() as QuickTurn;
    expect(await turn.write(second, turnEntries([third], { requests: [request] }))).toBe(false);
    await place.sql('INSERT INTO inventory (productID, availableQuantity) VALUES (1, 1)');
    expect(await ledger()).toMatchObject([first, second, { record: 3, turnMark: null }]);
  });

  test('sends what holds the words of a statement as text', async () => {
    const turn = await leading();
    const words = "'); DROP TABLE inventory; -- \\";
    const written = record(3, { note: words, reference: words });
    expect(await turn.write(second, turnEntries([written]))).toBe(true);
    expect(await ledger()).toEqual([first, second, written]);
  });
});
