import { type LedgerPlace, sqlitePlace } from '../../stores';
import { fillUpTo, finding } from '../alerts/shortages';
import { expectProblem } from '../problem-answer';
import { startService, type TestService } from '../service';
import { bearer, makeKey } from './keys-service';

const KEY = '0123456789abcdef'.repeat(4);

let place: LedgerPlace;
let service: TestService;
beforeAll(async () => {
  place = await sqlitePlace();
  service = await startService(place.environment, { ACCESS: 'keys', MONITOR_KEY: KEY });
});
afterAll(async () => {
  await service.close();
  await place.remove();
});

test('the monitor is let in by its key, and may read and report, and nothing else', async () => {
  const { body } = await service.ask.get('/me').set(bearer(KEY)).expect(200);
  expect(body).toEqual({ actor: 'monitor', scopes: ['stock:read', 'records:read', 'monitor'] });
  await service.ask.get('/overview').set(bearer(KEY)).expect(200);
  for (const [path, fields] of [
    ['/inventory', { productID: 1, availableQuantity: 1 }],
    ['/keys', { name: 'till', scopes: 'stock:read' }],
    ['/invitations', { name: 'ann', role: 'owner' }],
  ] as const) {
    const answer = await service.ask.post(path).set(bearer(KEY)).send(fields);
    expectProblem(answer, 'missing-scope', { scopes: expect.any(Array) });
  }
  expect(await place.sql('SELECT * FROM access_journal')).toEqual([]);
});

test('what it reports is recorded as its own, and what another key reports as that key’s', async () => {
  const open = await startService(place.environment);
  await fillUpTo(open.ask, [finding(1)]);
  const { key } = await makeKey(open, 'watcher', ['monitor']);
  await open.close();
  const report = async (as: string, kind: 'low' | 'out') => {
    const { body } = await service.ask
      .post('/alerts/findings')
      .set(bearer(as))
      .send({ findings: [finding(1, { kind })] })
      .expect(200);
    return body.outcomes[0].actor;
  };
  expect(await report(KEY, 'low')).toBe('monitor');
  expect(await report(key, 'out')).toBe('key:watcher');
});

test.each([
  ['another key', KEY.replace('0', '1')],
  ['its beginning', KEY.slice(0, -1)],
  ['more', `${KEY}0`],
])('%s lets nobody in', async (_name, key) => {
  expectProblem(await service.ask.get('/overview').set(bearer(key)), 'sign-in-required');
});

test('without a MONITOR_KEY no key of that kind lets anybody in', async () => {
  const without = await startService(place.environment, { ACCESS: 'keys' });
  expectProblem(await without.ask.get('/overview').set(bearer(KEY)), 'sign-in-required');
  await without.close();
});
