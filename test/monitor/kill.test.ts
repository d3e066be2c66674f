import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfig } from '../../app/config';
import { createMonitor } from '../../app/monitor/monitor';
import { MONITOR_SETTINGS } from '../../app/monitor/settings';
import { createService } from '../../app/service';
import { readSettings } from '../../app/setting-table';
import { ServiceProcess } from '../faults/service-process';
import { until } from '../faults/until';
import { listen } from '../http/service';
import { HostedService } from '../servers/hosted-service';
import { onEveryStore } from '../stores';
import { Mailbox, Receiver, WEBHOOK_SECRET } from './receivers';
import { COURSES, PLENTY, Shortages } from './shortages';
import { TestClock } from './test-clock';

const PRODUCTS = [1, 2, 3, 4, 5, 6];
const ROUNDS = 5;

/** A monitor that has started has loaded the products, and has begun to tell, by then. */
const LIFE_MS = 900;

/** Longer than a try may last of which nothing was heard. */
const LEASE_MS = 130_000;

/** To see a failure again: TEST_SEED, and the number that the test's name has. */
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);

onEveryStore((place) => {
  let mailbox: Mailbox;
  let receiver: Receiver;
  let settings: Record<string, string>;
  const ends: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    mailbox = new Mailbox();
    receiver = new Receiver();
    settings = {
      SMTP_URL: await mailbox.open(),
      MAIL_TO: 'ann@shop.example',
      DIGEST_MINUTES: '0',
      WEBHOOK_URLS: await receiver.open(),
      WEBHOOK_SECRET,
      WEBHOOK_ALLOW_PRIVATE: 'true',
      CLEAR_PERCENT: '100',
    };
  });
  afterEach(async () => {
    await ServiceProcess.killAll();
    for (const end of ends.splice(0)) await end();
    await Promise.all([mailbox.close(), receiver.close()]);
  });

  /** A service that nothing kills. */
  const serve = async () => {
    const service = await HostedService.start(place().environment);
    ends.push(() => service.stop());
    return service;
  };
  const watch = (port: number, more: Record<string, string> = {}) =>
    ServiceProcess.startMonitor({ ...settings, API_URL: `http://127.0.0.1:${port}`, ...more });
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it, it says.
  const get = async (port: number, resource: string): Promise<any> =>
    (await fetch(`http://127.0.0.1:${port}${resource}`)).json();
  const checkpointOf = async (port: number) => (await get(port, '/alerts/checkpoint')).record;

  test(`two monitors killed at any moment: each shortage is reported once, by mail and webhook (seed ${SEED})`, async () => {
    const random = randomFrom(SEED);
    const clock = new TestClock(new Date());
    const logger = pino({ level: 'silent' });
    const service = createService(readConfig(place().environment), logger, '', clock.now);
    const listening = await listen(service.app);
    ends.push(listening.close, () => service.close());
    const { port } = listening;
    const shortages = new Shortages(port);
    for (const productID of PRODUCTS) await shortages.count(productID, PLENTY);

    const monitors = await Promise.all([watch(port), watch(port)]);
    // From their first look on nothing is missed.
    await until('a first look', () => checkpointOf(port));
    for (let round = 0; round < ROUNDS; round += 1) {
      const killing = monitors.map(async (monitor, index) => {
        await pause(random() * LIFE_MS);
        if (random() < 0.3) return;
        monitor.kill('SIGKILL');
        await monitor.exited;
        monitors[index] = await watch(port);
      });
      for (const productID of PRODUCTS) {
        const course = COURSES[Math.floor(random() * COURSES.length)] as (typeof COURSES)[number];
        await shortages.make(productID, course, () => pause(random() * 100));
      }
      await Promise.all(killing);
    }
    for (const monitor of monitors) monitor.kill('SIGKILL');

    // What a killed one had claimed is free when its time is over: so late is it for the last one.
    clock.moveTo(new Date(clock.now().getTime() + LEASE_MS));
    const stopping = new AbortController();
    const last = readSettings(MONITOR_SETTINGS, {
      ...settings,
      API_URL: `http://127.0.0.1:${port}`,
    });
    const running = createMonitor(last, logger, clock).run(stopping.signal);
    ends.unshift(() => {
      stopping.abort();
      return running;
    });
    await until('all to be reported', () => shortages.isOver());
    await shortages.expectToldOnce(mailbox, receiver);
  });

  test('a service killed under a monitor, which continues with the next one: nothing is missed or reported twice', async () => {
    let service = await ServiceProcess.start(place().environment);
    const { port } = service;
    const shortages = new Shortages(port);
    await shortages.count(1, PLENTY);
    const monitor = await watch(port);
    await until('a first look', () => checkpointOf(port));
    for (const course of COURSES.slice(0, 3)) {
      await shortages.make(1, course, async () => {
        service.kill('SIGKILL');
        await service.exited;
        service = await ServiceProcess.start({ ...place().environment, PORT: String(port) });
      });
    }
    // Longer than the try that the service died in, of which nobody knows what came.
    await until('all to be reported', () => shortages.isOver(), LEASE_MS);
    await shortages.expectToldOnce(mailbox, receiver);
    monitor.kill('SIGTERM');
    expect(await monitor.exited).toEqual({ code: 0, signal: null });
  }, 200_000);

  test('a shortage that came and went while no monitor ran is found and reported by the next', async () => {
    const { port } = await serve();
    const shortages = new Shortages(port);
    await shortages.count(1, PLENTY);
    const first = await watch(port);
    await until('a first look', () => checkpointOf(port));
    first.kill('SIGTERM');
    await first.exited;
    await shortages.make(1, { counts: [5, 0], reported: ['open low', 'open out'] });
    expect(mailbox.mails).toEqual([]);
    await watch(port);
    await until('all to be reported', () => shortages.isOver());
    await shortages.expectToldOnce(mailbox, receiver);
    expect(mailbox.mails[0]?.text).toContain('No longer short: Product 1');
  });

  test('SIGTERM while a mail is on its way: it arrives, and is known to have, before the monitor exits 0', async () => {
    const { port } = await serve();
    const gate = await Gate.start(new URL(settings.SMTP_URL ?? ''));
    ends.push(() => gate.close());
    const monitor = await watch(port, { SMTP_URL: gate.url, WEBHOOK_URLS: '' });
    await new Shortages(port).count(1, 0);
    await until('a mail on its way', () => gate.waiting === 1);
    monitor.kill('SIGTERM');
    await monitor.logged('SIGTERM');
    gate.open();
    expect(await monitor.exited).toEqual({ code: 0, signal: null });
    expect(mailbox.mails).toHaveLength(1);
    const [alert] = await get(port, '/alerts');
    expect(alert.deliveries).toMatchObject([{ channel: 'mail', status: 'delivered' }]);
  });
});

/** Before a server: takes connections, and leads none on until it is opened. */
class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly #sockets: Socket[] = [];
  readonly #server;

  private constructor(target: URL) {
    this.#server = createServer((client) => {
      this.#sockets.push(client);
      this.#waiting.push(() => {
        const server = connect(Number(target.port), target.hostname);
        this.#sockets.push(server);
        client.pipe(server).pipe(client);
      });
    });
  }

  static async start(target: URL): Promise<Gate> {
    const gate = new Gate(target);
    gate.#server.listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  open(): void {
    for (const leadOn of this.#waiting.splice(0)) leadOn();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Numbers from 0 up to 1, the same for the same seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
