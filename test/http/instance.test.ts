import { type LedgerPlace, sqlitePlace } from '../stores';
import { startService, type TestService } from './service';

const INSTANCE = 'shop-1.a:b_c';

let place: LedgerPlace;
let service: TestService | undefined;
const start = async (settings: Record<string, string>) => {
  service = await startService(place.environment, settings);
  return service.ask;
};
beforeEach(async () => {
  place = await sqlitePlace();
});
afterEach(async () => {
  await service?.close();
  await place.remove();
});

test('every answer names its deployment, and a request for it or for none is accepted', async () => {
  const ask = await start({ INSTANCE_ID: INSTANCE });
  for (const path of ['/readyz', '/inventory', '/nowhere', '/products/1']) {
    expect((await ask.get(path)).headers['x-instance-id']).toBe(INSTANCE);
  }
  const count = ask.post('/inventory').set('X-Instance-Id', INSTANCE);
  await count.field({ productID: 1, availableQuantity: 5 }).expect(201);
});

test.each([
  ['another', { INSTANCE_ID: INSTANCE }],
  ['no', {}],
])(
  'with %s INSTANCE_ID it refuses a request for a deployment, and records nothing',
  async (_which, settings) => {
    const ask = await start(settings);
    for (const named of ['shop-2.a:b_c', INSTANCE.toUpperCase(), '']) {
      const refused = await ask
        .post('/inventory')
        .set('X-Instance-Id', named)
        .send({ productID: 1, availableQuantity: 5 });
      expect(refused.status).toBe(421);
      expect(refused.body.type).toBe('/problems/other-instance');
    }
    expect((await ask.get('/readyz')).body.record).toBe(0);
  },
);
