import { describeMysql, type MysqlPlace, mysqlPlace } from '../stores';
import { FaultProxy } from './proxy';
import { ServiceProcess } from './service-process';

describeMysql('a read that begins after a write was acknowledged by another process', () => {
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

  test('sees it, though a catch-up that looked before the write is still under way', async () => {
    const [reader, writer] = await Promise.all([
      ServiceProcess.start({ ...place.environment, DB_PORT: String(proxy.port) }),
      ServiceProcess.start(place.environment),
    ]);
    await writer.count(1, 55);
    const catchUp = proxy.next('SELECT record');
    const early = reader.get('/inventory');
    const looked = await catchUp;
    await looked.passWithoutReply();
    const count = await writer.count(1, 3);
    const late = reader.get('/inventory');
    // Until the late read is surely with the reader, behind the catch-up.
    for (let probe = 0; probe < 5; probe++) await reader.get('/healthz');
    looked.release();
    expect((await early).body).toEqual([{ productID: 1, availableQuantity: 55 }]);
    expect((await late).body).toEqual([{ productID: 1, availableQuantity: 3 }]);
    expect((await late).headers.get('etag')).toBe(count.headers.get('etag'));
  });
});
