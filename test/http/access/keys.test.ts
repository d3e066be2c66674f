import { hashOf, isApiKey, isSameHash, newApiKey } from '../../../app/http/access/api-key';
import { SCOPE_NAMES } from '../../../app/ledger/access/scope';
import { eventually } from '../../browser/eventually';
import { onEveryStore } from '../../stores';
import { linkedPages } from '../linked-pages';
import { expectFaults, expectProblem } from '../problem-answer';
import { startService } from '../service';
import { bearer, makeKey, startBoth } from './keys-service';

onEveryStore((place) => {
  let both: Awaited<ReturnType<typeof startBoth>>;
  beforeEach(async () => {
    both = await startBoth(place());
  });
  afterEach(() => both.close());
  const as = (key: string) => ({
    get: (path: string) => both.service.ask.get(path).set(bearer(key)),
    post: (path: string, body: object) => both.service.ask.post(path).set(bearer(key)).send(body),
    delete: (path: string) => both.service.ask.delete(path).set(bearer(key)),
  });

  test('a key is told once, and only its hash is kept', async () => {
    const till = await makeKey(both.open, 'till-7', ['stock:sell', 'stock:read']);
    const { body: listed } = await both.open.ask.get('/keys').expect(200);
    expect(listed).toEqual([
      {
        keyID: till.keyID,
        name: 'till-7',
        scopes: ['stock:sell', 'stock:read'],
        madeAt: expect.any(String),
      },
    ]);
    const rows = await place().sql('SELECT * FROM access_journal');
    expect(JSON.stringify(rows)).not.toContain(till.key);
  });

  test('a caller has the scopes of its key, and the ledger says who it was', async () => {
    await both.open.ask.post('/inventory').send({ productID: 1, availableQuantity: 9 });
    const till = await makeKey(both.open, 'till-7', ['stock:sell', 'stock:read', 'records:read']);
    const me = await as(till.key).get('/me').expect(200);
    expect(me.body).toEqual({
      actor: 'key:till-7',
      scopes: ['stock:read', 'records:read', 'stock:sell'],
    });
    await as(till.key).post('/sales', { productID: 1, quantity: 2 }).expect(201);
    const { body } = await as(till.key).get('/records?actor=key:till-7').expect(200);
    expect(body).toMatchObject([{ record: 2, reason: 'sale', actor: 'key:till-7' }]);
  });

  test('each change needs the scope of its kind, and one that lacks it stops the batch', async () => {
    await both.open.ask.post('/inventory').send({ productID: 1, availableQuantity: 9 });
    const counter = await makeKey(both.open, 'counter', ['stock:count']);
    const sale = { productID: 1, reason: 'sale', quantity: 1 };
    const receipt = { productID: 1, quantityChange: 1, reason: 'receipt' };
    const count = { productID: 1, availableQuantity: 8 };
    const refused = async (path: string, body: object, ...scopes: string[]) =>
      expectProblem(await as(counter.key).post(path, body), 'missing-scope', { scopes });
    await refused('/sales', { productID: 1, quantity: 1 }, 'stock:sell');
    await refused('/inventory', receipt, 'stock:move');
    await refused(
      '/inventory/batch',
      { changes: [count, sale, receipt] },
      'stock:sell',
      'stock:move',
    );
    await refused('/inventory/batch?mode=each', { changes: [count, sale] }, 'stock:sell');
    await as(counter.key).post('/inventory', count).expect(201);
    expect((await both.open.ask.get('/records')).body).toHaveLength(2);
  });

  test('no key makes or revokes one that may do more than itself', async () => {
    const office = await makeKey(both.open, 'office', ['access:write', 'stock:read']);
    const root = await makeKey(both.open, 'root', ['access:write', 'stock:sell']);
    const wide = { name: 'wide', scopes: 'stock:read stock:sell' };
    const answer = await as(office.key).post('/keys', wide);
    expectProblem(answer, 'missing-scope', { scopes: ['stock:sell'] });
    const revoked = await as(office.key).delete(`/keys/${root.keyID}`);
    expectProblem(revoked, 'missing-scope', { scopes: ['stock:sell'] });
    await as(office.key)
      .post('/keys', { name: 'narrow', scopes: ['stock:read'] })
      .expect(201);
  });

  test('a name is one key’s at a time', async () => {
    const first = await makeKey(both.open, 'till-7', ['stock:sell']);
    const again = { name: 'till-7', scopes: 'stock:sell' };
    expectProblem(await both.open.ask.post('/keys').send(again), 'name-taken', { name: 'till-7' });
    await both.open.ask.delete(`/keys/${first.keyID}`).expect(204);
    await both.open.ask.post('/keys').send(again).expect(201);
  });

  test('a key that has expired leaves its name to the next', async () => {
    const expiresAt = new Date(Date.now() + 1_000).toISOString();
    const first = await makeKey(both.open, 'till-7', ['stock:sell'], { expiresAt });
    const again = { name: 'till-7', scopes: 'stock:sell' };
    const { body: second } = await eventually(() =>
      both.open.ask.post('/keys').send(again).expect(201),
    );
    const { body: keys } = await both.open.ask.get('/keys').expect(200);
    expect(keys).toMatchObject([{ keyID: second.keyID, name: 'till-7' }]);
    expectProblem(await both.open.ask.delete(`/keys/${first.keyID}`), 'unknown-key');
    await as(second.key).get('/me').expect(200);
  });

  test('a revoked key is refused at once where it was revoked, and soon on every process', async () => {
    const till = await makeKey(both.open, 'till-7', ['stock:read', 'access:write']);
    await as(till.key).get('/inventory').expect(200);
    await as(till.key).delete(`/keys/${till.keyID}`).expect(204);
    const refused = await as(till.key).get('/inventory');
    expectProblem(refused, 'sign-in-required');
    expect(refused.body.detail).toMatch(/revoked/);
    expectProblem(await both.open.ask.delete(`/keys/${till.keyID}`), 'unknown-key');
    const other = await makeKey(both.open, 'till-8', ['stock:read']);
    await as(other.key).get('/inventory').expect(200);
    await both.open.ask.delete(`/keys/${other.keyID}`).expect(204);
    const since = performance.now();
    await eventually(async () => expect((await as(other.key).get('/inventory')).status).toBe(401));
    expect(performance.now() - since).toBeLessThan(2_000);
  });

  test('a live stream ends when its key is revoked, and others go on', async () => {
    const url = `http://127.0.0.1:${both.service.port}/records`;
    const follow = async (key: string, signal?: AbortSignal) => {
      const headers = { ...bearer(key), Accept: 'text/event-stream' };
      return fetch(url, { headers, signal: signal ?? null });
    };
    const revoked = await makeKey(both.open, 'till-7', ['records:read']);
    const other = await makeKey(both.open, 'till-8', ['records:read']);
    const going = new AbortController();
    const [ending, open] = await Promise.all([
      follow(revoked.key),
      follow(other.key, going.signal),
    ]);
    expect([ending.status, open.status]).toEqual([200, 200]);
    await both.open.ask.delete(`/keys/${revoked.keyID}`).expect(204);
    expect(await ending.text()).toBe('');
    await both.open.ask.post('/inventory').send({ productID: 1, availableQuantity: 9 });
    const reader = (open.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    expect(Buffer.from(value as Uint8Array).toString()).toContain('event: record');
    going.abort();
  });

  test('a key that is refused for ever other scopes fills no journal', async () => {
    const maker = await makeKey(both.open, 'maker', ['access:read', 'access:write']);
    const lacking = SCOPE_NAMES.filter((scope) => !scope.startsWith('access:')).slice(0, 5);
    for (let set = 1; set < 32; set += 1) {
      const scopes = lacking.filter((_, bit) => (set >> bit) % 2 === 1).join(' ');
      expectProblem(await as(maker.key).post('/keys', { name: 'more', scopes }), 'missing-scope', {
        scopes: scopes.split(' '),
      });
    }
    // It is recorded after all that was to be noted before.
    await as(maker.key).post('/keys', { name: 'own', scopes: 'access:read' }).expect(201);
    const { body: events } = await as(maker.key).get('/access?limit=100').expect(200);
    expect(events.filter(({ event }: { event: string }) => event === 'refused')).toHaveLength(20);
  });

  test('a key that has expired is refused', async () => {
    const expiresAt = new Date(Date.now() + 4_000).toISOString();
    const guest = await makeKey(both.open, 'guest', ['stock:read'], { expiresAt });
    await as(guest.key).get('/inventory').expect(200);
    await eventually(async () =>
      expectProblem(await as(guest.key).get('/inventory'), 'sign-in-required'),
    );
  });

  test('one caller neither sees nor blocks another’s Idempotency-Keys', async () => {
    await both.open.ask.post('/inventory').send({ productID: 1, availableQuantity: 9 });
    const [a, b] = [
      await makeKey(both.open, 'a', ['stock:sell']),
      await makeKey(both.open, 'b', ['stock:sell']),
    ];
    const sell = (key: string, quantity: number) =>
      as(key).post('/sales', { productID: 1, quantity }).set('Idempotency-Key', 'sale-1');
    await sell(a.key, 1).expect(201);
    await sell(b.key, 2).expect(201);
    const replayed = await sell(a.key, 1).expect(201);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
    expect((await as(b.key).get('/requests/sale-1')).body).toMatchObject({
      key: 'sale-1',
      answer: { quantity: 2 },
    });
    await as(b.key).delete('/requests/sale-2').expect(204);
    await as(a.key)
      .post('/sales', { productID: 1, quantity: 1 })
      .set('Idempotency-Key', 'sale-2')
      .expect(201);
  });

  test('what was sent while the service asked nobody who they are is found by its key', async () => {
    const sale = { productID: 1, quantity: 1 };
    const sent = (key: string) =>
      both.open.ask.post('/sales').set('Idempotency-Key', key).send(sale);
    await both.open.ask.post('/inventory').send({ productID: 1, availableQuantity: 9 });
    await sent('sale-1').expect(201);
    await both.open.ask.delete('/requests/sale-2').expect(204);
    const till = await makeKey(both.open, 'till-7', ['stock:sell']);
    expect((await as(till.key).get('/requests/sale-1').expect(200)).body).toMatchObject({
      key: 'sale-1',
      state: 'answered',
      answer: { record: 2 },
    });
    const cancelled = await as(till.key).get('/requests/sale-2').expect(200);
    expect(cancelled.body).toMatchObject({ state: 'cancelled' });
    // Its own request under the key is another.
    await as(till.key).post('/sales', sale).set('Idempotency-Key', 'sale-1').expect(201);
    const own = await as(till.key).get('/requests/sale-1').expect(200);
    expect(own.body).toMatchObject({ answer: { record: 3 } });
  });

  test('nobody finds another’s request by the form in which its key is kept', async () => {
    await both.open.ask.post('/inventory').send({ productID: 1, availableQuantity: 9 });
    const [a, b] = [
      await makeKey(both.open, 'a', ['stock:sell']),
      await makeKey(both.open, 'b', ['stock:sell']),
    ];
    await as(a.key)
      .post('/sales', { productID: 1, quantity: 1 })
      .set('Idempotency-Key', 'sale-1')
      .expect(201);
    const [{ requestKey }] = (await place().sql('SELECT requestKey FROM requests')) as [
      { requestKey: Buffer | string },
    ];
    const kept = String(requestKey);
    expect(kept).toMatch(/^[0-9a-f]{64}$/);
    expectProblem(await as(b.key).get(`/requests/${kept}`), 'unknown-request');
  });

  test('a key makes as many requests a minute as it may, and is told what is left', async () => {
    const slow = await makeKey(both.open, 'slow', ['stock:read'], { rateLimit: 3 });
    const left = [];
    for (let request = 0; request < 3; request += 1) {
      const { headers } = await as(slow.key).get('/inventory').expect(200);
      expect(headers['ratelimit-policy']).toBe('"key";q=3;w=60');
      left.push(/r=(\d+);t=\d+$/.exec(String(headers.ratelimit))?.[1]);
    }
    expect(left).toEqual(['2', '1', '0']);
    const refused = await as(slow.key).get('/inventory');
    expectProblem(refused, 'rate-limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const other = await makeKey(both.open, 'other', ['stock:read'], { rateLimit: 3 });
    await as(other.key).get('/inventory').expect(200);
  });

  test('the log has refusals of what a body asks for, too', async () => {
    await both.open.ask.post('/inventory').send({ productID: 1, availableQuantity: 9 });
    const counter = await makeKey(both.open, 'counter', ['stock:count', 'access:write']);
    const sale = { productID: 1, reason: 'sale', quantity: 1 };
    const refusals = [
      await as(counter.key).post('/inventory/batch', { changes: [sale] }),
      await as(counter.key).post('/keys', { name: 'wide', scopes: 'stock:move' }),
    ];
    for (const refusal of refusals) {
      expectProblem(refusal, 'missing-scope', { scopes: expect.any(Array) });
    }
    await eventually(async () => {
      const { body } = await both.open.ask.get('/access').expect(200);
      const refused = body.filter(({ event }: { event: string }) => event === 'refused');
      expect(refused).toMatchObject([{ refusedFor: 'stock:sell' }, { refusedFor: 'stock:move' }]);
    });
  });

  test('the log says who was let in and refused, what was changed, and by whom', async () => {
    const till = await makeKey(both.open, 'till-7', ['stock:read']);
    await as(till.key).get('/inventory').expect(200);
    for (let time = 0; time < 2; time += 1) {
      expectProblem(await as(till.key).get('/records'), 'missing-scope', {
        scopes: ['records:read'],
      });
    }
    const said = async (...events: string[]) => {
      const { body } = await both.open.ask.get('/access').expect(200);
      const found = body.map(({ event, actor, refusedFor }: Record<string, unknown>) =>
        [event, actor ?? refusedFor].join(' '),
      );
      expect(found).toEqual(events);
    };
    const before = ['made open', 'used ', 'refused records:read'];
    await eventually(() => said(...before));
    await both.open.ask.delete(`/keys/${till.keyID}`).expect(204);
    await eventually(async () => expect((await as(till.key).get('/inventory')).status).toBe(401));
    await eventually(() => said(...before, 'ended open', 'refused ended'));
    const pages = await linkedPages<{ entry: number }>(both.open, '/access?limit=2');
    expect(pages.flat().map(({ entry }) => entry)).toEqual([1, 2, 3, 4, 5]);
    const newest = `/access?before=${Number.MAX_SAFE_INTEGER}`;
    const back = await linkedPages<{ entry: number }>(both.open, `${newest}&limit=2`);
    expect(back.map((page) => page.map(({ entry }) => entry))).toEqual([[5, 4], [3, 2], [1]]);
    const between = await both.open.ask.get('/access?after=1&before=4').expect(200);
    expect(between.body.map(({ entry }: { entry: number }) => entry)).toEqual([3, 2]);
    expect((await both.open.ask.get('/access?before=1').expect(200)).body).toEqual([]);
  });

  test.each([
    ['name', { name: '', scopes: 'stock:read' }],
    ['name', { name: 'Till 7', scopes: 'stock:read' }],
    ['scopes', { name: 'a', scopes: '' }],
    ['scopes', { name: 'a', scopes: 'stock:read everything' }],
    ['scopes', { name: 'a', scopes: ['stock:read', 'x'] }],
    ['scopes', { name: 'a' }],
    ['expiresAt', { name: 'a', scopes: 'stock:read', expiresAt: '2020-01-01T00:00:00Z' }],
    ['rateLimit', { name: 'a', scopes: 'stock:read', rateLimit: '0' }],
  ])('a faulty %s is refused', async (field, body) => {
    expectFaults(await both.open.ask.post('/keys').send(body), field);
  });

  test('a service that starts knows the keys that were made before', async () => {
    const till = await makeKey(both.open, 'till-7', ['stock:read']);
    const later = await startService(place().environment, { ACCESS: 'keys' });
    await later.ask.get('/inventory').set(bearer(till.key)).expect(200);
    await later.close();
  });
});

describe('the text of a key', () => {
  test('has a checksum, so that a mistyped one is no key', () => {
    const key = newApiKey();
    expect(isApiKey(key)).toBe(true);
    expect(key).toMatch(/^inv_[\w-]{49}$/);
    for (let place = 4; place < key.length; place += 1) {
      const other = key[place] === 'x' ? 'y' : 'x';
      expect(isApiKey(`${key.slice(0, place)}${other}${key.slice(place + 1)}`)).toBe(false);
    }
  });

  test('hashes are compared whole', () => {
    const hash = hashOf('a');
    expect(isSameHash(hash, hashOf('a'))).toBe(true);
    expect(isSameHash(hash, hashOf('b'))).toBe(false);
    expect(isSameHash(hash, hash.slice(2))).toBe(false);
  });
});
