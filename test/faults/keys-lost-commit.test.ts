import { describeMysql, type MysqlPlace, mysqlPlace } from '../stores';
import { cancel, isReplayed, postKeyed } from './keyed-requests';
import { readRows } from './ledger-rows';
import { lockWaits } from './lock-waits';
import { FaultProxy } from './proxy';
import { ServiceProcess } from './service-process';
import { until } from './until';

const COUNT = { productID: 1, availableQuantity: 55 };

describeMysql('a keyed request behind a faulty network', () => {
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

  const startBehindProxy = (settings: Record<string, string> = {}) =>
    ServiceProcess.start({ ...place.environment, DB_PORT: String(proxy.port), ...settings });

  /** A count under a key whose caller does not learn the outcome, and the service that got it. */
  async function countUntold(arrives: boolean): Promise<ServiceProcess> {
    const service = await startBehindProxy({ WRITE_TIMEOUT_MS: '300' });
    const commit = proxy.next('COMMIT');
    const answering = postKeyed(service, 'count-7', '/inventory', COUNT);
    const held = await commit;
    proxy.refuse();
    if (arrives) await held.passWithoutReply();
    held.cut();
    const answer = await answering;
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/outcome-unknown' } });
    proxy.accept();
    return service;
  }

  const recorded = { status: 201, body: { record: 1, productID: 1, availableQuantity: 55 } };

  describe('whose outcome is unknown', () => {
    test('is replayed by a retry if it had been recorded', async () => {
      const service = await countUntold(true);
      const retry = await postKeyed(service, 'count-7', '/inventory', COUNT);
      expect(retry).toMatchObject(recorded);
      expect(isReplayed(retry)).toBe(true);
      expect(await readRows(place)).toHaveLength(1);
    });

    test('is recorded by a retry if it had not been', async () => {
      const service = await countUntold(false);
      const retry = await postKeyed(service, 'count-7', '/inventory', COUNT);
      expect(retry).toMatchObject(recorded);
      expect(isReplayed(retry)).toBe(false);
      expect(await readRows(place)).toHaveLength(1);
    });

    test('is reported by its key, at another process too, if it had been recorded', async () => {
      await countUntold(true);
      const other = await ServiceProcess.start(place.environment);
      const outcome = { state: 'answered', status: 201, answer: recorded.body };
      expect((await other.get('/requests/count-7')).body).toMatchObject(outcome);
      expect(await cancel(other, 'count-7')).toMatchObject({
        status: 409,
        body: { request: outcome },
      });
    });

    test('is cancelled for good if it had not been recorded', async () => {
      const service = await countUntold(false);
      const other = await ServiceProcess.start(place.environment);
      expect((await other.get('/requests/count-7')).status).toBe(404);
      expect((await cancel(other, 'count-7')).status).toBe(204);
      const late = await postKeyed(service, 'count-7', '/inventory', COUNT);
      expect(late).toMatchObject({ status: 409, body: { type: '/problems/request-cancelled' } });
      expect(await readRows(place)).toEqual([]);
    });
  });

  test('is answered with its refusal, kept once, though the reply to its COMMIT is lost', async () => {
    const service = await startBehindProxy();
    const commit = proxy.next('COMMIT');
    const answering = postKeyed(service, 'sale-7', '/sales', { productID: 9, quantity: 1 });
    const held = await commit;
    await held.passWithoutReply();
    held.cut();
    const answer = await answering;
    expect(answer).toMatchObject({ body: { type: '/problems/unknown-product' } });
    // Found where it was kept, not decided again: else it would be a copy of itself.
    expect(isReplayed(answer)).toBe(false);
    const copy = await postKeyed(service, 'sale-7', '/sales', { productID: 9, quantity: 1 });
    expect([copy.status, copy.body, isReplayed(copy)]).toEqual([answer.status, answer.body, true]);
    expect(await place.sql('SELECT requestKey FROM requests')).toHaveLength(1);
  });

  test('is waited for by a copy at another process, that says the same', async () => {
    const service = await startBehindProxy();
    const other = await ServiceProcess.start(place.environment);
    const commit = proxy.next('COMMIT');
    const answering = postKeyed(service, 'count-7', '/inventory', COUNT);
    const held = await commit;
    const copying = postKeyed(other, 'count-7', '/inventory', COUNT);
    await until('the copy waits for the turn', async () => (await lockWaits(place)) === 1);
    held.pass();
    const [first, copy] = await Promise.all([answering, copying]);
    expect(first).toMatchObject(recorded);
    expect(copy.body).toEqual(first.body);
    expect([isReplayed(first), isReplayed(copy)]).toEqual([false, true]);
    expect(await readRows(place)).toHaveLength(1);
  });
});
