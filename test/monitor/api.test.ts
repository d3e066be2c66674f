import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refused, Unreachable } from '../../app/client/failure';
import { Api } from '../../app/monitor/api';
import { INSTANCE_HEADER } from '../../app/wire/headers';
import { startService, type TestService } from '../http/service';
import { freePort } from '../servers/free-port';
import { type LedgerPlace, sqlitePlace } from '../stores';

describe('that the service does its work', () => {
  let place: LedgerPlace;
  let service: TestService;
  beforeEach(async () => {
    place = await sqlitePlace();
  });
  afterEach(async () => {
    await service.close();
    await place.remove();
  });

  /** An API of the service, and how often that has done what it was asked for. */
  const apiOf = ({ port }: TestService) => {
    const api = new Api(`http://127.0.0.1:${port}`);
    const successes = { count: 0 };
    api.onSuccess = () => {
      successes.count += 1;
    };
    return { api, successes };
  };

  test('is reported if it has done what it was asked for, and not if it refuses', async () => {
    service = await startService(place.environment);
    const { api, successes } = apiOf(service);
    await expect(api.alert(1)).rejects.toThrow(Refused);
    expect(successes.count).toBe(0);
    await api.overview();
    expect(successes.count).toBe(1);
  });

  test('is not reported if it answers that its database is out of reach', async () => {
    const gone = { DB_HOST: '127.0.0.1', DB_PORT: String(await freePort()) };
    service = await startService(gone, { READ_TIMEOUT_MS: '100', WRITE_TIMEOUT_MS: '100' });
    const { api, successes } = apiOf(service);
    await expect(api.overview()).rejects.toThrow(Unreachable);
    // Before a change it asks which service that is, and that is answered.
    await expect(api.saveCheckpoint(1)).rejects.toThrow(Unreachable);
    expect(successes.count).toBe(0);
  });
});

test('the answer that says which service it is does not go on once that is known', async () => {
  const INSTANCE = 'our-shop-1';
  const server = createServer((req, res) => {
    res.setHeader(INSTANCE_HEADER, INSTANCE);
    if (req.url !== '/healthz') return res.end('{}');
    // It has no end.
    identified = once(res, 'close');
    return res.write('{');
  });
  let identified: Promise<unknown> | undefined;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Api(`http://127.0.0.1:${port}`, INSTANCE).saveCheckpoint(1);
  expect(identified).toBeDefined();
  await identified;
  server.closeAllConnections();
  server.close();
});
