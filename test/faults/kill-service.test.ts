import { once } from 'node:events';
import { connect } from 'node:net';
import { onEveryStore } from '../stores';
import { readRows, violations } from './ledger-rows';
import { MarkedClients } from './marked-clients';
import { ServiceProcess } from './service-process';
import { until } from './until';

const CLIENTS = 40;
const KILLS = 8;
const ACKNOWLEDGED_BETWEEN = 200;

onEveryStore((place) => {
  let clients: MarkedClients | undefined;
  afterEach(async () => {
    await ServiceProcess.killAll();
    await clients?.stop();
  });

  test(`kill -9 under load, ${KILLS} times: what was acknowledged is there once, what was refused is not`, async () => {
    let service = await ServiceProcess.start(place().environment);
    clients = new MarkedClients(CLIENTS, () => service);
    for (let kill = 0; kill < KILLS; kill++) {
      await clients.more(ACKNOWLEDGED_BETWEEN);
      service.kill('SIGKILL');
      await service.exited;
      service = await ServiceProcess.start(place().environment);
    }
    await clients.more(ACKNOWLEDGED_BETWEEN);
    await clients.stop();
    const rows = await readRows(place());
    expect(clients.contradictions(rows)).toEqual([]);
    expect(clients.surprises).toEqual([]);
    expect(violations(rows)).toEqual([]);
    const verified = await ServiceProcess.run(place().environment, 'verify');
    expect(verified).toMatchObject({ code: 0 });
  });

  test('SIGTERM under load: what was accepted is answered, then it exits 0, with nothing lost', async () => {
    const service = await ServiceProcess.start(place().environment);
    clients = new MarkedClients(CLIENTS, () => service);
    await clients.more(ACKNOWLEDGED_BETWEEN);
    service.kill('SIGTERM');
    await service.logged('SIGTERM');
    // The line is written a moment before the port is given up.
    await until('new clients to be refused', () =>
      connecting(service.port).then(
        () => false,
        ({ code }) => code === 'ECONNREFUSED',
      ),
    );
    expect(await service.exited).toEqual({ code: 0, signal: null });
    await clients.stop();
    const rows = await readRows(place());
    expect(clients.contradictions(rows)).toEqual([]);
    expect(clients.surprises).toEqual([]);
    expect(violations(rows)).toEqual([]);
    expect(rows).toHaveLength(clients.acknowledged);
    expect(service.log.filter(({ msg }) => msg === 'request aborted')).toEqual([]);
    expect(service.log.at(-1)).toMatchObject({ msg: 'stopped' });
  });

  test('a request whose turn lasts through SIGTERM is answered with its record', async () => {
    const service = await ServiceProcess.start(place().environment);
    await service.count(1, 1);
    const store = place().open();
    const turn = await store.takeTurn();
    const selling = service.sell(1, 1);
    // The sale waits for the turn that this test holds: so does a second one, queued behind it.
    const behind = service.sell(1, 1);
    await until('the sales were accepted', async () => (await service.get('/healthz')).status);
    service.kill('SIGTERM');
    await service.logged('SIGTERM');
    await turn.abandon();
    await store.close();
    const answers = await Promise.all([selling, behind]);
    const sold = answers.filter(({ status }) => status === 201);
    expect(sold).toHaveLength(1);
    expect(await service.exited).toEqual({ code: 0, signal: null });
    expect(await readRows(place())).toMatchObject([{ reason: 'count' }, { reason: 'sale' }]);
  });

  test('SIGTERM gives up what cannot be finished within its limit, and says so', async () => {
    const service = await ServiceProcess.start({
      ...place().environment,
      SHUTDOWN_TIMEOUT_MS: '200',
    });
    const store = place().open();
    const turn = await store.takeTurn();
    const counting = service.count(1, 1).catch((error: Error) => error.name);
    await until('the count was accepted', async () => (await service.get('/healthz')).status);
    service.kill('SIGTERM');
    expect(await service.exited).toEqual({ code: 1, signal: null });
    expect(service.log.at(-1)?.msg).toContain('SHUTDOWN_TIMEOUT_MS');
    expect(await counting).toBe('TypeError');
    await turn.abandon();
    await store.close();
    expect(await readRows(place())).toEqual([]);
  });

  test('a taken port is one clear line and a failure', async () => {
    const { port } = await ServiceProcess.start(place().environment);
    const second = await ServiceProcess.run({ ...place().environment, PORT: String(port) });
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toBe(
      `Port ${port} is taken: stop what listens there, or choose another with PORT.\n`,
    );
  });
});

/** Opens a connection, as a new client would. */
async function connecting(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect').finally(() => socket.destroy());
}

test('settings that cannot be used are named, one line each, and nothing starts', async () => {
  const ran = await ServiceProcess.run({
    PORT: '70000',
    LOG_LEVEL: 'loud',
    WRITE_TIMEOUT_MS: '-1',
  });
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  const lines = ran.stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  for (const [index, name] of ['PORT', 'LOG_LEVEL', 'WRITE_TIMEOUT_MS'].entries()) {
    expect(lines[index]).toMatch(new RegExp(`^${name} must be .*, and is "`));
  }
});
