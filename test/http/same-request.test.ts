import { onEveryStore } from '../stores';
import { essence } from './essence';
import { expectFaults, expectProblem } from './problem-answer';
import { startService, useService } from './service';
import { ENCODINGS, json, post } from './wire';

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
  });

  /** Sends JSON under a key, to this service or another one on the same ledger. */
  const ask = (
    key: string,
    { text, path = '/inventory' }: { text: string; path?: string },
    { port } = service,
  ) => post(port, path, json(text), { 'Idempotency-Key': key });
  const lastRecord = async () => (await service.ask.get('/readyz')).body.record as number;

  test('a request is the same in every encoding, order and way to write a number', async () => {
    const fields = [
      ['productID', '1'],
      ['quantity', '2'],
      ['unitPrice', '4.50'],
    ] as const;
    const key = { 'Idempotency-Key': 'a' };
    const first = await post(
      service.port,
      '/sales',
      json('{"productID":1,"quantity":2,"unitPrice":4.5}'),
      key,
    );
    expect(first.status).toBe(201);
    for (const encode of Object.values(ENCODINGS)) {
      const again = await post(service.port, '/sales', encode(fields.toReversed()), key);
      expect(essence(again)).toEqual(essence(first));
    }
    const count = '{"productID":1,"availableQuantity":3}';
    const named = '{"reason":"count","availableQuantity":"3","productID":1}';
    const counted = await ask('b', { text: count });
    expect(essence(await ask('b', { text: named }))).toEqual(essence(counted));
    expect(await lastRecord()).toBe(3);
  });

  test('a batch of one is another request than the change alone, and so is another mode', async () => {
    const change = '{"productID":1,"availableQuantity":3}';
    const batch = { path: '/inventory/batch', text: `{"changes":[${change}]}` };
    await ask('a', batch);
    expectProblem(await ask('a', { text: change }), 'key-reused');
    const each = { ...batch, path: '/inventory/batch?mode=each' };
    expectProblem(await ask('a', each), 'key-reused');
    expect((await ask('a', { ...batch, path: '/inventory/batch?mode=all' })).status).toBe(201);
    expect(await lastRecord()).toBe(2);
  });

  test('a faulty request leaves its key free', async () => {
    expectFaults(await ask('a', { text: '{"productID":1}' }), 'availableQuantity');
    expectProblem(await ask('a', { text: '{' }), 'malformed-body');
    expectProblem(await service.ask.get('/requests/a'), 'unknown-request');
    const answer = await ask('a', { text: '{"productID":1,"availableQuantity":3}' });
    expect(answer.status).toBe(201);
    expect(answer.headers['idempotent-replayed']).toBeUndefined();
  });

  test('a key is any visible ASCII, and two keys are the same only if every byte is', async () => {
    const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
    const keys = [visible.join(''), 'x'.repeat(255), 'x'.repeat(254), '%2F', '/', 'a', 'A'];
    for (const key of keys) {
      const { status, text } = await ask(key, {
        text: '{"productID":1,"quantityChange":1,"reason":"receipt"}',
      });
      expect(status).toBe(201);
      const kept = await service.ask.get(`/requests/${encodeURIComponent(key)}`);
      expect(kept.body).toMatchObject({ key, state: 'answered', answer: JSON.parse(text) });
    }
    expect(await lastRecord()).toBe(1 + keys.length);
  });

  test('copies that come at once to two services are recorded once, and answered alike', async () => {
    const other = await startService(place().environment);
    const sale = { path: '/sales', text: '{"productID":1,"quantity":1}' };
    const copies = Array.from({ length: 20 }, (_, index) =>
      ask('a', sale, index % 2 === 0 ? service : other),
    );
    const answers = await Promise.all(copies);
    await other.close();
    expect(new Set(answers.map((answer) => JSON.stringify(essence(answer)))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    const fresh = answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined);
    expect(fresh).toHaveLength(1);
    expect(await lastRecord()).toBe(2);
  });
});
