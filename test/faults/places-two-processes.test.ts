import { imbalancesOf } from '../../app/ledger/conservation';
import type { Answer } from '../servers/ask';
import { onEveryStore } from '../stores';
import { changeHold, changeTransfer, putHold, putLocation, ship } from './placed-requests';
import { ServiceProcess } from './service-process';

/** In a wave so many products have one unit each; each is a round of its own. */
const PRODUCTS = 50;
const WAVES = 20;

/** Copies of one request that several clients send at once. */
const COPIES = 6;

/** For one store. It took 112 s on two cores that four other test runs shared. */
const TIMEOUT_MS = 300_000;

onEveryStore((place) => {
  let services: [ServiceProcess, ServiceProcess];
  beforeEach(async () => {
    const start = () => ServiceProcess.start(place().environment);
    services = await Promise.all([start(), start()]);
    await putLocation(services[0], 2);
  });
  afterEach(() => ServiceProcess.killAll());

  /** What is wrong in the ledger; nothing if every unit is accounted for. */
  async function imbalances() {
    const store = place().open();
    try {
      return imbalancesOf(await store.audit());
    } finally {
      await store.close();
    }
  }

  /** A sale, two holds and a transfer want the only unit of a product: who got it? */
  async function race(productID: number, wave: number): Promise<string> {
    const [one, two] = (wave % 2 ? services : services.toReversed()) as typeof services;
    expect((await one.count(productID, 1)).status).toBe(201);
    const name = `${productID}-${wave}`;
    const asks = [
      () => two.sell(productID, 1),
      () => putHold(one, `one-${name}`, productID),
      () => putHold(two, `two-${name}`, productID),
      () => ship(one, productID),
      () => ship(two, productID),
    ];
    // Each comes first in some waves.
    const first = wave % asks.length;
    const inTurn = [...asks.slice(first), ...asks.slice(0, first)];
    const answers = await Promise.all(inTurn.map((ask) => ask()));
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer !== won[0])) {
      expect([status, body.type]).toEqual([409, '/problems/insufficient-stock']);
    }
    return end(one, two, won[0] as Answer, wave);
  }

  /** What was held or sent ends twice at once, at both processes: once only. */
  async function end(one: ServiceProcess, two: ServiceProcess, { body }: Answer, wave: number) {
    if (body.holdID) {
      const what = wave % 3 ? 'sale' : 'release';
      const ends = [changeHold(one, body.holdID, 'sale'), changeHold(two, body.holdID, what)];
      expect((await Promise.all(ends)).map(({ status }) => status).sort()).toEqual([200, 409]);
      return 'hold';
    }
    if (!body.transferID) return 'sale';
    const received = { lines: [{ productID: body.lines[0].productID, received: 1 }] };
    const ends = [
      changeTransfer(one, body.transferID, 'receipts', received),
      changeTransfer(two, body.transferID, 'closing', { remainder: 'lost' }),
      changeTransfer(two, body.transferID, 'receipts', received),
    ];
    const statuses = (await Promise.all(ends)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409, 409]);
    return 'transfer';
  }

  test(
    `two processes want the last unit ${PRODUCTS * WAVES} times, by sales, holds and transfers: one gets it, and it ends once`,
    async () => {
      const winners = new Set<string>();
      const products = Array.from({ length: PRODUCTS }, (_, index) => index + 1);
      for (let wave = 0; wave < WAVES; wave++) {
        const won = await Promise.all(products.map((productID) => race(productID, wave)));
        for (const each of won) winners.add(each);
      }
      expect([...winners].sort()).toEqual(['hold', 'sale', 'transfer']);
      expect(await imbalances()).toEqual([]);
      const verified = await ServiceProcess.run(place().environment, 'verify');
      expect(verified).toMatchObject({ code: 0, stderr: '' });
    },
    TIMEOUT_MS,
  );

  test('copies of one request, by several clients at both processes at once, are recorded once', async () => {
    await services[0].count(1, 50);
    const copies = (ask: (service: ServiceProcess) => Promise<Answer>) =>
      Promise.all(
        Array.from({ length: COPIES }, (_, index) => ask(services[index % 2] as ServiceProcess)),
      );
    const held = await copies((service) => putHold(service, 'a', 1, { quantity: 2, key: 'h' }));
    const sent = await copies((service) => ship(service, 1, 3, 't'));
    for (const answers of [held, sent]) {
      for (const { status, body } of answers) {
        expect(status).toBe(201);
        expect(body).toEqual(answers[0]?.body);
      }
      const replayed = answers.filter(({ headers }) => headers.get('Idempotent-Replayed'));
      expect(replayed).toHaveLength(COPIES - 1);
    }
    expect((await services[1].get('/inventory/1')).body.availableQuantity).toBe(45);
    expect((await services[1].get('/transfers')).body).toHaveLength(1);
    // Refused ones, too: what is free since then does not matter.
    const refused = await copies((service) =>
      putHold(service, 'b', 1, { quantity: 99, key: 'no' }),
    );
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([409]));
    expect(await imbalances()).toEqual([]);
  });

  test('the name of a hold that has ended is never free again, also if the lines would be refused', async () => {
    const [service] = services;
    // This process takes every turn, so that it takes quick ones.
    for (const units of [4, 5, 6]) await service.count(1, units);
    await putHold(service, 'a', 1);
    await changeHold(service, 'a', 'release');
    const ended = { status: 409, body: { type: '/problems/hold-ended', ended: 'released' } };
    expect(await putHold(service, 'a', 1)).toMatchObject(ended);
    // Together with what is recorded.
    for (let round = 0; round < 5; round++) {
      const [, again, tooMany] = await Promise.all([
        service.count(2, round),
        putHold(service, 'a', 1),
        putHold(service, 'a', 1, { quantity: 99 }),
        service.count(3, round),
      ]);
      expect([again, tooMany]).toMatchObject([ended, ended]);
    }
  });
});
