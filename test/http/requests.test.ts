import { onEveryStore } from '../stores';
import { expectFaults, expectProblem } from './problem-answer';
import { startService, useService } from './service';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

onEveryStore((place) => {
  const service = useService(place);

  const count = (key: string, availableQuantity: number) =>
    service.ask
      .post('/inventory')
      .set('Idempotency-Key', key)
      .send({ productID: 1, availableQuantity });
  const lastRecord = async () => (await service.ask.get('/readyz')).body.record as number;

  test('an unused key is unknown, and asking for it does not use it', async () => {
    expectProblem(await service.ask.get('/requests/till-1'), 'unknown-request');
    expect((await count('till-1', 5)).status).toBe(201);
    expectProblem(await service.ask.get('/requests/till-2'), 'unknown-request');
    expectProblem(await service.ask.get('/requests/TILL-1'), 'unknown-request');
  });

  test('a request that was cancelled never runs, not even a copy that arrives later', async () => {
    const cancelled = await service.ask.delete('/requests/till-1');
    expect(cancelled.status).toBe(204);
    expect(cancelled.text).toBe('');
    expectProblem(await count('till-1', 5), 'request-cancelled');
    expect(await lastRecord()).toBe(0);
    const kept = await service.ask.get('/requests/till-1');
    expect(kept.status).toBe(200);
    expect(kept.body).toEqual({ key: 'till-1', state: 'cancelled', recordedAt: TIME });
  });

  test('cancelled once is cancelled for good, by every service', async () => {
    await service.ask.delete('/requests/till-1');
    const { body } = await service.ask.get('/requests/till-1');
    expect((await service.ask.delete('/requests/till-1')).status).toBe(204);
    expectProblem(await count('till-1', 5), 'request-cancelled');
    const other = await startService(place().environment);
    expect((await other.ask.delete('/requests/till-1')).status).toBe(204);
    expect((await other.ask.get('/requests/till-1')).body).toEqual(body);
    await other.close();
    expect(await place().sql('SELECT 1 FROM requests')).toHaveLength(1);
  });

  test('a request that has run cannot be cancelled: the answer says what became of it', async () => {
    const ran = await count('till-1', 5);
    const kept = (await service.ask.get('/requests/till-1')).body;
    expect(kept).toMatchObject({ state: 'answered', status: 201, answer: ran.body });
    const refused = await service.ask.delete('/requests/till-1');
    expectProblem(refused, 'request-has-run', { request: kept });
    expectProblem(await service.ask.delete('/requests/till-1'), 'request-has-run', {
      request: kept,
    });
    expect((await count('till-1', 5)).body).toEqual(ran.body);
    expect(await lastRecord()).toBe(1);
  });

  test('a request that was refused has run as well', async () => {
    const sale = () =>
      service.ask
        .post('/sales')
        .set('Idempotency-Key', 'till-1')
        .send({ productID: 1, quantity: 1 });
    const refused = await sale();
    expectProblem(refused, 'unknown-product', { productID: 1 });
    await count('till-2', 5);
    expectProblem(await service.ask.delete('/requests/till-1'), 'request-has-run', {
      request: {
        key: 'till-1',
        state: 'answered',
        recordedAt: TIME,
        status: 404,
        answer: JSON.parse(refused.text),
      },
    });
    expectProblem(await sale(), 'unknown-product', { productID: 1 });
    expect(await lastRecord()).toBe(1);
  });

  test('of a request and its cancellation that come at once, only one takes effect', async () => {
    for (let round = 1; round <= 10; round += 1) {
      const key = `till-${round}`;
      const before = await lastRecord();
      const [ran, cancelled] = await Promise.all([
        count(key, 5),
        service.ask.delete(`/requests/${key}`),
      ]);
      const after = await lastRecord();
      if (cancelled.status === 204) {
        expectProblem(ran, 'request-cancelled');
        expect(after).toBe(before);
      } else {
        expect(cancelled.body.request).toMatchObject({ status: 201, answer: ran.body });
        expect(after).toBe(before + 1);
      }
    }
  });

  test.each([
    ['a space', '%20'],
    ['two words', 'a%20b'],
    ['beyond ASCII', '%C3%A9'],
    ['a control character', '%00'],
    ['256 characters', 'x'.repeat(256)],
  ])('%s is no key', async (_fault, key) => {
    await count('till-1', 5);
    expectFaults(await service.ask.get(`/requests/${key}`), 'key');
    expectFaults(await service.ask.delete(`/requests/${key}`), 'key');
    expect(await place().sql('SELECT 1 FROM requests')).toHaveLength(1);
  });

  test('a request is reported, or cancelled, and nothing else', async () => {
    const answer = await service.ask.post('/requests/till-1');
    expectProblem(answer, 'method-not-allowed');
    expect(answer.headers.allow).toBe('GET, HEAD, DELETE, OPTIONS');
    expectFaults(await service.ask.get('/requests/till-1?wait=1'), 'wait');
    expectProblem(await service.ask.get('/requests'), 'unknown-path');
  });
});
