import { tagOf } from '../http/tags';
import { describeMysql, type MysqlPlace, mysqlPlace, onEveryStore } from '../stores';
import { foldOf, readRows, violations } from './ledger-rows';
import { lockWaits } from './lock-waits';
import { FaultProxy } from './proxy';
import { ServiceProcess } from './service-process';
import { until } from './until';

const BY_HAND = 'INSERT INTO inventory (productID, availableQuantity) VALUES';

onEveryStore((place) => {
  afterEach(() => ServiceProcess.killAll());

  test('a row inserted by hand is seen by the next GET and honoured by the next sale', async () => {
    const service = await ServiceProcess.start(place().environment);
    await service.count(1, 10);
    await place().sql(`${BY_HAND} (1, 2), (7, 5)`);
    expect((await service.get('/inventory')).body).toEqual([
      { productID: 1, availableQuantity: 2 },
      { productID: 7, availableQuantity: 5 },
    ]);
    await place().sql(`${BY_HAND} (1, 1)`);
    expect(await service.sell(1, 2)).toMatchObject({ status: 409, body: { availableQuantity: 1 } });
    expect(await service.sell(7, 5)).toMatchObject({ status: 201, body: { record: 5 } });
    expect(violations(await readRows(place()))).toEqual([]);
  });
});

describeMysql('an administrator of MySQL', () => {
  let place: MysqlPlace;
  beforeEach(async () => {
    place = await mysqlPlace();
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    await place.remove();
  });

  const REWOUND = 'THE LEDGER HAS GONE BACK';

  test('restores a backup: a read says so loudly, and answers from the ledger as it is now', async () => {
    const service = await ServiceProcess.start(place.environment);
    for (const units of [10, 20, 30]) await service.count(1, units);
    await service.count(2, 5);
    await place.sql('DELETE FROM inventory WHERE record > 2');
    const read = await service.get('/inventory');
    expect(read.headers.get('etag')).toEqual(tagOf(2));
    expect(read.body).toEqual([{ productID: 1, availableQuantity: 20 }]);
    expect(await service.logged(REWOUND)).toMatchObject({ level: 50, lastKnownRecord: 4 });
    expect(await service.get('/inventory/2')).toMatchObject({ status: 404 });
    expect(await service.sell(1, 21)).toMatchObject({
      status: 409,
      body: { availableQuantity: 20 },
    });
    expect(await service.sell(1, 20)).toMatchObject({ status: 201, body: { record: 3 } });
  });

  test('restores a backup: a sale is decided on the ledger as it is now, said loudly too', async () => {
    const service = await ServiceProcess.start(place.environment);
    for (const units of [10, 20, 30]) await service.count(1, units);
    await place.sql('DELETE FROM inventory WHERE record > 1');
    expect(await service.sell(1, 11)).toMatchObject({
      status: 409,
      body: { availableQuantity: 10 },
    });
    expect(await service.logged(REWOUND)).toMatchObject({ level: 50, lastKnownRecord: 3 });
    expect(await service.sell(1, 10)).toMatchObject({ status: 201, body: { record: 2 } });
  });

  test('empties the ledger: it is empty, and begins again at record 1', async () => {
    const service = await ServiceProcess.start(place.environment);
    await service.count(1, 10);
    await place.sql('TRUNCATE inventory');
    const read = await service.get('/inventory');
    expect(read.headers.get('etag')).toEqual(tagOf(0));
    expect(read.body).toEqual([]);
    expect(await service.sell(1, 1)).toMatchObject({ status: 404 });
    expect(await service.count(1, 3)).toMatchObject({ status: 201, body: { record: 1 } });
    await service.logged(REWOUND);
  });

  test('restores a backup that another process has added to since: both answer from the new ledger', async () => {
    const [service, other] = await Promise.all([
      ServiceProcess.start(place.environment),
      ServiceProcess.start(place.environment),
    ]);
    for (const units of [10, 20, 30]) await service.count(1, units);
    await place.sql('DELETE FROM inventory WHERE record > 1');
    await other.count(2, 5);
    await other.count(2, 6);
    const rows = await readRows(place);
    expect(rows).toHaveLength(3);
    for (const process of [service, other]) {
      expect((await process.get('/inventory')).body).toEqual(foldOf(rows));
    }
    await service.logged(REWOUND);
  });

  test('inserts a row while a batch is being committed: neither is missed by any process', async () => {
    const proxy = await FaultProxy.start(place.address);
    try {
      const [writer, other] = await Promise.all([
        ServiceProcess.start({ ...place.environment, DB_PORT: String(proxy.port) }),
        ServiceProcess.start(place.environment),
      ]);
      await writer.count(1, 5);
      const commit = proxy.next('COMMIT');
      const selling = writer.sell(1, 5);
      const held = await commit;
      await place.sql(`${BY_HAND} (7, 9)`);
      // Two catch up and one loads while record 3 stands in the ledger and record 2 does not yet.
      let looked = 0;
      const look = async (looking: Promise<unknown>) => {
        await looking;
        looked += 1;
      };
      const starting = ServiceProcess.start(place.environment);
      const looks = [writer.get('/inventory'), other.get('/inventory'), starting].map(look);
      const waiting = async () => looked + (await lockWaits(place)) === looks.length;
      await until('each has looked, or waits for the turn', waiting);
      held.pass();
      expect(await selling).toMatchObject({ status: 201, body: { availableQuantity: 0 } });
      await Promise.all(looks);
      const rows = await readRows(place);
      expect(foldOf(rows)).toEqual([
        { productID: 1, availableQuantity: 0 },
        { productID: 7, availableQuantity: 9 },
      ]);
      const services = [writer, other, await starting];
      const read = await Promise.all(services.map((service) => service.get('/inventory')));
      expect(read.map(({ body }) => body)).toEqual(services.map(() => foldOf(rows)));
      const sold = await Promise.all(services.map((service) => service.sell(1, 5)));
      expect(sold.map(({ status }) => status)).toEqual(services.map(() => 409));
    } finally {
      await proxy.close();
    }
  });
});
