import type { Answer } from '../servers/ask';
import { describeMysql, type MysqlPlace, mysqlPlace } from '../stores';
import { keepZone } from './keep-zone';
import { readRows, violations } from './ledger-rows';
import { lockWaits } from './lock-waits';
import { FaultProxy, type HeldStatement } from './proxy';
import { ServiceProcess } from './service-process';
import { until } from './until';

/** How many changes a batch holds in these tests, and how many units there are to sell. */
const BATCH = 20;
const UNITS = 8;

/** A COMMIT by itself, or at the end of a quick turn's statements. */
const COMMIT = /COMMIT$/;

/** How many counts of another product come first: after two turns in a row, a turn is one packet. */
const TURNS: [string, number][] = [
  ['a turn', 0],
  ['a quick turn', 2],
];

/** The ways to lose a COMMIT. */
const LOSSES: [string, (commit: HeldStatement) => Promise<void>][] = [
  [
    'the reply to a COMMIT is lost',
    async (commit) => {
      await commit.passWithoutReply();
      commit.cut();
    },
  ],
  ['a COMMIT is lost on its way', async (commit) => commit.cut()],
];

describeMysql('a service behind a faulty network', () => {
  let place: MysqlPlace;
  let proxy: FaultProxy;
  beforeEach(async () => {
    place = await mysqlPlace();
    await keepZone(place);
    proxy = await FaultProxy.start(place.address);
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await proxy.close();
    await place.remove();
  });

  const startBehindProxy = (settings: Record<string, string> = {}) =>
    ServiceProcess.start({ ...place.environment, DB_PORT: String(proxy.port), ...settings });

  /** The ledger is sound, and holds exactly what the answers say was recorded. */
  async function expectLedger(...answers: Answer[]): Promise<void> {
    const rows = await readRows(place);
    expect(violations(rows)).toEqual([]);
    const recorded = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    recorded.sort((a, b) => a.record - b.record);
    const essentials = ({ record, productID, availableQuantity }: Answer['body']) => ({
      record,
      productID,
      availableQuantity,
    });
    expect(rows.map(essentials)).toEqual(recorded.map(essentials));
  }

  describe.each(LOSSES)('where %s', (_loss, lose) => {
    describe.each(TURNS)('at the end of %s', (_turn, turns) => {
      /** A service that has taken some turns, and what it answered. */
      async function start(settings: Record<string, string> = {}) {
        const service = await startBehindProxy(settings);
        const before: Answer[] = [];
        for (let turn = 0; turn < turns; turn++) before.push(await service.count(9, turn));
        return { service, before };
      }

      test('a count is answered with its record, which is there once', async () => {
        const { service, before } = await start();
        const commit = proxy.next(COMMIT);
        const answering = service.count(1, 55);
        await lose(await commit);
        const answer = await answering;
        expect(answer).toMatchObject({ status: 201, body: { availableQuantity: 55 } });
        await expectLedger(...before, answer);
      });

      test('the sale of the last unit is answered as sold, and is there once', async () => {
        const { service, before } = await start();
        const count = await service.count(1, 1);
        const commit = proxy.next(COMMIT);
        const answering = service.sell(1, 1);
        await lose(await commit);
        const answer = await answering;
        expect(answer).toMatchObject({ status: 201, body: { availableQuantity: 0 } });
        await expectLedger(...before, count, answer);
        expect((await service.get('/sales')).body).toEqual([{ productID: 1, unitsSold: 1 }]);
      });

      test('a record that another process appends before the retry is not mistaken for the lost one', async () => {
        const { service, before } = await start();
        const other = await ServiceProcess.start(place.environment);
        const count = await service.count(1, 1);
        const commit = proxy.next(COMMIT);
        const answering = service.sell(1, 1);
        const held = await commit;
        const retry = proxy.next('UPDATE ledger_head');
        await lose(held);
        const retryTurn = await retry;
        const others = await other.sell(1, 1);
        const counted = await other.count(2, 7);
        retryTurn.pass();
        const answer = await answering;
        expect([answer.status, others.status].sort()).toEqual([201, 409]);
        const loser = answer.status === 409 ? answer : others;
        expect(loser.body.availableQuantity).toBe(0);
        await expectLedger(...before, count, answer, others, counted);
        expect((await service.get('/inventory')).body).toEqual(
          (await other.get('/inventory')).body,
        );
      });

      test('the caller learns at the deadline that the outcome is unknown, and the service goes on', async () => {
        const { service } = await start({ WRITE_TIMEOUT_MS: '300' });
        const commit = proxy.next(COMMIT);
        const answering = service.count(1, 55);
        const held = await commit;
        proxy.refuse();
        await lose(held);
        const answer = await answering;
        expect(answer).toMatchObject({ status: 503, body: { type: '/problems/outcome-unknown' } });
        proxy.accept();
        const before = await readRows(place);
        const next = await service.count(2, 7);
        expect(next).toMatchObject({ status: 201, body: { record: before.length + 1 } });
        expect(await readRows(place)).toMatchObject([...before, { productID: 2 }]);
      });
    });

    test('each of a whole batch gets its own true answer', async () => {
      const service = await startBehindProxy({ QUEUE_LIMIT: String(BATCH) });
      const count = await service.count(1, UNITS);
      const turn = proxy.next('UPDATE ledger_head');
      const first = service.sell(1, 1);
      const firstTurn = await turn;
      // Behind the first one, as many as may wait: once others are refused, those are surely queued.
      const sales = Array.from({ length: BATCH + 1 }, () => service.sell(1, 1));
      const refused = await Promise.any(
        sales.map(async (sale) => ((await sale).status === 503 ? sale : Promise.reject())),
      );
      expect(refused.body.type).toBe('/problems/overloaded');
      const firstCommit = proxy.next(COMMIT);
      firstTurn.pass();
      const commit = proxy.next(COMMIT);
      (await firstCommit).pass();
      await lose(await commit);
      const answers = await Promise.all([first, ...sales]);
      const statuses = answers.map(({ status }) => status).sort();
      const many = (status: number, times: number) => Array<number>(times).fill(status);
      expect(statuses).toEqual([...many(201, UNITS), ...many(409, BATCH + 1 - UNITS), 503]);
      const short = answers.filter(({ status }) => status === 409);
      expect(short.map(({ body }) => body.availableQuantity)).toEqual(many(0, short.length));
      await expectLedger(count, ...answers);
      const [batches] = await place.sql('SELECT COUNT(DISTINCT batch) AS marks FROM inventory');
      expect(batches).toEqual({ marks: 3 });
    });
  });

  test('a COMMIT that arrives only after the retry began is found by it', async () => {
    const service = await startBehindProxy();
    const count = await service.count(1, 1);
    const commit = proxy.next(COMMIT);
    const answering = service.sell(1, 1);
    const late = await commit;
    const retry = proxy.next('UPDATE ledger_head');
    late.cutService();
    (await retry).pass();
    await until('the retry waits for the turn', async () => (await lockWaits(place)) === 1);
    await late.passWithoutReply();
    const answer = await answering;
    expect(answer).toMatchObject({ status: 201, body: { record: 2, availableQuantity: 0 } });
    await expectLedger(count, answer);
  });

  test('a transaction left open by a COMMIT that never arrives is waited for, and its sale made once', async () => {
    const service = await startBehindProxy();
    const count = await service.count(1, 1);
    const commit = proxy.next(COMMIT);
    const answering = service.sell(1, 1);
    (await commit).cutService();
    const answer = await answering;
    expect(answer).toMatchObject({ status: 201, body: { record: 2, availableQuantity: 0 } });
    await expectLedger(count, answer);
  });

  test('a reply that never comes is given up, and the true answer found', async () => {
    const service = await startBehindProxy();
    const count = await service.count(1, 1);
    const commit = proxy.next(COMMIT);
    const answering = service.sell(1, 1);
    await (await commit).passWithoutReply();
    const answer = await answering;
    expect(answer).toMatchObject({ status: 201, body: { record: 2, availableQuantity: 0 } });
    await expectLedger(count, answer);
  });

  test('a reply that never comes is an unknown outcome at the deadline, and the service goes on', async () => {
    const service = await startBehindProxy({ WRITE_TIMEOUT_MS: '300' });
    const commit = proxy.next(COMMIT);
    const answering = service.count(1, 55);
    await (await commit).passWithoutReply();
    const answer = await answering;
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/outcome-unknown' } });
    expect(await service.count(1, 56)).toMatchObject({ status: 201, body: { record: 2 } });
    expect(await readRows(place)).toMatchObject([
      { availableQuantity: 55 },
      { availableQuantity: 56 },
    ]);
  });

  describe('where no COMMIT was sent', () => {
    const statements = ['UPDATE ledger_head', 'SELECT record', 'INSERT INTO inventory'];
    test.each(statements)(
      'a database lost at %s is store-unavailable at the deadline, and nothing was appended',
      async (statement) => {
        const service = await startBehindProxy({ WRITE_TIMEOUT_MS: '300' });
        const seen = proxy.next(statement);
        const answering = service.count(1, 55);
        const held = await seen;
        proxy.refuse();
        held.cut();
        const answer = await answering;
        expect(answer).toMatchObject({
          status: 503,
          body: { type: '/problems/store-unavailable' },
        });
        expect(await readRows(place)).toEqual([]);
        proxy.accept();
        await expectLedger(await service.count(1, 56));
      },
    );

    test('a COMMIT found out to be lost leaves no doubt when the database goes for good', async () => {
      const service = await startBehindProxy({ WRITE_TIMEOUT_MS: '1000' });
      const commit = proxy.next(COMMIT);
      const answering = service.count(1, 55);
      const lost = await commit;
      const again = proxy.next('INSERT INTO inventory');
      lost.cut();
      const held = await again;
      proxy.refuse();
      held.cut();
      const answer = await answering;
      expect(answer).toMatchObject({ status: 503, body: { type: '/problems/store-unavailable' } });
      expect(await readRows(place)).toEqual([]);
    });
  });

  test('connections that are cut while idle are replaced, unseen by any caller', async () => {
    const service = await startBehindProxy();
    const count = await service.count(1, 1);
    for (let cut = 0; cut < 5; cut++) {
      proxy.cutAll();
      expect((await service.get('/inventory')).status).toBe(200);
      proxy.cutAll();
      expect((await service.sell(1, 1)).status).toBe(cut === 0 ? 201 : 409);
    }
    expect(count.status).toBe(201);
    expect(violations(await readRows(place))).toEqual([]);
  });
});
