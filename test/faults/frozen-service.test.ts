import { tagOf } from '../http/tags';
import { describeMysql, type MysqlPlace, mysqlPlace } from '../stores';
import { readRows, violations } from './ledger-rows';
import { FaultProxy } from './proxy';
import { ServiceProcess } from './service-process';

describeMysql('a process that is frozen', () => {
  let place: MysqlPlace;
  let proxy: FaultProxy;
  let frozen: ServiceProcess;
  let other: ServiceProcess;
  beforeEach(async () => {
    place = await mysqlPlace();
    proxy = await FaultProxy.start(place.address);
    [frozen, other] = await Promise.all([
      ServiceProcess.start({ ...place.environment, DB_PORT: String(proxy.port) }),
      ServiceProcess.start(place.environment),
    ]);
    await other.count(1, 2);
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await proxy.close();
    await place.remove();
  });

  async function expectSound(rows: number): Promise<void> {
    const found = await readRows(place);
    expect(violations(found)).toEqual([]);
    expect(found).toHaveLength(rows);
    for (const service of [frozen, other]) {
      expect((await service.get('/inventory')).headers.get('etag')).toEqual(tagOf(rows));
    }
  }

  test.each(['UPDATE ledger_head', 'INSERT INTO inventory', 'INSERT INTO sales_daily'])(
    'at %s holds the turn no longer than wait_timeout, and answers truly when it goes on',
    async (statement) => {
      const seen = proxy.next(statement);
      const selling = frozen.sell(1, 2);
      const held = await seen;
      frozen.kill('SIGSTOP');
      held.pass();
      // The session's `wait_timeout` of 3 s ends the turn. Without it this would wait in vain, and be answered with 503.
      const sale = await other.sell(1, 1);
      expect(sale).toMatchObject({ status: 201, body: { record: 2, availableQuantity: 1 } });
      frozen.kill('SIGCONT');
      const late = await selling;
      expect(late).toMatchObject({ status: 409, body: { availableQuantity: 1 } });
      await expectSound(2);
    },
  );

  test('between its COMMIT and the reply blocks nobody, and its sale is made once', async () => {
    const seen = proxy.next('COMMIT');
    const selling = frozen.sell(1, 2);
    const held = await seen;
    frozen.kill('SIGSTOP');
    held.pass();
    const sale = await other.sell(1, 1);
    expect(sale).toMatchObject({ status: 409, body: { availableQuantity: 0 } });
    frozen.kill('SIGCONT');
    expect(await selling).toMatchObject({ status: 201, body: { record: 2, availableQuantity: 0 } });
    await expectSound(2);
  });

  test('with a COMMIT that is lost meanwhile makes its sale once, if it still can', async () => {
    const seen = proxy.next('COMMIT');
    const selling = frozen.sell(1, 2);
    const held = await seen;
    frozen.kill('SIGSTOP');
    held.cut();
    const sale = await other.sell(1, 1);
    expect(sale).toMatchObject({ status: 201, body: { record: 2, availableQuantity: 1 } });
    frozen.kill('SIGCONT');
    expect(await selling).toMatchObject({ status: 409, body: { availableQuantity: 1 } });
    await expectSound(2);
  });
});
