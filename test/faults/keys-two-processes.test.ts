import type { Answer } from '../servers/ask';
import { onEveryStore } from '../stores';
import { cancel, isReplayed, postKeyed } from './keyed-requests';
import { readRows, violations } from './ledger-rows';
import { ServiceProcess } from './service-process';

const COPIES = 100;

/** Races of copies against a cancellation, which comes earlier or later among them from race to race. */
const RACES = 40;
const RACERS = 8;

onEveryStore((place) => {
  let services: [ServiceProcess, ServiceProcess];
  beforeEach(async () => {
    const start = () => ServiceProcess.start(place().environment);
    services = await Promise.all([start(), start()]);
  });
  afterEach(() => ServiceProcess.killAll());

  /** The process that takes the copy of a number: they take turns. */
  const serviceOf = (index: number) => services[index % 2] as ServiceProcess;

  const sellCopies = (key: string, quantities: (copy: number) => number) =>
    Promise.all(
      Array.from({ length: COPIES }, (_, copy) =>
        postKeyed(serviceOf(copy), key, '/sales', { productID: 1, quantity: quantities(copy) }),
      ),
    );

  /** All that a copy's answer may say, except for whether it is a copy. */
  const said = ({ status, headers, body }: Answer) => ({
    status,
    body,
    location: headers.get('Location'),
    etag: headers.get('ETag'),
    type: headers.get('Content-Type'),
  });

  /** One copy is the first, and the others say what it says and that they are copies. */
  function expectOneAnswer(answers: readonly Answer[]): void {
    expect(answers.filter((answer) => !isReplayed(answer))).toHaveLength(1);
    const [first] = answers as [Answer];
    for (const answer of answers) expect(said(answer)).toEqual(said(first));
  }

  test(`${COPIES} copies of one sale at once over two processes are one record and one answer`, async () => {
    await services[0].count(1, COPIES);
    const answers = await sellCopies('order-7', () => 1);
    expectOneAnswer(answers);
    const answer = { record: 2, productID: 1, availableQuantity: COPIES - 1, quantity: 1 };
    expect(answers[0]).toMatchObject({ status: 201, body: answer });
    expect(await readRows(place())).toMatchObject([{ reason: 'count' }, { reason: 'sale' }]);
    const [today] = (await services[1].get('/sales')).body;
    expect(today).toMatchObject({ productID: 1, unitsSold: 1 });
    for (const service of services) {
      expect((await service.get('/requests/order-7')).body).toMatchObject({
        state: 'answered',
        status: 201,
        answer,
      });
    }
  });

  test(`${COPIES} copies of a refused sale are all refused as the first was, even if something happens between`, async () => {
    await services[0].count(1, 1);
    const receiving = services[1].count(1, COPIES);
    const answers = await sellCopies('order-7', () => COPIES);
    await receiving;
    const late = await postKeyed(services[1], 'order-7', '/sales', {
      productID: 1,
      quantity: COPIES,
    });
    expectOneAnswer([...answers, late]);
    const sold = late.status === 201;
    // Whether the second count came before the first copy is nobody's to say; the answer says which.
    if (!sold) {
      expect(late.body).toMatchObject({
        type: '/problems/insufficient-stock',
        availableQuantity: 1,
      });
    }
    expect(await readRows(place())).toHaveLength(sold ? 3 : 2);
  });

  test('of two requests sent many times at once under one key, one is recorded and the other refused', async () => {
    await services[0].count(1, COPIES);
    // Copies 0, 1, 4, 5, … sell one and the others two, so that each process gets both.
    const quantities = (copy: number) => 1 + (Math.floor(copy / 2) % 2);
    const answers = await sellCopies('order-7', quantities);
    const [, row] = await readRows(place());
    const mine = answers.filter((_, copy) => quantities(copy) === row?.quantity);
    const others = answers.filter((_, copy) => quantities(copy) !== row?.quantity);
    expect(others).toHaveLength(COPIES / 2);
    expectOneAnswer(mine);
    expect(mine[0]).toMatchObject({ status: 201, body: { record: 2, quantity: row?.quantity } });
    for (const answer of others) {
      expect(answer).toMatchObject({ status: 422, body: { type: '/problems/key-reused' } });
    }
    expect(await readRows(place())).toHaveLength(2);
  });

  /** Copies of a count of its own product race one cancellation, then one copy more comes late. */
  async function race(productID: number) {
    const key = `count-${productID}`;
    const copy = (index: number) =>
      postKeyed(serviceOf(index), key, '/inventory', { productID, availableQuantity: 5 });
    const asked: Promise<Answer>[] = [];
    let cancelling: Promise<Answer> | undefined;
    for (let index = 0; index < RACERS; index++) {
      if (index === productID % RACERS) cancelling = cancel(serviceOf(productID), key);
      asked.push(copy(index));
    }
    const answers = await Promise.all(asked);
    const cancelled = (await cancelling) as Answer;
    answers.push(await copy(productID));
    return { key, answers, cancelled, again: await cancel(serviceOf(productID + 1), key) };
  }

  test(`copies that race a cancellation ${RACES} times: either the request ran and the answer says so, or no copy is recorded`, async () => {
    const productIDs = Array.from({ length: RACES }, (_, index) => index + 1);
    const races = await Promise.all(productIDs.map(race));
    const rows = await readRows(place());
    for (const [index, { key, answers, cancelled, again }] of races.entries()) {
      const recorded = rows.filter(({ productID }) => productID === productIDs[index]);
      expect(again.status).toBe(cancelled.status);
      if (cancelled.status === 204) {
        expect(recorded).toEqual([]);
        for (const answer of answers) {
          expect(answer).toMatchObject({
            status: 409,
            body: { type: '/problems/request-cancelled' },
          });
        }
      } else {
        expect(recorded).toHaveLength(1);
        expectOneAnswer(answers);
        expect(cancelled).toMatchObject({
          status: 409,
          body: {
            type: '/problems/request-has-run',
            request: { key, state: 'answered', status: 201, answer: answers[0]?.body },
          },
        });
        expect(again.body.request).toEqual(cancelled.body.request);
      }
    }
    expect(violations(rows)).toEqual([]);
  });

  test('a request that one process cancelled never runs in the other, and one that ran cannot be cancelled there', async () => {
    const [one, other] = services;
    const count = { productID: 1, availableQuantity: 5 };
    expect((await cancel(one, 'never')).status).toBe(204);
    expect(await postKeyed(other, 'never', '/inventory', count)).toMatchObject({
      status: 409,
      body: { type: '/problems/request-cancelled' },
    });
    expect((await other.get('/requests/never')).body).toMatchObject({ state: 'cancelled' });
    const done = await postKeyed(one, 'done', '/inventory', count);
    expect(await cancel(other, 'done')).toMatchObject({
      status: 409,
      body: { request: { status: 201, answer: done.body } },
    });
    expect(await readRows(place())).toHaveLength(1);
  });
});
