import { onEveryStore } from '../stores';
import { essence } from './essence';
import { expectFaults, expectProblem } from './problem-answer';
import { startService, useService } from './service';
import { type Sent, send } from './wire';

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** Every request that changes something, as it is sent again and again below. */
const CHANGES: Record<string, Sent & { readonly text: string }> = {
  'POST /inventory': { text: '{"productID":1,"availableQuantity":7,"note":"a\\nb"}' },
  'POST /inventory with a reason': {
    text: '{"productID":1,"quantityChange":-3,"reason":"waste","reference":"W-1"}',
  },
  'POST /sales': { path: '/sales', text: '{"productID":1,"quantity":2,"unitPrice":"4.50"}' },
  'POST /inventory/batch': {
    path: '/inventory/batch',
    text: '{"changes":[{"productID":1,"quantity":1},{"productID":2,"availableQuantity":9}]}',
  },
  'POST /inventory/batch?mode=each': {
    path: '/inventory/batch?mode=each',
    text: '{"changes":[{"productID":1,"quantity":1},{"productID":8,"quantity":1},{"productID":1,"quantity":2}]}',
  },
  'POST /products': { path: '/products', text: '{"name":"Beans","sku":"B-1","price":"18.90"}' },
  'PATCH /products/1': {
    method: 'PATCH',
    path: '/products/1',
    text: '{"name":"Whole beans","price":""}',
  },
  'DELETE /products/1': { method: 'DELETE', path: '/products/1', text: '' },
};

/** Requests that are refused at first, and would not be once there is more in stock and in the catalogue. */
const REFUSED: Record<string, Sent & { readonly text: string }> = {
  'too little in stock': { path: '/sales', text: '{"productID":1,"quantity":11}' },
  'no such product': { path: '/sales', text: '{"productID":5,"quantity":1}' },
  'another quantity': { text: '{"productID":1,"availableQuantity":3,"expectedQuantity":50}' },
  'a batch with one too many': {
    path: '/inventory/batch',
    text: '{"changes":[{"productID":1,"quantity":4},{"productID":1,"quantity":7}]}',
  },
  'no such product in the catalogue': {
    method: 'PATCH',
    path: '/products/5',
    text: '{"name":"Cup"}',
  },
};

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    await service.ask.post('/products').send({ productID: 1, name: 'Beans' });
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 10 });
  });

  /** Sends a request under a key, by this service or another one on the same ledger. */
  const ask = (key: string, { text = '', ...sent }: Sent, { port } = service) =>
    send(port, {
      ...sent,
      text,
      headers: {
        ...JSON_HEADERS,
        'Content-Length': Buffer.byteLength(text),
        'Idempotency-Key': key,
        ...sent.headers,
      },
    });
  /** All that is recorded, for "nothing was appended". */
  const everything = async () => [
    await place().sql('SELECT * FROM inventory ORDER BY record'),
    await place().sql('SELECT * FROM products ORDER BY revision'),
    await place().sql('SELECT * FROM sales_daily ORDER BY day, productID'),
    await place().sql('SELECT * FROM requests ORDER BY requestKey'),
  ];

  describe.each(Object.entries(CHANGES))('%s', (_name, sent) => {
    test('is recorded once, and answered again as it was', async () => {
      const first = await ask('a', sent);
      expect(first.status).toBeLessThan(300);
      expect(first.headers['idempotent-replayed']).toBeUndefined();
      const recorded = await everything();

      const again = await ask('a', sent);
      expect(essence(again)).toEqual(essence(first));
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(await everything()).toEqual(recorded);
    });

    test('is answered again by another service, after further changes', async () => {
      const first = await ask('a', sent);
      await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 1 });
      await service.ask.patch('/products/1').send({ name: 'Other beans', price: '1' });
      const other = await startService(place().environment);
      const again = await ask('a', sent, other);
      await other.close();
      expect(essence(again)).toEqual(essence(first));
      expect(again.headers['idempotent-replayed']).toBe('true');
    });

    test('is another request under another key', async () => {
      await ask('a', sent);
      for (const key of ['A', 'a.', 'b']) {
        expect((await ask(key, sent)).headers['idempotent-replayed']).toBeUndefined();
      }
    });

    test('is refused under the key of another request, and not recorded', async () => {
      await ask('a', { text: '{"productID":1,"availableQuantity":6}' });
      const recorded = await everything();
      const answer = await ask('a', sent);
      expectProblem(answer, 'key-reused');
      expect(answer.headers['idempotent-replayed']).toBeUndefined();
      expect(await everything()).toEqual(recorded);
    });

    test('is refused under a key that was cancelled, and not recorded', async () => {
      expect((await service.ask.delete('/requests/a')).status).toBe(204);
      const recorded = await everything();
      expectProblem(await ask('a', sent), 'request-cancelled');
      expectProblem(await ask('a', sent), 'request-cancelled');
      expect(await everything()).toEqual(recorded);
    });

    test('is what GET /requests/{key} answers', async () => {
      const { status, text } = await ask('a', sent);
      const answer = await service.ask.get('/requests/a');
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.body).toEqual({
        key: 'a',
        state: 'answered',
        recordedAt: TIME,
        status,
        answer: JSON.parse(text),
      });
    });

    test('is refused under an invalid key, and not recorded', async () => {
      const recorded = await everything();
      for (const key of ['', 'a b', 'é', 'x'.repeat(256)]) {
        expectFaults(await ask(key, sent), 'Idempotency-Key');
      }
      expect(await everything()).toEqual(recorded);
    });
  });

  describe.each(Object.entries(REFUSED))('a refusal for %s', (_name, sent) => {
    test('is answered again, even if it would be granted now', async () => {
      const first = await ask('a', sent);
      expect(first.status).toBeGreaterThanOrEqual(400);
      await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 50 });
      await service.ask.post('/inventory').send({ productID: 5, availableQuantity: 50 });
      await service.ask.post('/products').send({ productID: 5, name: 'Mug' });
      const recorded = await everything();

      const again = await ask('a', sent);
      expect(essence(again)).toEqual(essence(first));
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(await everything()).toEqual(recorded);
      expect((await service.ask.get('/requests/a')).body).toMatchObject({
        state: 'answered',
        status: first.status,
        answer: JSON.parse(first.text),
      });
      // The same without the key shows that it would be granted.
      expect((await ask('b', sent)).status).toBeLessThan(300);
    });
  });

  test('a stale If-Match is part of the request, and its refusal is answered again', async () => {
    const text = '{"productID":1,"availableQuantity":5}';
    const stale = await ask('a', { text, headers: { 'If-Match': '"2"' } });
    expectProblem(stale, 'stale-record', { productID: 1, record: 1, availableQuantity: 10 });
    await ask('b', { text: '{"productID":1,"availableQuantity":8}' });
    const again = await ask('a', { text, headers: { 'If-Match': '"2"' } });
    expect(essence(again)).toEqual(essence(stale));
    expectProblem(await ask('a', { text, headers: { 'If-Match': '"1"' } }), 'key-reused');
    expectProblem(await ask('a', { text }), 'key-reused');
  });
});
