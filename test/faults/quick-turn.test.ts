import { describeMysql, type MysqlPlace, mysqlPlace } from '../stores';
import { readRows, violations } from './ledger-rows';
import { lockWaits } from './lock-waits';
import { FaultProxy } from './proxy';
import { ServiceProcess } from './service-process';
import { until } from './until';

/** A turn in one packet: from its first word to its last. */
const QUICK_TURN = /^UPDATE ledger_head.*COMMIT$/s;

/** A record that says nothing is left. */
const BY_HAND = (record: number) =>
  `INSERT INTO inventory (record, productID, availableQuantity) VALUES (${record}, 1, 0)`;

describeMysql('a service that takes every turn', () => {
  let place: MysqlPlace;
  let proxy: FaultProxy;
  beforeEach(async () => {
    place = await mysqlPlace();
    proxy = await FaultProxy.start(place.address);
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await proxy.close();
    await place.remove();
  });

  /** Two counts of a product's only unit are there: from now on a turn is one packet. */
  async function startLeading(settings: Record<string, string> = {}) {
    const service = await ServiceProcess.start({
      ...place.environment,
      DB_PORT: String(proxy.port),
      ...settings,
    });
    for (const units of [5, 1]) await service.count(1, units);
    return service;
  }

  test('writes in one packet', async () => {
    const service = await startLeading();
    const turn = proxy.next(QUICK_TURN);
    const answering = service.sell(1, 1);
    (await turn).pass();
    expect(await answering).toMatchObject({ status: 201, body: { record: 3 } });
  });

  test('sells its unit once though the packet arrives after the sale was repeated', async () => {
    const service = await startLeading();
    const turn = proxy.next(QUICK_TURN);
    const answering = service.sell(1, 1);
    const late = await turn;
    late.cutService();
    expect(await answering).toMatchObject({ status: 201, body: { record: 3 } });
    await late.passWithoutReply();
    expect(await readRows(place)).toHaveLength(3);
    expect((await service.get('/sales')).body).toEqual([{ productID: 1, unitsSold: 1 }]);
  });

  test('has not sold what it said was not, though the packet arrives after that', async () => {
    const service = await startLeading({ WRITE_TIMEOUT_MS: '1000' });
    const turn = proxy.next(QUICK_TURN);
    const answering = service.sell(1, 1);
    const late = await turn;
    const again = proxy.next(QUICK_TURN);
    late.cutService();
    const anew = await again;
    await place.sql(BY_HAND(3));
    const turnAnew = proxy.next('UPDATE ledger_head');
    anew.pass();
    const held = await turnAnew;
    proxy.refuse();
    held.cut();
    const answer = await answering;
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/store-unavailable' } });
    // The ledger ends again as the packet expects it to.
    await place.sql('DELETE FROM inventory WHERE record = 3');
    await late.passWithoutReply();
    expect(await readRows(place)).toHaveLength(2);
  });

  test('finds out that the packet was committed while it waited to ask', async () => {
    const service = await startLeading();
    const turn = proxy.next(QUICK_TURN);
    const answering = service.sell(1, 1);
    const late = await turn;
    const retry = proxy.next('UPDATE ledger_head');
    late.cutService();
    const asking = await retry;
    await late.passWithoutReply();
    asking.pass();
    expect(await answering).toMatchObject({ status: 201, body: { record: 3 } });
    expect(await readRows(place)).toHaveLength(3);
  });

  test.each([
    ['the next number', 3],
    ['a number further on', 9],
  ])('honours a row by hand that came before the packet, with %s', async (_with, number) => {
    const service = await startLeading();
    const turn = proxy.next(QUICK_TURN);
    const answering = service.sell(1, 1);
    const held = await turn;
    await place.sql(BY_HAND(number));
    held.pass();
    expect(await answering).toMatchObject({ status: 409, body: { availableQuantity: 0 } });
    expect(await service.count(1, 7)).toMatchObject({ status: 201, body: { record: number + 1 } });
    expect((await service.get('/inventory')).body).toEqual([
      { productID: 1, availableQuantity: 7 },
    ]);
  });

  test('honours a sale that another service made before the packet', async () => {
    // First: a session that waits for its start is ended by the server, and the next turn is no quick one.
    const other = await ServiceProcess.start(place.environment);
    const service = await startLeading();
    const turn = proxy.next(QUICK_TURN);
    const answering = service.sell(1, 1);
    const held = await turn;
    const others = await other.sell(1, 1);
    held.pass();
    expect(others.status).toBe(201);
    expect(await answering).toMatchObject({ status: 409, body: { availableQuantity: 0 } });
    expect(violations(await readRows(place))).toEqual([]);
  });

  test('waits for a turn that another process holds', async () => {
    const service = await startLeading();
    const other = place.open();
    const turn = await other.takeTurn();
    const answering = service.sell(1, 1);
    await until('the sale waits for the turn', async () => (await lockWaits(place)) === 1);
    await turn.abandon();
    await other.close();
    expect(await answering).toMatchObject({ status: 201, body: { record: 3 } });
  });

  test('answers a copy of a request with the first one’s answer', async () => {
    const service = await startLeading();
    const ask = () =>
      fetch(`http://127.0.0.1:${service.port}/sales`, {
        method: 'POST',
        headers: { 'Idempotency-Key': 'k' },
        body: new URLSearchParams({ productID: '1', quantity: '1' }),
      });
    const turn = proxy.next(QUICK_TURN);
    const asking = ask();
    (await turn).pass();
    expect(await (await asking).json()).toMatchObject({ record: 3 });
    await service.count(2, 7);
    const again = await ask();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.json()).toMatchObject({ record: 3, availableQuantity: 0 });
    expect(await readRows(place)).toHaveLength(4);
  });
});
