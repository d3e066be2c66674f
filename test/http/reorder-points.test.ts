import { onEveryStore } from '../stores';
import { bearer, makeKey, startBoth } from './access/keys-service';
import { expectFaults, expectProblem } from './problem-answer';
import { startService, useService } from './service';

onEveryStore((place) => {
  const service = useService(place);
  const at = (locationID: number) => `/products/1/locations/${locationID}`;

  beforeEach(async () => {
    await service.ask.post('/products').send({ name: 'Tea', reorderPoint: 20 }).expect(201);
    await service.ask.put('/locations/2').send({ name: 'Van' }).expect(200);
  });

  test('a product has a reorder point at each location, beside its own', async () => {
    const body = { reorderPoint: 5, reorderQuantity: 24 };
    const { body: put, headers } = await service.ask.put(at(2)).send(body).expect(200);
    expect(put).toMatchObject({
      productID: 1,
      reorderPoint: 20,
      reorderQuantity: null,
      reorderPoints: [{ locationID: 2, ...body }],
      revision: 2,
    });
    await service.ask.put(at(1)).type('form').send('reorderPoint=9').expect(200);
    const { body: read, headers: tags } = await service.ask.get('/products/1').expect(200);
    expect(read.reorderPoints).toEqual([
      { locationID: 1, reorderPoint: 9, reorderQuantity: null },
      { locationID: 2, ...body },
    ]);
    expect(tags.etag).not.toBe(headers.etag);
    const other = await startService(place().environment);
    expect((await other.ask.get('/products')).body).toEqual([read]);
    await other.close();
    await service.ask.delete(at(1)).expect(200);
    const { body: last } = await service.ask.delete(at(2)).expect(200);
    expect(last).not.toHaveProperty('reorderPoints');
    expect(last.reorderPoint).toBe(20);
  });

  test('it is recorded once for each Idempotency-Key', async () => {
    const put = () => service.ask.put(at(2)).set('Idempotency-Key', 'k').send({ reorderPoint: 5 });
    const first = await put();
    const again = await put();
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const other = service.ask.put(at(2)).set('Idempotency-Key', 'k').send({ reorderPoint: 6 });
    expectProblem(await other, 'key-reused');
  });

  test('If-Match refuses it if the product has changed since', async () => {
    const { headers } = await service.ask.get('/products/1');
    const put = () =>
      service.ask
        .put(at(2))
        .set('If-Match', headers.etag ?? '')
        .send({ reorderPoint: 5 });
    await put().expect(200);
    expectProblem(await put(), 'stale-revision', { productID: 1, revision: 2 });
  });

  test('what cannot be is refused', async () => {
    expectFaults(await service.ask.put(at(2)).send({}), 'reorderPoint');
    expectFaults(
      await service.ask.put(at(2)).send({ reorderPoint: -1, reorderQuantity: 'x' }),
      'reorderPoint',
      'reorderQuantity',
    );
    expectFaults(await service.ask.put(at(0)).send({ reorderPoint: 1 }), 'locationID');
    const nowhere = await service.ask.put(at(7)).send({ reorderPoint: 1 });
    expectProblem(nowhere, 'unknown-location', { productID: 1, locationID: 7 });
    const unlisted = service.ask.put('/products/5/locations/2').send({ reorderPoint: 1 });
    expectProblem(await unlisted, 'unlisted-product', { productID: 5 });
    await service.ask.delete('/locations/2').expect(204);
    const retired = await service.ask.put(at(2)).send({ reorderPoint: 1 });
    expectProblem(retired, 'unknown-location', { productID: 1, locationID: 2, retired: true });
    expect((await service.ask.get('/products/1')).body.revision).toBe(1);
  });

  test('a key that is bound to a location sets it there, and nowhere else', async () => {
    const both = await startBoth(place());
    const { key } = await makeKey(both.open, 'van', ['catalogue:write'], { locations: '2' });
    const put = (locationID: number) =>
      both.service.ask.put(at(locationID)).set(bearer(key)).send({ reorderPoint: 5 });
    await put(2).expect(200);
    expectProblem(await put(1), 'missing-scope', { locations: [2] });
    await both.close();
  });
});
